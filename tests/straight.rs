//! `src/types/straight.js`: checks without a loop, of what comes with nearly every call or a thousand times in an answer.
//! They are written here, out of the shapes that the Rust types declare. This test finds out when the file is no longer what
//! those say; `./dev straight` writes it anew. So it does `src/types/schemas.js`: the shapes of what is looked at where there
//! is no module.

use kavachos_wasm::types::{
    Agent, AuditEntry, AuthorizeRequest, AuthorizeResult, Permission, PermissionConstraints, Shape, TimeWindow, Wire,
};
use serde_json::{Value, json};
use std::{env, fs};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/types/straight.js");
const SCHEMAS_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/types/schemas.js");

/// What each of these checks is called.
const CHECKS: [(&str, &Shape); 6] = [
    ("isTimeWindow", &TimeWindow::SHAPE),
    ("isConstraints", &PermissionConstraints::SHAPE),
    ("isPermission", &Permission::SHAPE),
    ("isAgent", &Agent::SHAPE),
    ("isDecision", &AuthorizeResult::SHAPE),
    ("isEntry", &AuditEntry::SHAPE),
];

/// The members of an object, as conform.js looks for them: their names, their kinds, and whether they may be absent.
fn members(shape: &Shape) -> String {
    let fields = shape.fields().iter();
    fields
        .map(|field| format!("{}{}{} ", field.name, field.shape.kind(), if field.required { "" } else { "?" }))
        .collect()
}

/// The name of what tests for a shape, or none if there is none.
fn test(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Text => Some("isString"),
        Shape::Id => Some("isText"),
        Shape::Number => Some("Number.isFinite"),
        Shape::Map => Some("isObject"),
        Shape::Object(_) => CHECKS.iter().find(|(_, known)| members(known) == members(shape)).map(|(name, _)| *name),
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
    let key = |(name, shape): &(&str, &Shape)| {
        let line = format!("  \"{}\": {name},\n", members(shape));
        if line.len() <= 121 { line } else { line.replace("\": ", "\":\n    ") }
    };
    let keys: Vec<String> = CHECKS.iter().map(key).collect();
    format!(
        "// Written by tests/straight.rs out of the Rust types. Who passes has the form; who does not is looked at by conform.js.\n\
         import {{ isAbsent, isListOf, isObject, isString, isText }} from \"./forms.js\";\n\n\
         {}\n\
         // By all members that the type declares: their names, the numbers of their kinds, and whether they may be absent.\n\
         export const STRAIGHT = {{\n{}}};\n",
        checks.join("\n"),
        keys.concat()
    )
}

/// The array that conform.js walks.
fn schema(shape: &Shape) -> Value {
    let mut array = vec![json!(shape.kind()), json!(shape.expected())];
    match shape {
        Shape::List(item) => array.push(schema(item)),
        Shape::Object(fields) => {
            for field in *fields {
                array.extend([json!(field.name), schema(field.shape), json!(field.required)]);
            }
        }
        Shape::Choice(words, _) => array.push(json!(words)),
        _ => {}
    }
    Value::Array(array)
}

/// As the formatter has it: on one line each, which biome is told to leave alone.
fn written_schemas() -> String {
    let schema = |shape: &Shape| schema(shape).to_string().replace(',', ", ");
    format!(
        "// Written by tests/straight.rs out of the Rust types: the schemas of inputs that are looked at without a module.\n\n\
         // biome-ignore format: generated\n\
         export const AUTHORIZE_REQUEST = {};\n\n\
         // biome-ignore format: generated\n\
         export const PERMISSION = {};\n\n\
         export const PERMISSIONS = [{}, \"{}\", PERMISSION];\n",
        schema(&AuthorizeRequest::SHAPE),
        schema(&Permission::SHAPE),
        <Vec<Permission>>::SHAPE.kind(),
        <Vec<Permission>>::SHAPE.expected(),
    )
}

#[test]
fn the_schemas_are_those_that_the_types_declare() {
    if env::var_os("WRITE_STRAIGHT").is_some() {
        fs::write(SCHEMAS_FILE, written_schemas()).unwrap();
    }
    let there = fs::read_to_string(SCHEMAS_FILE).unwrap_or_default();
    assert!(there == written_schemas(), "src/types/schemas.js is not what the types say: run ./dev straight");
}

#[test]
fn the_checks_are_those_that_the_types_declare() {
    if env::var_os("WRITE_STRAIGHT").is_some() {
        fs::write(FILE, written()).unwrap();
    }
    let there = fs::read_to_string(FILE).unwrap_or_default();
    assert!(there == written(), "src/types/straight.js is not what the types say: run ./dev straight");
}
