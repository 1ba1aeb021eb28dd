//! What happens between a request and its answer, decided: dialects, retries, redirects, failures. Pure, and without values.

mod answer;
pub(crate) mod bits;
mod call;
mod dialect;
mod error_code;
mod facts;
mod failure_reason;
mod read_back;
mod redirect;
mod retry;
mod retry_after;
mod route;
mod token;
mod traits;

pub use answer::{Answer, Form, Repair};
pub use call::{Action, State, Step, begin, receive};
pub use dialect::{Dialect, Memory};
pub use error_code::ErrorCode;
pub use facts::Facts;
pub use failure_reason::{ErrorClass, FailureReason, is_code, is_message};
pub use read_back::{UserChange, UserState, Verdict, plausible_time, read_back};
pub use redirect::{MAX_REDIRECTS, RedirectFacts, is_redirect, obstacle};
pub use retry::{Budget, RetryCause, RetryClass};
pub use retry_after::retry_after;
pub use route::{Base, Method, Route};
pub use token::is_token;
pub use traits::Traits;
