//! Requests and answers. Everything here but [`exchange`] is pure, and is tested natively.

mod answer;
mod argument;
mod call;
mod dialect;
mod envelope;
#[cfg(target_arch = "wasm32")]
mod exchange;
mod failure;
mod operation;
mod reply;
mod request;
mod retry;
mod route;
mod token;
mod url;

pub use answer::{Answer, Form};
pub use argument::InvalidArgument;
pub use call::{Call, Server, Step};
pub use dialect::{Dialect, DialectMemory};
#[cfg(target_arch = "wasm32")]
pub use exchange::{
    Answered, Asking, Outcome, Sending, Transport, answered, headers_over, host_message, is_host_signal, now, pause,
    provided, request_init, send, too_late,
};
pub use failure::{Failure, FailureKind};
pub use operation::Operation;
pub use reply::{Payload, Reply, retry_after};
pub use request::{Bases, Method, Request};
pub use retry::{Budget, Repeat, Setback};
pub use route::{Base, Endpoint, Route};
pub use token::is_token;
pub use url::{encode_component, is_dot_segment};
