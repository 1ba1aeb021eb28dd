//! The exports of the module of `kavachos-wasm/audit`: [`crate::scan`] over numbers and bytes.
//!
//! JavaScript calls them from `src/host/audit/module.js`. It passes arrays in one [buffer](buffers), knows tables and CSV readers by
//! [numbers](slots), and sees neither objects nor references, so the glue of wasm-bindgen is not needed.

mod buffers;
mod csv_reader;
mod host_parser;
mod outcome;
mod slots;
mod table;
