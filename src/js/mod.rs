//! The boundary: the classes and functions that JavaScript sees. The only `#[wasm_bindgen]` classes are here.

mod agents;
mod audit;
mod auth;
mod client;
mod connection;
mod delegation;
mod errors;
mod mcp;
mod options;
mod permissions;
mod value;
