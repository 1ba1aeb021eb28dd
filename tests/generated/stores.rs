//! `stores.js`: what may be served of a store.

use super::head;
use kavachos_wasm::endpoints::ENDPOINTS;
use kavachos_wasm::stores::{
    ANNOUNCEMENTS, LONGEST_SHARED, REFRESH_SECONDS, STORE_PAUSE, STORE_TIMEOUT, TOKEN_SECONDS, VERSION_SECONDS,
    Version, may_serve,
};
use serde_json::json;

pub fn text() -> String {
    let changes: Vec<_> = ENDPOINTS.iter().filter(|endpoint| endpoint.changes_decisions).map(|one| one.name).collect();
    let serves = [false, true].map(|is_allow| Version::ALL.map(|version| may_serve(is_allow, version)));
    format!(
        "{}
// The methods that can change decisions.
export const CHANGES = {};

// Whether a kept decision may be served: of a denial and of an allow, for each of the versions below.
export const SERVES = {};
export const UNKNOWN = 0;
export const SAME = 1;
export const OTHER = 2;

// In milliseconds.
export const STORE_TIMEOUT = {STORE_TIMEOUT};
export const STORE_PAUSE = {STORE_PAUSE};
export const LONGEST_SHARED = {LONGEST_SHARED};

// In seconds.
export const VERSION_SECONDS = {VERSION_SECONDS};
export const TOKEN_SECONDS = {TOKEN_SECONDS};
export const REFRESH_SECONDS = {REFRESH_SECONDS};

export const ANNOUNCEMENTS = {ANNOUNCEMENTS};
",
        head("what many isolates share, out of src/stores."),
        json!(changes).to_string().replace(',', ", "),
        json!(serves).to_string().replace(',', ", "),
    )
}
