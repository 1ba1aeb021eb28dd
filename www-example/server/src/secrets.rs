//! Tokens and passwords: what is returned, and what is stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::hint::black_box;
use std::sync::{Mutex, PoisonError};

/// A new agent token: `kv_` and 43 characters.
pub fn agent_token() -> String {
    format!("kv_{}", URL_SAFE_NO_PAD.encode(random::<32>()))
}

/// A new session token.
pub fn session_token() -> String {
    uuid()
}

/// What is kept of a token.
pub fn token_hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token))
}

/// What is kept of a password.
pub fn password_hash(password: &str) -> String {
    password::hash(password, random())
}

/// Whether `password` is the one whose hash was kept. Where none was kept this takes as long: the time must not tell which
/// addresses have an account.
pub fn is_password(password: &str, hash: Option<&str>) -> bool {
    match hash {
        Some(hash) => password::is_of(password, hash),
        None => {
            black_box(password_hash(password));
            false
        }
    }
}

#[cfg(feature = "native")]
mod password {
    use argon2::Argon2;
    use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD_NO_PAD;

    pub fn hash(password: &str, salt: [u8; 16]) -> String {
        let salt = SaltString::from_b64(&STANDARD_NO_PAD.encode(salt)).expect("16 bytes make a salt");
        Argon2::default()
            .hash_password(password.as_bytes(), &salt)
            .expect("a salt is all that hashing needs")
            .to_string()
    }

    pub fn is_of(password: &str, hash: &str) -> bool {
        PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    }
}

/// One digest with a salt: passwords of tests protect nothing, and tests should take milliseconds.
#[cfg(not(feature = "native"))]
mod password {
    use super::{hex, token_hash};

    pub fn hash(password: &str, salt: [u8; 16]) -> String {
        let salt = hex(&salt);
        let digest = token_hash(&[&salt, password].concat());
        [salt, digest].join("$")
    }

    pub fn is_of(password: &str, hash: &str) -> bool {
        hash.split_once('$').is_some_and(|(salt, digest)| token_hash(&[salt, password].concat()) == digest)
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

/// A new random id.
pub fn uuid() -> String {
    uuid_of(random())
}

/// The same without hyphens.
pub fn simple_uuid() -> String {
    uuid().replace('-', "")
}

/// The id of version 4 that is made of these bytes.
pub fn uuid_of(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex(&bytes);
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

/// Random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let mut generator = GENERATOR.lock().unwrap_or_else(PoisonError::into_inner);
    match &mut *generator {
        Some(generator) => generator.fill(&mut bytes),
        None => system_random(&mut bytes),
    }
    bytes
}

#[cfg(feature = "native")]
fn system_random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system has random numbers");
}

/// Where there is no system, a generator is always set.
#[cfg(not(feature = "native"))]
fn system_random(_: &mut [u8]) {
    unreachable!("a generator is set before anything is random");
}

/// What random bytes come from, instead of the system.
static GENERATOR: Mutex<Option<Generator>> = Mutex::new(None);

/// Random bytes of a seed: the digests of the seed and a counter.
#[derive(Clone)]
pub struct Generator {
    seed: [u8; 32],
    count: u64,
}

impl Generator {
    /// The generator of a seed. The same seed gives the same bytes.
    #[cfg(any(test, not(feature = "native")))]
    pub fn new(seed: &[u8]) -> Self {
        Self { seed: Sha256::digest(seed).into(), count: 0 }
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(32) {
            self.count += 1;
            let digest = Sha256::new().chain_update(self.seed).chain_update(self.count.to_be_bytes()).finalize();
            part.copy_from_slice(&digest[..part.len()]);
        }
    }
}

/// Sets what random bytes come from, and returns what they came from before.
#[cfg(not(feature = "native"))]
pub fn set_generator(generator: Option<Generator>) -> Option<Generator> {
    std::mem::replace(&mut *GENERATOR.lock().unwrap_or_else(PoisonError::into_inner), generator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_ids_of_version_4() {
        assert_eq!(uuid_of([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid_of([0; 16]), "00000000-0000-4000-8000-000000000000");
    }

    #[test]
    fn a_seed_gives_the_same_bytes_again() {
        let bytes = |seed: &[u8]| {
            let (mut generator, mut bytes) = (Generator::new(seed), [0; 70]);
            generator.fill(&mut bytes);
            bytes
        };
        assert_eq!(bytes(b"one"), bytes(b"one"));
        assert_ne!(bytes(b"one"), bytes(b"two"));
        assert_ne!(bytes(b"one")[..32], bytes(b"one")[32..64]);
    }
}
