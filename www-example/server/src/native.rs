//! The server as a program: connections, threads, and what goes out by itself.

mod body;
mod connections;
mod delivery;
mod event_stream;
mod service;

pub use connections::serve;
pub use event_stream::Streams;

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use std::convert::Infallible;

/// The body of an answer.
type Body = BoxBody<Bytes, Infallible>;

/// A body that is there at once.
fn whole(bytes: Bytes) -> Body {
    Full::new(bytes).boxed()
}
