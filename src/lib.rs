//! The KavachOS client for browsers and edge runtimes.
//!
//! The crate compiles to one WebAssembly module, published as the npm package `kavachos-wasm`.
//! Imports point down only: the JavaScript boundary (`bindings`) uses the API areas (`endpoints`),
//! which use the HTTP layer (`http`), the permission engine (`permissions`) and the wire types (`schema`). What the audit log
//! comes to is counted in `scan`.

#[cfg(feature = "permissions")]
extern crate self as tsify;

#[cfg(any(target_arch = "wasm32", test))]
mod allocator;
#[cfg(target_arch = "wasm32")]
pub mod bindings;
#[cfg(feature = "client")]
pub mod endpoints;
#[cfg(feature = "client")]
pub mod http;
#[cfg(all(target_arch = "wasm32", feature = "client"))]
mod kept;
pub mod permissions;
pub mod scan;
pub mod schema;
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics"), feature = "client"))]
mod single;
#[cfg_attr(not(feature = "client"), allow(dead_code))]
mod text;
#[cfg(feature = "permissions")]
mod tsify_stand_in;

#[cfg(feature = "permissions")]
pub use tsify_stand_in::*;
