//! The boundary: what JavaScript sees. The only `#[wasm_bindgen]` classes and functions are here.
//!
//! The crate is compiled once for each module of the package; features say whose boundary it exports.

#[cfg(feature = "audit")]
mod audit;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "permissions")]
mod permissions;

#[cfg(feature = "client")]
pub use client::*;
