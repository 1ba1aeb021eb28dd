//! What an authenticator signs (WebAuthn Level 2): client data, authenticator data, and the key of a credential.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use sha2::{Digest, Sha256};

const USER_PRESENT: u8 = 0x01;
const HAS_CREDENTIAL: u8 = 0x40;

/// What the browser says about a ceremony.
pub struct ClientData {
    pub kind: String,
    pub challenge: String,
    pub origin: String,
    pub is_cross_origin: bool,
    /// The digest that is signed.
    pub digest: [u8; 32],
}

impl ClientData {
    /// Reads `clientDataJSON`.
    pub fn read(encoded: &str) -> Result<Self, String> {
        let unreadable = || "Failed to parse clientDataJSON".to_owned();
        let bytes = decode(encoded).ok_or_else(unreadable)?;
        let data: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
        let text = |key: &str| data.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        Ok(Self {
            kind: text("type"),
            challenge: text("challenge"),
            origin: text("origin"),
            is_cross_origin: data.get("crossOrigin") == Some(&serde_json::Value::Bool(true)),
            digest: Sha256::digest(&bytes).into(),
        })
    }
}

/// What the authenticator says about a ceremony.
pub struct AuthenticatorData {
    pub counter: u32,
    /// The id and the key of a new credential.
    pub credential: Option<(Vec<u8>, Vec<u8>)>,
}

impl AuthenticatorData {
    /// Reads authenticator data, and checks that it is for this domain and that somebody was there.
    pub fn read(bytes: &[u8], rp_id: &str) -> Result<Self, String> {
        let (Some(domain), Some([flags, counter @ ..]), Some(rest)) =
            (bytes.get(..32), bytes.get(32..37), bytes.get(37..))
        else {
            return Err("authData too short".to_owned());
        };
        if domain != Sha256::digest(rp_id).as_slice() {
            return Err("rpIdHash mismatch".to_owned());
        }
        if flags & USER_PRESENT == 0 {
            return Err("User present flag not set".to_owned());
        }
        let counter = u32::from_be_bytes(counter.try_into().unwrap_or_default());
        let credential = if flags & HAS_CREDENTIAL == 0 { None } else { Some(attested(rest)?) };
        Ok(Self { counter, credential })
    }
}

/// The id and the key, after the model of the authenticator (16 bytes) and the length of the id.
fn attested(bytes: &[u8]) -> Result<(Vec<u8>, Vec<u8>), String> {
    let Some([high, low]) = bytes.get(16..18) else {
        return Err("authData too short for attested credential data".to_owned());
    };
    let end = 18 + usize::from(u16::from_be_bytes([*high, *low]));
    let (Some(id), Some(key)) = (bytes.get(18..end), bytes.get(end..)) else {
        return Err("authData too short for credential ID".to_owned());
    };
    // Extensions may follow the key.
    let mut rest = key;
    ciborium::from_reader::<Cbor, _>(&mut rest).map_err(|_| "COSE key is not a CBOR map".to_owned())?;
    Ok((id.to_vec(), key[..key.len() - rest.len()].to_vec()))
}

/// The authenticator data within an attestation object. The attestation itself is not asked for, so it is not checked.
pub fn authenticator_data(encoded: &str) -> Result<Vec<u8>, String> {
    let invalid = || "Invalid attestation object".to_owned();
    let bytes = decode(encoded).ok_or_else(invalid)?;
    let object: Cbor = ciborium::from_reader(bytes.as_slice()).map_err(|_| invalid())?;
    let members = object.into_map().map_err(|_| invalid())?;
    let found = members.into_iter().find(|(name, _)| name.as_text() == Some("authData"));
    found
        .and_then(|(_, data)| data.into_bytes().ok())
        .ok_or_else(|| "Missing authData in attestation object".to_owned())
}

/// Bytes in base64 for URLs, with or without padding.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

/// Bytes in base64 for URLs.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::cose;
    use serde_json::Value;

    fn recorded(name: &str) -> Value {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/wire-people-mcp/02-sign-in-methods.json");
        let exchanges: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let found = exchanges.into_iter().find(|exchange| exchange["name"] == name).unwrap();
        found["request"]["body"]["response"]["response"].clone()
    }

    fn text<'v>(value: &'v Value, key: &str) -> &'v str {
        value[key].as_str().unwrap()
    }

    /// The key and the assertion of a ceremony that the real server accepted.
    fn ceremony() -> (Vec<u8>, Vec<u8>, Vec<u8>) {
        let registered = recorded("passkey register verify");
        let data = authenticator_data(text(&registered, "attestationObject")).unwrap();
        let (_, key) = AuthenticatorData::read(&data, "localhost").unwrap().credential.unwrap();
        let asserted = recorded("passkey authenticate verify");
        let mut signed = decode(text(&asserted, "authenticatorData")).unwrap();
        assert_eq!(AuthenticatorData::read(&signed, "localhost").unwrap().counter, 2);
        signed.extend(ClientData::read(text(&asserted, "clientDataJSON")).unwrap().digest);
        (key, signed, decode(text(&asserted, "signature")).unwrap())
    }

    #[test]
    fn verifies_what_the_real_server_verified() {
        let (key, signed, signature) = ceremony();
        assert_eq!(cose::verify(&key, &signed, &signature), Ok(true));
    }

    #[test]
    fn refuses_what_was_not_signed() {
        let (key, mut signed, mut signature) = ceremony();
        signed[36] ^= 1;
        assert_eq!(cose::verify(&key, &signed, &signature), Ok(false));
        signed[36] ^= 1;
        *signature.last_mut().unwrap() ^= 1;
        assert_eq!(cose::verify(&key, &signed, &signature), Ok(false));
    }

    #[test]
    fn refuses_other_domains_and_absent_users() {
        let data = decode(text(&recorded("passkey authenticate verify"), "authenticatorData")).unwrap();
        let refused = |data: &[u8], rp_id| AuthenticatorData::read(data, rp_id).err().unwrap();
        assert_eq!(refused(&data, "evil.test"), "rpIdHash mismatch");
        let mut absent = data.clone();
        absent[32] = 0;
        assert_eq!(refused(&absent, "localhost"), "User present flag not set");
        let mut cut = data.clone();
        cut[32] = 0x41;
        assert_eq!(refused(&cut, "localhost"), "authData too short for attested credential data");
        for length in 0..data.len() {
            assert!(AuthenticatorData::read(&data[..length], "localhost").is_err());
        }
    }
}
