//! Reading request bodies: JSON, or forms where a route takes them, of a limited size, in a limited time.

use crate::reply::Problem;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::Duration;

/// What Fastify takes.
const MOST_BYTES: usize = 1024 * 1024;

/// Reads a body that has `time` to arrive.
///
/// # Errors
/// 408 if it takes longer, 413 if it is too long, 415 if it is there and not declared as JSON, or as a form where the route
/// takes forms.
pub async fn read(headers: &HeaderMap, body: Body, time: Duration, takes_forms: bool) -> Result<Bytes, Problem> {
    let too_long = || Problem::new(413, "PAYLOAD_TOO_LARGE", format!("The body is longer than {MOST_BYTES} bytes."));
    if body.size_hint().lower() > MOST_BYTES as u64 {
        return Err(too_long());
    }
    let seconds = time.as_secs();
    let late = || Problem::new(408, "REQUEST_TIMEOUT", format!("The body did not arrive within {seconds} seconds."));
    let read = tokio::time::timeout(time, Limited::new(body, MOST_BYTES).collect()).await.map_err(|_| late())?;
    let bytes = match read {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(too_long()),
        Err(_) => return Err(Problem::new(400, "BAD_REQUEST", "The body cannot be read.")),
    };
    // Without a preflight a foreign page can send other types only.
    let is_taken = is_type(headers, "application/json") || takes_forms && is_form(headers);
    if !bytes.is_empty() && !is_taken {
        let message = "A body must have the Content-Type application/json.";
        return Err(Problem::new(415, "UNSUPPORTED_MEDIA_TYPE", message));
    }
    Ok(bytes)
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
