//! Codes that change every 30 seconds (RFC 6238, with HMAC-SHA1 and six digits).

use hmac::{Hmac, Mac};
use sha1::Sha1;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const PERIOD: i64 = 30;

/// A secret in base32, without padding.
pub fn encode(secret: &[u8]) -> String {
    let mut text = String::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in secret {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(ALPHABET[(bits >> held & 31) as usize]));
        }
    }
    if held > 0 {
        text.push(char::from(ALPHABET[(bits << (5 - held) & 31) as usize]));
    }
    text
}

/// The bytes of a secret in base32.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        bits = bits << 5 | value as u32;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 255) as u8);
        }
    }
    Some(bytes)
}

/// The code at a moment, in seconds.
pub fn code(secret: &str, seconds: i64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(&decode(secret)?).ok()?;
    mac.update(&seconds.div_euclid(PERIOD).to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes(digest[offset..offset + 4].try_into().ok()?) & 0x7fff_ffff;
    Some(format!("{:06}", number % 1_000_000))
}

/// Whether a code is that of this period, or of the one before or after.
pub fn is_code(secret: &str, text: &str, seconds: i64) -> bool {
    [-PERIOD, 0, PERIOD].iter().any(|shift| code(secret, seconds + shift).is_some_and(|code| code == text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_the_codes_that_the_real_server_takes() {
        let secret = "G7YFJF5KVYUXTZS2E6PZ6DGR4QENQ2ZR";
        for (moment, expected) in
            [(59, "757230"), (1111111109, "118099"), (1234567890, "440507"), (2000000000, "903021")]
        {
            assert_eq!(code(secret, moment).as_deref(), Some(expected));
            assert!(is_code(secret, expected, moment - 30) && is_code(secret, expected, moment + 30));
            assert!(!is_code(secret, expected, moment - 90) && !is_code(secret, expected, moment + 90));
        }
    }

    #[test]
    fn reads_back_the_secrets_that_it_writes() {
        for length in 0..40_u8 {
            let secret: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(97)).collect();
            assert_eq!(decode(&encode(&secret)), Some(secret));
        }
        assert_eq!(decode("a"), None);
    }
}
