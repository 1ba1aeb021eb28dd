//! Tokens and passwords: what is returned, and what is stored.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::hint::black_box;

/// A new agent token: `kv_` and 43 characters.
pub fn agent_token() -> String {
    format!("kv_{}", URL_SAFE_NO_PAD.encode(random::<32>()))
}

/// A new session token.
pub fn session_token() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// What is kept of a token.
pub fn token_hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token))
}

/// What is kept of a password.
pub fn password_hash(password: &str) -> String {
    let salt = SaltString::from_b64(&STANDARD_NO_PAD.encode(random::<16>())).expect("16 bytes make a salt");
    Argon2::default().hash_password(password.as_bytes(), &salt).expect("a salt is all that hashing needs").to_string()
}

/// Whether `password` is the one whose hash was kept. Where none was kept this takes as long: the time must not tell which
/// addresses have an account.
pub fn is_password(password: &str, hash: Option<&str>) -> bool {
    match hash {
        Some(hash) => PasswordHash::new(hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()),
        None => {
            black_box(password_hash(password));
            false
        }
    }
}

/// So many random bytes, in hexadecimal.
pub fn random_hex<const N: usize>() -> String {
    hex(&random::<N>())
}

/// So many random bytes, in base64 for URLs.
pub fn random_base64<const N: usize>() -> String {
    URL_SAFE_NO_PAD.encode(random::<N>())
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has random numbers");
    bytes
}
