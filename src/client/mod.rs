//! The client without I/O and without JavaScript: requests out of arguments, values out of responses.
//!
//! It follows the decisions of [`crate::http`], as JavaScript does in the npm package.

mod call;
mod failure;
mod invalid_argument;
mod operation;
mod reading;
mod reply;
mod request;
mod url;

pub use call::{Call, CallStep, Next, Server};
pub use failure::Failure;
pub use invalid_argument::InvalidArgument;
pub use operation::Operation;
pub use reply::{Payload, Reply};
pub use request::{Bases, Request};
pub use url::{encode_component, is_dot_segment};
