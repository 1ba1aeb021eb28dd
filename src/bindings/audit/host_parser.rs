//! Numbers and timestamps that the host parses.

use crate::scan::HostParser;

// The one import, from module.js. It returns `NaN` for what it cannot parse.
#[link(wasm_import_module = "host")]
unsafe extern "C" {
    safe fn parse(text: *const u8, length: usize, is_timestamp: bool) -> f64;
}

/// `Number.parseFloat` and `Date.parse`.
pub struct JavaScript;

impl HostParser for JavaScript {
    fn number(&self, text: &[u8]) -> f64 {
        parse(text.as_ptr(), text.len(), false)
    }
    fn timestamp(&self, text: &[u8]) -> f64 {
        parse(text.as_ptr(), text.len(), true)
    }
}
