//! The KavachOS client for browsers and edge runtimes.
//!
//! The crate compiles to the WebAssembly modules of the npm package `kavachos-wasm`. Rust is the source of every fact and makes
//! every decision; the JavaScript in `src/host` holds values and does I/O. Imports point down only:
//!
//! - `bindings` are the exports to JavaScript
//! - `client` is the same client without JavaScript and I/O
//! - `endpoints` is the API as data
//! - `guard` is what a guard decides, as data
//! - `http` decides what happens between a request and its answer
//! - `mcp` has the messages and refusals of the guard of MCP servers
//! - `permissions` and `scan` are the engines for deciding locally and for reading audit logs
//! - `schema` has the types on the wire
//! - `webhooks` has what is known of the webhooks that KavachOS sends
//! - `session` decides about the session of a person

#[cfg(any(feature = "permissions", all(feature = "server", not(any(feature = "client", feature = "rust-client")))))]
extern crate self as tsify;

// A Rust program brings its own allocator, and exports what it likes.
#[cfg(any(all(target_arch = "wasm32", not(any(feature = "rust-client", feature = "server"))), test))]
mod allocator;
#[cfg(all(target_arch = "wasm32", not(any(feature = "rust-client", feature = "server"))))]
pub mod bindings;
#[cfg(any(feature = "native-json", feature = "rust-client"))]
pub mod client;
#[cfg(any(feature = "client", feature = "rust-client"))]
pub mod endpoints;
#[cfg(any(feature = "native-json", feature = "rust-client"))]
pub mod guard;
#[cfg(any(feature = "client", feature = "rust-client"))]
pub mod http;
#[cfg(any(feature = "native-json", test))]
pub mod mcp;
pub mod permissions;
#[cfg(feature = "rust-client")]
pub mod rust_client;
pub mod scan;
pub mod schema;
#[cfg(any(feature = "client", feature = "rust-client"))]
pub mod session;
#[cfg(all(
    target_arch = "wasm32",
    any(feature = "audit", feature = "permissions"),
    not(target_feature = "atomics"),
    not(feature = "rust-client")
))]
mod static_cell;
#[cfg(any(feature = "native-json", test))]
pub mod stores;
#[cfg_attr(not(feature = "client"), allow(dead_code))]
mod text;
#[cfg(any(feature = "permissions", all(feature = "server", not(any(feature = "client", feature = "rust-client")))))]
mod tsify_stand_in;
#[cfg(any(feature = "client", feature = "rust-client", feature = "server"))]
pub mod webhooks;

#[cfg(feature = "rust-client")]
pub use rust_client::{Client, Error};
#[cfg(any(feature = "permissions", all(feature = "server", not(any(feature = "client", feature = "rust-client")))))]
pub use tsify_stand_in::*;
