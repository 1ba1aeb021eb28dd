//! `audit.js`: what both sides of the module for audit logs know.

use super::head;
use kavachos_wasm::scan::{COLUMNS, CsvError, FIELDS, NUMBERS, Outcome, PageError};
use serde_json::json;

pub fn text() -> String {
    let list = |about: &str, name: &str, words: &[&str]| {
        let words = json!(words).to_string().replace(',', ", ");
        format!("\n// {about}\nexport const {name} = {words};\n")
    };
    let number = |prefix: &str, name: &str, number: u32| format!("export const {prefix}_{name} = {number};\n");
    let page: String = PageError::NUMBERS.iter().map(|(name, found)| number("PAGE", name, *found)).collect();
    let csv: String = CsvError::ALL.iter().map(|(name, error)| number("CSV", name, *error as u32)).collect();
    format!(
        "{}{}{}{}{}\n// Why a page cannot be read.\n{page}\n// Why a CSV export cannot be read.\n{csv}",
        head("the words and numbers of audit logs, out of src/scan."),
        list("The fields of entries that are texts, by their numbers.", "FIELDS", &FIELDS),
        list("The numbers of entries, by their numbers. The last is when an entry was written.", "NUMBERS", &NUMBERS),
        list("Outcomes other than the result itself, by their numbers.", "OUTCOMES", &Outcome::WORDS),
        list("The columns of a CSV export.", "CSV_COLUMNS", &COLUMNS),
    )
}
