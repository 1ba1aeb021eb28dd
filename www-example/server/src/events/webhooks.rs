//! Webhooks: what is sent, signed, in two of the three schemes that KavachOS has.

use crate::clock;
use crate::options::{Scheme, WebhookOptions};
use crate::secrets::{hex, random_hex};
use hmac::{Hmac, Mac};
use kavachos_wasm::webhooks::{C, EVENT_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER};
use serde_json::{Value, json};
use sha2::Sha256;

/// Where events are handed in that are to be delivered.
pub struct Webhooks {
    scheme: Scheme,
    secret: String,
    deliver: Box<dyn Fn(Delivery) + Send + Sync>,
}

/// A request, signed. It is repeated as it is.
pub struct Delivery {
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

impl Webhooks {
    /// Webhooks as the options say, each handed to `deliver`; `None` if there are none.
    pub fn new(options: &WebhookOptions, deliver: impl Fn(Delivery) + Send + Sync + 'static) -> Option<Self> {
        options.url.as_ref()?;
        Some(Self { scheme: options.scheme, secret: options.secret.clone()?, deliver: Box::new(deliver) })
    }

    /// Sends an event under each name that the scheme has for it.
    pub fn send(&self, scheme_a: &[&'static str], scheme_c: &[&'static str], data: &Value) {
        let names = match self.scheme {
            Scheme::A => scheme_a,
            Scheme::C => scheme_c,
        };
        for event in names {
            (self.deliver)(self.signed(event, data));
        }
    }

    fn signed(&self, event: &'static str, data: &Value) -> Delivery {
        let timestamp = clock::now().div_euclid(1000).to_string();
        let body = match self.scheme {
            Scheme::A => json!({ "event": event, "timestamp": timestamp, "data": data }).to_string(),
            Scheme::C => data.to_string(),
        };
        let signature = sign(&self.secret, &timestamp, &body);
        let mut headers = vec![
            ("content-type", "application/json".to_owned()),
            (EVENT_HEADER, event.to_owned()),
            (TIMESTAMP_HEADER, timestamp),
            (SIGNATURE_HEADER, signature),
        ];
        if let Some(header) = C.delivery_header.filter(|_| self.scheme == Scheme::C) {
            headers.push((header, random_hex::<16>()));
        }
        Delivery { headers, body }
    }
}

fn sign(secret: &str, timestamp: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    format!("sha256={}", hex(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn signs_as_kavachos_does() {
        let body = r#"{"event":"user.created","timestamp":"1700000000","data":{"userId":"u1","name":"Ünï ✓"}}"#;
        let expected = "sha256=c21b39d4abeab65308e7d4cf79c5b01e02099ba305a072286ea574df0a8a83e9";
        assert_eq!(sign("whsec_throwaway_0123456789", "1700000000", body), expected);
    }
}
