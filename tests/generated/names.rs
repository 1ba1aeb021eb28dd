//! `input-names.js` and `grants.js`.

use super::head;
use kavachos_wasm::schema::{AuditFilters, AuthorizeRequest, CallOptions, ExportOptions, GRANTS, Schema, Wire};
use serde_json::json;

/// The names of the members that inputs may have, for entries that have no schemas.
pub fn inputs() -> String {
    let inputs = [
        ("AUTHORIZE_REQUEST", AuthorizeRequest::SCHEMA),
        ("AUDIT_FILTERS", AuditFilters::SCHEMA),
        ("CALL_OPTIONS", CallOptions::SCHEMA),
        ("EXPORT_OPTIONS", ExportOptions::SCHEMA),
    ];
    let names = |schema: &Schema| schema.fields().iter().map(|field| field.name).collect::<Vec<_>>();
    let lists: String = inputs
        .iter()
        .map(|(name, schema)| {
            format!("\nexport const {name} = {};\n", json!(names(schema)).to_string().replace(',', ", "))
        })
        .collect();
    format!("{}{lists}", head("the names of the members that inputs may have, out of the Rust types."))
}

/// The actions that each function that makes permissions grants.
pub fn grants() -> String {
    let grants: String = GRANTS
        .iter()
        .map(|(name, actions)| format!("export const {} = {};\n", super::constant(name), json!(actions)))
        .collect();
    format!("{}\n{grants}", head("what the functions that make permissions grant, out of src/schema/permission.rs."))
}
