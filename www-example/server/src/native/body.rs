//! Reads the body of a request, in a limited time.

use crate::body::{MOST_BYTES, too_long};
use crate::reply::Problem;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use std::time::Duration;

/// Reads a body that has `time` to arrive.
///
/// # Errors
/// 408 if it takes longer, 413 if it is too long.
pub async fn read(body: Incoming, time: Duration) -> Result<Bytes, Problem> {
    if body.size_hint().lower() > MOST_BYTES as u64 {
        return Err(too_long());
    }
    let seconds = time.as_secs();
    let late = || Problem::new(408, "REQUEST_TIMEOUT", format!("The body did not arrive within {seconds} seconds."));
    match tokio::time::timeout(time, Limited::new(body, MOST_BYTES).collect()).await.map_err(|_| late())? {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_long()),
        Err(_) => Err(Problem::new(400, "BAD_REQUEST", "The body cannot be read.")),
    }
}
