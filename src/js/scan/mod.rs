//! Audit logs of any size: the functions of the entry `kavachos-wasm/audit`.
//!
//! They are the boundary of [`crate::scan`], and compile to a module of their own (feature `audit`), for which nobody pays who
//! does not import it.

use crate::scan::{Added, Columns, Fault, Host, Wanted};
use js_sys::{Date, Number, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/scan/scan.js")]
extern "C" {
    fn scanned(table: Table, client: &JsValue, filters: &JsValue, options: &JsValue) -> Promise;
}

#[wasm_bindgen(module = "/src/js/scan/rows.js")]
extern "C" {
    #[wasm_bindgen(js_name = rowsOf)]
    fn rows_of(client: &JsValue, export_options: &JsValue, options: &JsValue) -> JsValue;
}

// What those import: declaring one of its functions is what takes a module along.
#[wasm_bindgen(module = "/src/js/scan/arguments.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = auditOf)]
    fn audit_of();
}
#[wasm_bindgen(module = "/src/js/scan/csv.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = csvRows)]
    fn csv_rows();
}
#[wasm_bindgen(module = "/src/js/scan/json.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = jsonRows)]
    fn json_rows();
}
#[wasm_bindgen(module = "/src/js/pages.js")]
#[allow(dead_code)]
extern "C" {
    fn pages();
}
#[wasm_bindgen(module = "/src/js/errors.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = KavachError)]
    fn kavach_error();
}
#[wasm_bindgen(module = "/src/js/invalid.js")]
#[allow(dead_code)]
extern "C" {
    fn invalid();
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("scan.d.ts");

/// Loads all entries that match the filters, to count and group them, without making an object of each.
///
/// Takes a `KavachClient`, or its `audit`. Resolves to a scan once all pages have come in; they are asked for as by
/// `audit.iterate`, and hold each entry once. Rejects with the errors of `audit.query`, with `INVALID_ARGUMENT` for bad
/// arguments, and with what `options.signal` was aborted with.
///
/// ```ts
/// const log = await scan(kavach, { since: "2026-01-01" });
/// console.log(log.count(), log.groupBy(["result"], { interval: "hour" }), log.percentiles("durationMs", [50, 95, 99]));
/// ```
#[wasm_bindgen(unchecked_return_type = "Promise<Scan>")]
pub fn scan(
    #[wasm_bindgen(unchecked_param_type = "KavachClient | Audit")] client: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "AuditFilters | null")] filters: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "IterateOptions")] options: &JsValue,
) -> Promise {
    scanned(Table::default(), client, filters, options)
}

/// Exports the audit log, and hands its rows out as they come in.
///
/// Takes a `KavachClient`, or its `audit`. Returns an async iterator over the rows of `audit.exportStream`, newest first, with
/// its errors; `break` stops the transfer. An export that is not whole, or not of the form that was asked for, is a
/// `DecodeError`. Rows of both formats are equal, but that CSV has no `parameters`. JSON (if you do not say otherwise) is
/// exact. CSV is read as some servers write it, who do not escape the quotes in a `reason`: a reason that was made to look
/// like the end of one row and the beginning of another can pass for that.
///
/// ```ts
/// for await (const row of exportRows(kavach, { since: "2026-01-01" })) console.log(row.timestamp, row.action, row.result);
/// ```
#[wasm_bindgen(js_name = exportRows, unchecked_return_type = "AsyncIterableIterator<ExportedRow>")]
pub fn export_rows(
    #[wasm_bindgen(unchecked_param_type = "KavachClient | Audit")] client: &JsValue,
    #[wasm_bindgen(js_name = exportOptions, unchecked_optional_param_type = "ExportOptions | null")]
    export_options: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: &JsValue,
) -> JsValue {
    rows_of(client, export_options, options)
}

struct JavaScript;

impl Host for JavaScript {
    fn number(&self, text: &str) -> f64 {
        Number::parse_float(text)
    }
    fn moment(&self, text: &str) -> f64 {
        Date::parse(text)
    }
}

/// The entries on this side of the boundary. `scan.js` drives it.
#[wasm_bindgen(skip_typescript)]
pub struct Table(RefCell<(Columns, Added)>);

impl Default for Table {
    fn default() -> Self {
        Self(RefCell::new((everything(), Added::default())))
    }
}

fn everything() -> Columns {
    Columns::new(Wanted { actions: Vec::new(), skip: 0.0, left: f64::INFINITY })
}

#[wasm_bindgen]
impl Table {
    /// Says what to keep, before there is anything.
    #[wasm_bindgen(skip_typescript)]
    pub fn want(&self, actions: Vec<String>, skip: f64, left: f64) {
        self.0.borrow_mut().0 = Columns::new(Wanted { actions, skip, left });
    }

    /// Adds a page. Returns where it is not as it should be, and what was expected there, if that is so.
    #[wasm_bindgen(skip_typescript)]
    pub fn add(&self, page: &[u8]) -> Option<Vec<String>> {
        let (columns, added) = &mut *self.0.borrow_mut();
        match columns.add(page, &JavaScript) {
            Ok(found) => {
                *added = found;
                None
            }
            Err(Fault::Malformed) => Some(Vec::new()),
            Err(Fault::Wrong(path, expected)) => Some(vec![path, expected.to_owned()]),
        }
    }

    /// When the first entry of a page was written that is not added; nothing if there is none.
    #[wasm_bindgen(skip_typescript)]
    pub fn look(&self, page: &[u8]) -> String {
        // What is wrong with it shows in the pages that follow.
        everything().add(page, &JavaScript).map(|added| added.newest).unwrap_or_default()
    }

    /// Of the page that was added: how many entries it has, how many of them are new, how many are wanted after it.
    #[wasm_bindgen(skip_typescript)]
    pub fn added(&self) -> Vec<f64> {
        let (columns, added) = &*self.0.borrow();
        vec![added.count.into(), added.fresh.into(), columns.left()]
    }

    /// When its first was written.
    #[wasm_bindgen(skip_typescript)]
    pub fn newest(&self) -> String {
        self.0.borrow().1.newest.clone()
    }

    /// How many entries there are.
    #[wasm_bindgen(skip_typescript)]
    pub fn count(&self) -> usize {
        self.0.borrow().0.count()
    }

    /// Where these entries are: a page, a start and an end for each.
    #[wasm_bindgen(skip_typescript)]
    pub fn places(&self, start: usize, end: usize) -> Vec<u32> {
        let (columns, _) = &*self.0.borrow();
        (start..end)
            .map_while(|index| columns.place(index))
            .flat_map(|place| [place.page, place.start, place.end])
            .collect()
    }

    /// Groups the entries: the index of the first and the number of each group.
    #[wasm_bindgen(skip_typescript)]
    pub fn group(&self, names: Vec<String>, interval: f64) -> Vec<u32> {
        let groups = self.0.borrow().0.group(&names, interval);
        groups.into_iter().flat_map(|group| [group.first, group.count]).collect()
    }

    /// The text of a member of an entry.
    #[wasm_bindgen(skip_typescript)]
    pub fn text(&self, index: usize, name: &str) -> Option<String> {
        self.0.borrow().0.text(index, name)
    }

    /// When an entry was written, in milliseconds since 1970.
    #[wasm_bindgen(skip_typescript)]
    pub fn time(&self, index: usize) -> f64 {
        self.0.borrow().0.time(index)
    }

    /// The numbers of a member, of those entries that have it.
    #[wasm_bindgen(skip_typescript)]
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        self.0.borrow().0.numbers(name)
    }
}
