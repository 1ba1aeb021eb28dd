//! JSON Web Tokens signed with HMAC-SHA256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;

/// Signs the claims; the header is written as it is given.
pub fn sign(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(header), encode(claims));
    let signature = URL_SAFE_NO_PAD.encode(mac(signed.as_bytes(), secret).finalize().into_bytes());
    format!("{signed}.{signature}")
}

/// The claims of a token that has the right signature and has not expired at `now`, in seconds.
pub fn verify(token: &str, secret: &[u8], now: i64) -> Option<Value> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let decode = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    if decode(header)?.get("alg")? != "HS256" {
        return None;
    }
    // Compares in constant time.
    mac(signed.as_bytes(), secret).verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    let claims = decode(claims)?;
    (claims.get("exp")?.as_i64()? > now).then_some(claims)
}

fn mac(message: &[u8], secret: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(message);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SECRET: &[u8] = b"throwaway-session-secret-0123456789abcdef";
    // Recorded from the real server.
    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMjU1YzBjOS1mMzMyLTQ3ZGMtODk5Mi0yYjk4MGQxMWZjOTYiLCJpYXQiOjE3OTU4OTU5MTUsImV4cCI6MTc5NjUwMDcxNX0.Ep6q6dULXdR2oelX6VbWPfgg39yYqqqDTfM0zqUZZTA";

    #[test]
    fn signs_as_the_real_server_does() {
        let claims = json!({ "sub": "0255c0c9-f332-47dc-8992-2b980d11fc96", "iat": 1795895915, "exp": 1796500715 });
        assert_eq!(sign(&json!({ "alg": "HS256" }), &claims, SECRET), TOKEN);
        assert_eq!(verify(TOKEN, SECRET, 1796500714), Some(claims));
    }

    #[test]
    fn refuses_what_is_expired_or_signed_by_others() {
        assert_eq!(verify(TOKEN, SECRET, 1796500715), None);
        assert_eq!(verify(TOKEN, b"another", 1796500714), None);
        assert_eq!(verify(&TOKEN.replace("Ep6q", "Ep6r"), SECRET, 1796500714), None);
        let none = sign(&json!({ "alg": "none" }), &json!({ "exp": 2 }), SECRET);
        assert_eq!(verify(&none, SECRET, 1), None);
        assert_eq!(verify("a.b", SECRET, 1), None);
    }
}
