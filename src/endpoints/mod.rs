//! The API areas: which request each method makes, and as what its answer is read.

pub mod agents;
pub mod audit;
pub mod auth;
pub mod delegation;
pub mod mcp;
mod methods;

pub use methods::{METHODS, Method, Prepare, prepare};
