//! What comes in great numbers, or with nearly every call, is checked by JavaScript without a loop: a hundred times a second
//! or a thousand times an answer, engines make the most of that. `src/types/straight.js` is written here, out of the shapes;
//! this test finds out when it is no longer what they say, and `./dev straight` writes it anew.

use kavachos_wasm::types::{
    Agent, AuditEntry, AuthorizeResult, Permission, PermissionConstraints, Shape, TimeWindow, Wire,
};
use std::{env, fs};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/types/straight.js");

/// What each of these checks is called.
const CHECKS: [(&str, &Shape); 6] = [
    ("isTimeWindow", &TimeWindow::SHAPE),
    ("isConstraints", &PermissionConstraints::SHAPE),
    ("isPermission", &Permission::SHAPE),
    ("isAgent", &Agent::SHAPE),
    ("isDecision", &AuthorizeResult::SHAPE),
    ("isEntry", &AuditEntry::SHAPE),
];

fn names(shape: &Shape) -> String {
    shape.fields().iter().map(|field| field.name).collect::<Vec<_>>().join(",")
}

/// The name of what tests for a shape, or none if there is none.
fn test(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Text => Some("isString"),
        Shape::Id => Some("isText"),
        Shape::Number => Some("Number.isFinite"),
        Shape::Map => Some("isObject"),
        Shape::Object(_) => CHECKS.iter().find(|(_, known)| names(known) == names(shape)).map(|(name, _)| *name),
        _ => None,
    }
}

/// Whether the member `value` has the form of `shape`.
fn condition(value: &str, shape: &Shape) -> String {
    match shape {
        Shape::Text => format!("typeof {value} === \"string\""),
        Shape::Flag => format!("typeof {value} === \"boolean\""),
        Shape::List(item) => format!("isListOf({value}, {})", test(item).expect("its items have a test")),
        _ => format!("{}({value})", test(shape).unwrap_or_else(|| panic!("there is no test for {shape:?}"))),
    }
}

fn check(name: &str, shape: &Shape) -> String {
    let mut conditions = vec!["isObject(o)".to_owned()];
    for field in shape.fields() {
        let value = format!("o.{}", field.name);
        let condition = condition(&value, field.shape);
        conditions.push(if field.required { condition } else { format!("(isAbsent({value}) || {condition})") });
    }
    let line = format!("const {name} = (o) => {};\n", conditions.join(" && "));
    // As the formatter has it.
    if line.len() <= 121 { line } else { format!("const {name} = (o) =>\n  {};\n", conditions.join(" &&\n  ")) }
}

fn written() -> String {
    let checks: Vec<String> = CHECKS.iter().map(|(name, shape)| check(name, shape)).collect();
    let keys: Vec<String> = CHECKS.iter().map(|(name, shape)| format!("  \"{}\": {name},\n", names(shape))).collect();
    format!(
        "// Written by tests/straight.rs out of the Rust types. Who passes has the form; who does not is looked at by conform.js.\n\
         import {{ isAbsent, isListOf, isObject, isString, isText }} from \"./forms.js\";\n\n\
         {}\n\
         // By the names of all members that the type declares.\n\
         export const STRAIGHT = {{\n{}}};\n",
        checks.join("\n"),
        keys.concat()
    )
}

#[test]
fn the_checks_are_those_that_the_types_declare() {
    if env::var_os("WRITE_STRAIGHT").is_some() {
        fs::write(FILE, written()).unwrap();
    }
    let there = fs::read_to_string(FILE).unwrap_or_default();
    assert!(there == written(), "src/types/straight.js is not what the types say: run ./dev straight");
}
