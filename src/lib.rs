//! The KavachOS client for browsers and edge runtimes.
//!
//! The crate compiles to one WebAssembly module, published as the npm package `kavachos-wasm`.
//! Imports point down only: the JavaScript boundary (`js`) uses the API areas (`resources`),
//! which use the HTTP layer (`http`), the permission engine (`permissions`) and the wire types (`types`). What the audit log
//! comes to is counted in `scan`.

#[cfg(any(target_arch = "wasm32", test))]
mod allocator;
#[cfg(feature = "client")]
pub mod http;
#[cfg(target_arch = "wasm32")]
pub mod js;
#[cfg(target_arch = "wasm32")]
mod kept;
pub mod permissions;
#[cfg(feature = "client")]
pub mod resources;
pub mod scan;
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
mod single;
#[cfg_attr(not(feature = "client"), allow(dead_code))]
mod text;
pub mod types;
