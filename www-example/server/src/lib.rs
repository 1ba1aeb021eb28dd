//! A local KavachOS API: both wire dialects, the client's own permission engine, SQLite.
//!
//! It exists to be talked to: by the quickstart, by the tests, by someone who tries the client. It is
//! not a product. In particular the management routes are open, as they are on the shipped adapters:
//! every program that reaches them may use them. It therefore binds to loopback only, and refuses what pages of foreign sites send.

mod access;
mod agents;
mod app;
mod ask;
mod audit;
mod body;
mod calendar;
mod clock;
mod dashboard;
mod db;
mod decisions;
mod delegations;
mod events;
mod exchange;
mod input;
mod jwt;
mod mcp;
mod mcp_oauth;
#[cfg(not(feature = "native"))]
mod module;
mod mount;
#[cfg(feature = "native")]
mod native;
mod options;
mod pages;
mod patterns;
mod people;
mod reply;
mod route;
mod routes;
mod secrets;
mod seed;
mod showcase;
mod store;

pub use app::App;
pub use clock::stop_at as stop_clock_at;
#[cfg(feature = "native")]
pub use native::serve;
pub use options::Options;
pub use reply::Dialect;
pub use seed::fill;
