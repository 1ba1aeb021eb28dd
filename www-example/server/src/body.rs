//! Request bodies: JSON, or forms where a route takes them, of a limited size.

use crate::reply::Problem;
use bytes::Bytes;
use http::{HeaderMap, header};

/// What Fastify takes.
pub const MOST_BYTES: usize = 1024 * 1024;

/// Refuses a body that is too long, or not declared as what it is.
///
/// # Errors
/// 413 if it is too long, 415 if it is there and not declared as JSON, or as a form where the route takes forms.
pub fn check(headers: &HeaderMap, body: Bytes, takes_forms: bool) -> Result<Bytes, Problem> {
    if body.len() > MOST_BYTES {
        return Err(too_long());
    }
    // Without a preflight a foreign page can send other types only.
    let is_taken = is_type(headers, "application/json") || takes_forms && is_form(headers);
    if !body.is_empty() && !is_taken {
        let message = "A body must have the Content-Type application/json.";
        return Err(Problem::new(415, "UNSUPPORTED_MEDIA_TYPE", message));
    }
    Ok(body)
}

/// The refusal of a body that is too long.
pub fn too_long() -> Problem {
    Problem::new(413, "PAYLOAD_TOO_LARGE", format!("The body is longer than {MOST_BYTES} bytes."))
}

/// Whether the body is what an HTML form sends.
pub fn is_form(headers: &HeaderMap) -> bool {
    is_type(headers, "application/x-www-form-urlencoded")
}

/// Whether the only `Content-Type` is that one, with whatever parameters.
fn is_type(headers: &HeaderMap, expected: &str) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(one), None) = (types.next(), types.next()) else { return false };
    let essence = one.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
    essence.trim_matches([' ', '\t']).eq_ignore_ascii_case(expected)
}
