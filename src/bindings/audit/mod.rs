//! Audit logs of any size: the functions of the entry `kavachos-wasm/audit`.
//!
//! They are the boundary of [`crate::scan`], and compile to a module of their own (feature `audit`), for which nobody pays who
//! does not import it.

use crate::permissions::{NEEDS_APPROVAL, OVER_LIMIT};
use crate::scan::{Added, Columns, Csv, Fault, Host, Intervals, Wanted};
use crate::text::text;
use js_sys::Promise;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/audit/scan.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn scanned(table: Table, client: &JsValue, filters: &JsValue, options: &JsValue) -> Result<Promise, JsValue>;
}

#[wasm_bindgen(module = "/src/host/audit/rows.js")]
extern "C" {
    #[wasm_bindgen(js_name = rowsOf, catch)]
    fn rows_of(
        reader: CsvReader,
        client: &JsValue,
        export_options: &JsValue,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/host/audit/outcome.js")]
extern "C" {
    #[wasm_bindgen(js_name = ended, catch)]
    fn ended(entry: &JsValue, needs_approval: &str, over_limit: &str) -> Result<JsValue, JsValue>;
}

// What throws in a call that is not caught crosses the frames of the module, which do not put the stack pointer back.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Number, js_name = parseFloat, catch)]
    fn parse_float(text: &str) -> Result<f64, JsValue>;
    #[wasm_bindgen(js_namespace = Date, js_name = parse, catch)]
    fn parse_date(text: &str) -> Result<f64, JsValue>;
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../../host/audit/scan.d.ts");

/// Loads all entries that match the filters, to count and group them, without making an object of each.
///
/// Takes a `KavachClient`, or its `audit`. Resolves to a scan once all pages have come in; they are asked for as by
/// `audit.iterate`, and hold each entry once. `options.onProgress` is told after each page how many there are. Rejects with
/// the errors of `audit.query`, with `INVALID_ARGUMENT` for bad arguments, and with what `options.signal` was aborted with.
///
/// ```ts
/// const log = await scan(kavach, { since: "2026-01-01" });
/// console.log(log.count(), log.groupBy(["result"], { interval: "hour" }), log.percentiles("durationMs", [50, 95, 99]));
/// const denied = log.filter({ result: "denied" }); // without loading anything again
/// await log.update(); // only what has been written since
/// ```
#[wasm_bindgen(unchecked_return_type = "Promise<Scan>")]
pub fn scan(
    #[wasm_bindgen(unchecked_param_type = "KavachClient | Audit")] client: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "AuditFilters | null")] filters: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ScanOptions")] options: &JsValue,
) -> Result<Promise, JsValue> {
    scanned(Table::default(), client, filters, options)
}

/// Exports the audit log, and hands its rows out as they come in.
///
/// Takes a `KavachClient`, or its `audit`. Returns an async iterator over the rows of `audit.exportStream`, newest first, with
/// its errors; `break` stops the transfer. An export that is not whole, or not in the format that was asked for, is a
/// `DecodeError`, as is a row of more than `options.maxRecordBytes`.
///
/// Rows of both formats are equal, except that CSV has no `parameters`. CSV is read by RFC 4180, and its first rows are held back
/// until `maxRecordBytes` have been read. Some servers escape nothing in CSV, which lets the words of a request look like rows:
/// such a file is not read. Its rows are read from the server's JSON instead; where that cannot be, or is found out too late,
/// the iterator ends with a `DecodeError` with the code `AMBIGUOUS_CSV`.
///
/// ```ts
/// for await (const row of exportRows(kavach, { since: "2026-01-01" })) console.log(row.timestamp, row.action, row.result);
/// ```
#[wasm_bindgen(js_name = exportRows, unchecked_return_type = "AsyncIterableIterator<ExportedRow>")]
pub fn export_rows(
    #[wasm_bindgen(unchecked_param_type = "KavachClient | Audit")] client: &JsValue,
    #[wasm_bindgen(js_name = exportOptions, unchecked_optional_param_type = "ExportOptions | null")]
    export_options: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ExportRowsOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    rows_of(CsvReader::default(), client, export_options, options)
}

/// Says how a decision ended: whether it was allowed, denied, left to a human, or over its limit.
///
/// Takes an audit entry, or only its `result` and `reason`. Servers record as `"denied"` what waits for approval and what is over
/// `maxCallsPerHour`; the reason tells. Returns `"allowed"`, `"denied"`, `"needs_approval"` or `"rate_limited"`, or the
/// entry's `result` where that is none of these. It is the `outcome` by which a scan groups and filters. Throws
/// `INVALID_ARGUMENT` for what has no `result`.
///
/// ```ts
/// for (const entry of await kavach.audit.query({ limit: 20 })) console.log(outcomeOf(entry), entry.resource);
/// ```
#[wasm_bindgen(js_name = outcomeOf, unchecked_return_type = "AuditOutcome")]
pub fn outcome_of(
    #[wasm_bindgen(unchecked_param_type = "{ result: string; reason?: string | null | undefined }")] entry: &JsValue,
) -> Result<JsValue, JsValue> {
    ended(entry, NEEDS_APPROVAL, OVER_LIMIT)
}

/// What reads CSV on this side of the boundary. `csv.js` drives it.
#[wasm_bindgen(skip_typescript)]
#[derive(Default)]
pub struct CsvReader(RefCell<Csv>);

#[wasm_bindgen]
impl CsvReader {
    /// Reads what comes next, or says that nothing comes. Returns 0, or the number of the flaw for which the file cannot be read.
    #[wasm_bindgen(skip_typescript)]
    pub fn read(&self, bytes: &[u8], most: u32, is_end: bool) -> u32 {
        let csv = &mut *self.0.borrow_mut();
        let read = if is_end { csv.end() } else { csv.read(bytes, most as usize) };
        read.map_or_else(|flaw| flaw as u32, |()| 0)
    }

    /// Takes the rows that are whole: objects in JSON, with a comma after each.
    #[wasm_bindgen(skip_typescript)]
    pub fn rows(&self) -> Vec<u8> {
        self.0.borrow_mut().rows()
    }
}

struct JavaScript;

impl Host for JavaScript {
    fn number(&self, text: &str) -> f64 {
        parse_float(text).unwrap_or(f64::NAN)
    }
    fn moment(&self, text: &str) -> f64 {
        parse_date(text).unwrap_or(f64::NAN)
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
    Columns::new(Wanted { actions: String::new(), skip: 0.0, left: f64::INFINITY })
}

#[wasm_bindgen]
impl Table {
    /// Says what to keep of the pages that follow.
    #[wasm_bindgen(skip_typescript)]
    pub fn want(&self, actions: String, skip: f64, left: f64) {
        self.0.borrow_mut().0.want(Wanted { actions, skip, left });
    }

    /// Another one, which holds nothing and keeps everything.
    #[wasm_bindgen(skip_typescript)]
    pub fn another(&self) -> Self {
        Self::default()
    }

    /// Adds a page. Returns where it is not as it should be, and, on a line of its own, what was expected there, if that is so; an empty
    /// text if it is no JSON.
    #[wasm_bindgen(skip_typescript)]
    pub fn add(&self, page: &[u8]) -> Option<String> {
        let (columns, added) = &mut *self.0.borrow_mut();
        match columns.add(page, &JavaScript) {
            Ok(found) => {
                *added = found;
                None
            }
            Err(Fault::Malformed) => Some(String::new()),
            Err(Fault::Wrong(path, expected)) => Some(text(&[&path, "\n", expected])),
        }
    }

    /// Of the page that was added: how many entries it has, how many of them are new, how many of those are kept, how many more
    /// are wanted, and when its first was written.
    #[wasm_bindgen(skip_typescript)]
    pub fn added(&self) -> Vec<f64> {
        let (columns, added) = &*self.0.borrow();
        vec![added.count.into(), added.fresh.into(), added.kept.into(), columns.left(), added.newest]
    }

    /// Those of these rows whose text in a field has a number at which `wanted` is 1, or, if `or_missing`, which have none.
    #[wasm_bindgen(skip_typescript)]
    pub fn with(&self, rows: &[u32], field: u32, wanted: &[u8], or_missing: bool) -> Vec<u32> {
        self.0.borrow().0.with(rows, field, wanted, or_missing)
    }

    /// Where the entries of these rows are: a page, a start and an end for each.
    #[wasm_bindgen(skip_typescript)]
    pub fn places(&self, rows: &[u32]) -> Vec<u32> {
        let (columns, _) = &*self.0.borrow();
        let mut flat = Vec::new();
        for place in rows.iter().filter_map(|row| columns.place(*row)) {
            flat.extend_from_slice(&[place.page, place.start, place.end]);
        }
        flat
    }

    /// When that row was written, in milliseconds since 1970; not a number if that is not known.
    #[wasm_bindgen(skip_typescript)]
    pub fn time(&self, row: u32) -> f64 {
        self.0.borrow().0.time(row)
    }

    /// Groups these rows, by intervals too unless `length` is 0. Of each group: when its interval begins, how many there are, and the
    /// number of its text in each field, -1 where that is missing.
    #[wasm_bindgen(skip_typescript)]
    pub fn group(&self, rows: &[u32], fields: &[u32], length: f64, shifts: &[f64]) -> Vec<f64> {
        let (columns, _) = &*self.0.borrow();
        let intervals = (length > 0.0).then_some(Intervals { length, shifts: shifts.as_chunks().0 });
        let mut flat = Vec::new();
        for group in columns.group(rows, fields, intervals) {
            flat.push(group.begin);
            flat.push(group.count.into());
            for field in fields {
                flat.push(columns.number(group.first, *field).map_or(-1.0, f64::from));
            }
        }
        flat
    }

    /// The texts that a field has, in the order of their numbers, one after the other in UTF-8.
    #[wasm_bindgen(skip_typescript)]
    pub fn texts(&self, field: u32) -> Vec<u8> {
        self.0.borrow().0.words(field).map(|words| words.all().0.to_vec()).unwrap_or_default()
    }

    /// Where each of those ends.
    #[wasm_bindgen(skip_typescript)]
    pub fn ends(&self, field: u32) -> Vec<u32> {
        self.0.borrow().0.words(field).map(|words| words.all().1.to_vec()).unwrap_or_default()
    }

    /// What these rows took, or what they cost; not a number where that is not known.
    #[wasm_bindgen(skip_typescript)]
    pub fn numbers(&self, rows: &[u32], is_cost: bool) -> Vec<f64> {
        self.0.borrow().0.numbers(rows, is_cost)
    }
}
