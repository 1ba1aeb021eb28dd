//! The only `#[wasm_bindgen]` exports. The crate is compiled once for each module of the package; features say whose it is.

#[cfg(feature = "audit")]
mod audit;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "permissions")]
mod permissions;
