//! Public keys as authenticators write them (COSE), and the signatures that they verify: ES256, RS256 and EdDSA.

use ciborium::Value as Cbor;
use p256::ecdsa::signature::Verifier;
use rsa::BigUint;
use rsa::pkcs1v15;
use sha2::Sha256;

const ALGORITHM: i128 = 3;
const ES256: i128 = -7;
const EDDSA: i128 = -8;
const RS256: i128 = -257;

/// Whether the signature of the message is by the owner of that key.
///
/// # Errors
/// A sentence if the key cannot be read.
pub fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> Result<bool, String> {
    let members = ciborium::from_reader::<Cbor, _>(key).ok().and_then(|key| key.into_map().ok());
    let members = members.ok_or("COSE key is not a CBOR map")?;
    let member = |label: i128| members.iter().find(|(name, _)| integer(name) == Some(label)).map(|(_, value)| value);
    let bytes = |label: i128| member(label).and_then(Cbor::as_bytes).map(Vec::as_slice);
    match member(ALGORITHM).and_then(integer) {
        Some(ES256) => {
            let (x, y) = (bytes(-2).and_then(coordinate), bytes(-3).and_then(coordinate));
            let (x, y) = x.zip(y).ok_or("Missing EC key coordinates")?;
            let point = p256::EncodedPoint::from_affine_coordinates(&x.into(), &y.into(), false);
            let key =
                p256::ecdsa::VerifyingKey::from_encoded_point(&point).map_err(|_| "Missing EC key coordinates")?;
            let signature = p256::ecdsa::Signature::from_der(signature);
            Ok(signature.is_ok_and(|signature| key.verify(message, &signature).is_ok()))
        }
        Some(EDDSA) => {
            let key = bytes(-2).and_then(coordinate).ok_or("Missing EdDSA public key x")?;
            let key = ed25519_dalek::VerifyingKey::from_bytes(&key).map_err(|_| "Missing EdDSA public key x")?;
            let signature = ed25519_dalek::Signature::from_slice(signature);
            Ok(signature.is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()))
        }
        Some(RS256) => {
            let missing = "Missing RSA key modulus or exponent";
            let (modulus, exponent) = bytes(-1).zip(bytes(-2)).ok_or(missing)?;
            let (modulus, exponent) = (BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent));
            let key = rsa::RsaPublicKey::new(modulus, exponent).map_err(|_| missing)?;
            let key = pkcs1v15::VerifyingKey::<Sha256>::new(key);
            let signature = pkcs1v15::Signature::try_from(signature);
            Ok(signature.is_ok_and(|signature| key.verify(message, &signature).is_ok()))
        }
        Some(other) => Err(format!("Unsupported COSE algorithm: {other}")),
        None => Err("COSE key missing required kty or alg fields".to_owned()),
    }
}

fn integer(value: &Cbor) -> Option<i128> {
    value.as_integer().map(i128::from)
}

fn coordinate(bytes: &[u8]) -> Option<[u8; 32]> {
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::Signer;

    fn cose(members: &[(i128, Cbor)]) -> Vec<u8> {
        let label = |label: i128| Cbor::Integer(ciborium::value::Integer::try_from(label).unwrap());
        let map = members.iter().map(|(name, value)| (label(*name), value.clone())).collect();
        let mut bytes = Vec::new();
        ciborium::into_writer(&Cbor::Map(map), &mut bytes).unwrap();
        bytes
    }

    fn algorithm(number: i128) -> (i128, Cbor) {
        (ALGORITHM, Cbor::Integer(ciborium::value::Integer::try_from(number).unwrap()))
    }

    #[test]
    fn verifies_eddsa() {
        let secret = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
        let key = cose(&[algorithm(EDDSA), (-2, Cbor::Bytes(secret.verifying_key().to_bytes().into()))]);
        let signature = secret.sign(b"message").to_bytes();
        assert_eq!(verify(&key, b"message", &signature), Ok(true));
        assert_eq!(verify(&key, b"massage", &signature), Ok(false));
        assert_eq!(verify(&key, b"message", &signature[1..]), Ok(false));
    }

    // Made by `openssl dgst -sha256 -sign` with a throwaway key of 2048 bits.
    #[test]
    fn verifies_rs256() {
        let modulus = include_bytes!("cose_rs256_modulus.bin");
        let signature = include_bytes!("cose_rs256_signature.bin");
        let key = cose(&[algorithm(RS256), (-1, Cbor::Bytes(modulus.to_vec())), (-2, Cbor::Bytes(vec![1, 0, 1]))]);
        assert_eq!(verify(&key, b"message", signature), Ok(true));
        assert_eq!(verify(&key, b"massage", signature), Ok(false));
    }

    #[test]
    fn says_what_is_wrong_with_a_key() {
        let refused = |key: &[u8]| verify(key, b"", b"").unwrap_err();
        assert_eq!(refused(b""), "COSE key is not a CBOR map");
        assert_eq!(refused(&cose(&[])), "COSE key missing required kty or alg fields");
        assert_eq!(refused(&cose(&[algorithm(-36)])), "Unsupported COSE algorithm: -36");
        assert_eq!(refused(&cose(&[algorithm(ES256)])), "Missing EC key coordinates");
        assert_eq!(refused(&cose(&[algorithm(RS256)])), "Missing RSA key modulus or exponent");
    }
}
