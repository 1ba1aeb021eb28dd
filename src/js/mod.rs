//! The boundary: what JavaScript sees. The only `#[wasm_bindgen]` classes and functions are here.
//!
//! The crate is compiled once for each module of the package; features say whose boundary it exports.

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "permissions")]
mod evaluator;
#[cfg(feature = "audit")]
mod scan;

#[cfg(feature = "client")]
pub use client::*;
