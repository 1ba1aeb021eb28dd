//! `validators.js`: checks without a loop, of what comes with nearly every call or a thousand times in an answer.

use super::head;
use super::schemas::members;
use kavachos_wasm::schema::{
    Agent, AuditEntry, AuthorizeResult, Permission, PermissionConstraints, Schema, TimeWindow, Wire,
};

/// What each of these checks is called.
pub const CHECKS: [(&str, &Schema); 6] = [
    ("isTimeWindow", &TimeWindow::SCHEMA),
    ("isConstraints", &PermissionConstraints::SCHEMA),
    ("isPermission", &Permission::SCHEMA),
    ("isAgent", &Agent::SCHEMA),
    ("isDecision", &AuthorizeResult::SCHEMA),
    ("isEntry", &AuditEntry::SCHEMA),
];

/// The check of an object, if it has one.
pub fn of(schema: &Schema) -> Option<&'static str> {
    CHECKS.iter().find(|(_, known)| members(known) == members(schema)).map(|(name, _)| *name)
}

/// The name of what tests for a schema.
fn test(schema: &Schema) -> Option<&'static str> {
    match schema {
        Schema::Text => Some("isString"),
        Schema::Id => Some("isText"),
        Schema::Number => Some("Number.isFinite"),
        Schema::Map => Some("isObject"),
        Schema::Object(_) => of(schema),
        _ => None,
    }
}

/// Whether the member `value` matches `schema`.
fn condition(value: &str, schema: &Schema) -> String {
    match schema {
        Schema::Text => format!("typeof {value} === \"string\""),
        Schema::Flag => format!("typeof {value} === \"boolean\""),
        Schema::List(item) => format!("isListOf({value}, {})", test(item).expect("its items have a test")),
        _ => format!("{}({value})", test(schema).unwrap_or_else(|| panic!("there is no test for {schema:?}"))),
    }
}

fn check((name, schema): &(&str, &Schema)) -> String {
    let mut conditions = vec!["isObject(o)".to_owned()];
    for field in schema.fields() {
        let value = format!("o.{}", field.name);
        let condition = condition(&value, field.schema);
        conditions.push(if field.required { condition } else { format!("(isAbsent({value}) || {condition})") });
    }
    format!(
        "/** @param {{any}} o @returns {{boolean}} */\nexport const {name} = (o) =>\n  {};\n",
        conditions.join(" &&\n  ")
    )
}

pub fn text() -> String {
    let checks: Vec<String> = CHECKS.iter().map(check).collect();
    format!(
        "{}//\n// Fast-path validators: on failure src/host/validate/validate.js locates the mismatch.\n\
         import {{ isAbsent, isListOf, isObject, isString, isText }} from \"../src/host/validate/type-guards.js\";\n\n{}",
        head("validators of what comes often, out of the Rust types."),
        checks.join("\n"),
    )
}
