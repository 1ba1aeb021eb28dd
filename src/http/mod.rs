//! Requests and answers. Everything here but [`send`] is pure, and is tested natively.

mod answer;
mod argument;
#[cfg(target_arch = "wasm32")]
mod attempt;
mod call;
mod dialect;
mod envelope;
mod failure;
mod headers;
mod operation;
mod reply;
mod request;
mod route;
#[cfg(target_arch = "wasm32")]
mod send;
mod url;

pub use answer::Answer;
pub use argument::InvalidArgument;
#[cfg(target_arch = "wasm32")]
pub use attempt::{Attempt, Ending};
pub use call::{Call, Step};
pub use dialect::{Dialect, DialectMemory};
pub use failure::{Failure, FailureKind};
pub use headers::{HeaderError, Headers, is_token};
pub use operation::Operation;
pub use reply::{Payload, Reply, retry_after};
pub use request::{Bases, Method, Request};
pub use route::{Base, Endpoint, Route};
#[cfg(target_arch = "wasm32")]
pub use send::{Interruption, Transport, send};
pub use url::{BaseUrlError, base_url, encode_component, is_dot_segment};
