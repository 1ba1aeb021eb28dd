//! The Rust client, natively: against scripted faults, recorded exchanges and the local server in both dialects.

mod audit;
mod decision_cache;
mod documented;
mod faults;
mod guard;
mod guard_options;
mod options;
mod recordings;
mod redirects;
mod secrets;
mod server;
mod streams;
mod surface;
mod tokens;
mod warnings;
mod wire_faults;

use kavachos_wasm::Error;
use kavachos_wasm::rust_client::testing::Script;
use std::future::{Future, IntoFuture};

/// An agent as servers answer it.
const AGENT: &str = r#"{"id": "agent-1", "ownerId": "user-1", "name": "reader", "type": "autonomous", "token": "", "permissions": [],
    "status": "active", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}"#;

/// A permission as servers answer it.
const ALLOWED: &str = r#"{"allowed": true, "auditId": "audit-1"}"#;

/// What a call comes to.
fn run<C: IntoFuture>(call: C) -> <C::IntoFuture as Future>::Output {
    pollster::block_on(call.into_future())
}

/// The code of an error, and how many requests led to it.
fn coded<T: std::fmt::Debug>(result: Result<T, Error>, script: &Script) -> (String, usize) {
    let error = result.expect_err("the call fails");
    assert_eq!(error.attempts() as usize, script.requests().len());
    (error.code().to_owned(), script.requests().len())
}
