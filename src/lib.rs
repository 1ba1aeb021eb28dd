//! The KavachOS client for browsers and edge runtimes.
//!
//! The crate compiles to the WebAssembly modules of the npm package `kavachos-wasm`. Rust is the source of every fact and makes
//! every decision; the JavaScript in `src/host` holds values and does I/O. Imports point down only:
//!
//! - `bindings` are the exports to JavaScript
//! - `client` is the same client without JavaScript and I/O
//! - `endpoints` is the API as data
//! - `http` decides what happens between a request and its answer
//! - `permissions` and `scan` are the engines for deciding locally and for reading audit logs
//! - `schema` has the types on the wire

#[cfg(feature = "permissions")]
extern crate self as tsify;

#[cfg(any(target_arch = "wasm32", test))]
mod allocator;
#[cfg(target_arch = "wasm32")]
pub mod bindings;
#[cfg(feature = "native-json")]
pub mod client;
#[cfg(feature = "client")]
pub mod endpoints;
#[cfg(feature = "client")]
pub mod http;
pub mod permissions;
pub mod scan;
pub mod schema;
#[cfg(all(target_arch = "wasm32", feature = "audit", not(target_feature = "atomics")))]
mod single;
#[cfg_attr(not(feature = "client"), allow(dead_code))]
mod text;
#[cfg(feature = "permissions")]
mod tsify_stand_in;

#[cfg(feature = "permissions")]
pub use tsify_stand_in::*;
