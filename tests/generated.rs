//! `generated/validators.js`: checks without a loop, of what comes with nearly every call or a thousand times in an answer.
//! They are written here, out of the shapes that the Rust types declare. This test finds out when the file is no longer what
//! those say; `./dev generate` writes it anew. So it does `generated/schemas.js`: the shapes of what is looked at where there
//! is no module. And `generated/methods.js`: the methods of the client; `generated/audit.js`: the numbers of audit logs.

use kavachos_wasm::endpoints::{METHODS, Method};
use kavachos_wasm::scan::{COLUMNS, CsvError, FIELDS, NUMBERS, Outcome, PageError};
use kavachos_wasm::schema::{
    Agent, AuditEntry, AuditFilters, AuthorizeRequest, AuthorizeResult, CallOptions, ExportOptions, Permission,
    PermissionConstraints, Schema, TimeWindow, Wire,
};
use serde_json::{Value, json};
use std::{env, fs};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/validators.js");
const METHODS_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/methods.js");
const SCHEMAS_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/schemas.js");
const AUDIT_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/audit.js");
const NAMES_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/input-names.js");

/// What each of these checks is called.
const CHECKS: [(&str, &Schema); 6] = [
    ("isTimeWindow", &TimeWindow::SCHEMA),
    ("isConstraints", &PermissionConstraints::SCHEMA),
    ("isPermission", &Permission::SCHEMA),
    ("isAgent", &Agent::SCHEMA),
    ("isDecision", &AuthorizeResult::SCHEMA),
    ("isEntry", &AuditEntry::SCHEMA),
];

/// The members of an object, as conform.js looks for them: their names, their kinds, and whether they may be absent.
fn members(schema: &Schema) -> String {
    let fields = schema.fields().iter();
    fields
        .map(|field| format!("{}{}{} ", field.name, field.schema.kind(), if field.required { "" } else { "?" }))
        .collect()
}

/// The name of what tests for a schema, or none if there is none.
fn test(schema: &Schema) -> Option<&'static str> {
    match schema {
        Schema::Text => Some("isString"),
        Schema::Id => Some("isText"),
        Schema::Number => Some("Number.isFinite"),
        Schema::Map => Some("isObject"),
        Schema::Object(_) => CHECKS.iter().find(|(_, known)| members(known) == members(schema)).map(|(name, _)| *name),
        _ => None,
    }
}

/// Whether the member `value` has the form of `schema`.
fn condition(value: &str, schema: &Schema) -> String {
    match schema {
        Schema::Text => format!("typeof {value} === \"string\""),
        Schema::Flag => format!("typeof {value} === \"boolean\""),
        Schema::List(item) => format!("isListOf({value}, {})", test(item).expect("its items have a test")),
        _ => format!("{}({value})", test(schema).unwrap_or_else(|| panic!("there is no test for {schema:?}"))),
    }
}

fn check(name: &str, schema: &Schema) -> String {
    let mut conditions = vec!["isObject(o)".to_owned()];
    for field in schema.fields() {
        let value = format!("o.{}", field.name);
        let condition = condition(&value, field.schema);
        conditions.push(if field.required { condition } else { format!("(isAbsent({value}) || {condition})") });
    }
    let line = format!("const {name} = (o) => {};\n", conditions.join(" && "));
    // As the formatter has it.
    if line.len() <= 121 { line } else { format!("const {name} = (o) =>\n  {};\n", conditions.join(" &&\n  ")) }
}

fn written() -> String {
    let checks: Vec<String> = CHECKS.iter().map(|(name, schema)| check(name, schema)).collect();
    let key = |(name, schema): &(&str, &Schema)| {
        let line = format!("  \"{}\": {name},\n", members(schema));
        if line.len() <= 121 { line } else { line.replace("\": ", "\":\n    ") }
    };
    let keys: Vec<String> = CHECKS.iter().map(key).collect();
    format!(
        "// Written by tests/generated.rs out of the Rust types. Who passes has the form; who does not is looked at by conform.js.\n\
         import {{ isAbsent, isListOf, isObject, isString, isText }} from \"../src/host/validate/forms.js\";\n\n\
         {}\n\
         // By all members that the type declares: their names, the numbers of their kinds, and whether they may be absent.\n\
         export const STRAIGHT = {{\n{}}};\n",
        checks.join("\n"),
        keys.concat()
    )
}

/// The array that conform.js walks.
fn array_of(schema: &Schema) -> Value {
    let mut array = vec![json!(schema.kind()), json!(schema.expected())];
    match schema {
        Schema::List(item) => array.push(array_of(item)),
        Schema::Object(fields) => {
            for field in *fields {
                array.extend([json!(field.name), array_of(field.schema), json!(field.required)]);
            }
        }
        Schema::Choice(words, _) => array.push(json!(words)),
        _ => {}
    }
    Value::Array(array)
}

/// As the formatter has it: on one line each, which biome is told to leave alone.
fn written_names() -> String {
    let inputs = [
        ("AUDIT_FILTERS", &AuditFilters::SCHEMA),
        ("CALL_OPTIONS", &CallOptions::SCHEMA),
        ("EXPORT_OPTIONS", &ExportOptions::SCHEMA),
    ];
    let lists = inputs.map(|(name, schema)| {
        let names: Vec<_> = schema.fields().iter().map(|field| format!("\"{}\"", field.name)).collect();
        format!("\n// biome-ignore format: generated\nexport const {name} = [{}];\n", names.join(", "))
    });
    format!(
        "// Written by tests/generated.rs out of the Rust types: the names of the members that inputs may have.\n{}",
        lists.concat()
    )
}

/// What both sides of the module of `kavachos-wasm/audit` must know.
fn written_audit() -> String {
    let list = |about: &str, name: &str, words: &[&str]| {
        let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
        format!("\n// {about}\n// biome-ignore format: generated\nexport const {name} = [{}];\n", words.join(", "))
    };
    let number = |prefix: &str, name: &str, number: u32| format!("export const {prefix}_{name} = {number};\n");
    let page: String = PageError::NUMBERS.iter().map(|(name, found)| number("PAGE", name, *found)).collect();
    let csv: String = CsvError::ALL.iter().map(|(name, error)| number("CSV", name, *error as u32)).collect();
    format!(
        "// Written by tests/generated.rs out of src/scan: the words and numbers that Rust and JavaScript both need.\n{}{}{}{}\n\
         // Why a page cannot be read.\n{page}\n\
         // Why a CSV export cannot be read.\n{csv}",
        list("The fields of entries that are texts, by their numbers.", "FIELDS", &FIELDS),
        list("The numbers of entries, by their numbers. The last is when an entry was written.", "NUMBERS", &NUMBERS),
        list("Outcomes other than the result itself, by their numbers.", "OUTCOMES", &Outcome::WORDS),
        list("The columns of a CSV export.", "CSV_COLUMNS", &COLUMNS),
    )
}

fn written_schemas() -> String {
    let text = |schema: &Schema| array_of(schema).to_string().replace(',', ", ");
    format!(
        "// Written by tests/generated.rs out of the Rust types: the schemas of inputs that are looked at without a module.\n\n\
         // biome-ignore format: generated\n\
         export const AUTHORIZE_REQUEST = {};\n\n\
         // biome-ignore format: generated\n\
         export const PERMISSION = {};\n\n\
         export const PERMISSIONS = [{}, \"{}\", PERMISSION];\n",
        text(&AuthorizeRequest::SCHEMA),
        text(&Permission::SCHEMA),
        <Vec<Permission>>::SCHEMA.kind(),
        <Vec<Permission>>::SCHEMA.expected(),
    )
}

/// A line for each method: its name, how many arguments it takes, and whether it changes decisions.
fn written_methods() -> String {
    let line =
        |method: &Method| format!("  [\"{}\", {}, {}],\n", method.name, method.arguments, method.changes_decisions);
    format!(
        "// Written by tests/generated.rs out of src/endpoints/methods.rs: the methods of the client by the numbers that Rust knows\n\
         // them by. Name, how many arguments come before the options, and whether decisions may fall out differently after it.\n\
         export const METHODS = [\n{}];\n",
        METHODS.iter().map(line).collect::<String>()
    )
}

#[test]
fn the_methods_are_those_that_rust_knows() {
    if env::var_os("WRITE_GENERATED").is_some() {
        fs::write(METHODS_FILE, written_methods()).unwrap();
    }
    let there = fs::read_to_string(METHODS_FILE).unwrap_or_default();
    assert!(there == written_methods(), "generated/methods.js is not what Rust says: run ./dev generate");
}

#[test]
fn the_numbers_of_audit_logs_are_those_of_rust() {
    if env::var_os("WRITE_GENERATED").is_some() {
        fs::write(AUDIT_FILE, written_audit()).unwrap();
    }
    let there = fs::read_to_string(AUDIT_FILE).unwrap_or_default();
    assert!(there == written_audit(), "generated/audit.js is not what src/scan says: run ./dev generate");
}

#[test]
fn the_names_are_those_that_the_types_declare() {
    if env::var_os("WRITE_GENERATED").is_some() {
        fs::write(NAMES_FILE, written_names()).unwrap();
    }
    let there = fs::read_to_string(NAMES_FILE).unwrap_or_default();
    assert!(there == written_names(), "generated/input-names.js is not what the types say: run ./dev generate");
}

#[test]
fn the_schemas_are_those_that_the_types_declare() {
    if env::var_os("WRITE_GENERATED").is_some() {
        fs::write(SCHEMAS_FILE, written_schemas()).unwrap();
    }
    let there = fs::read_to_string(SCHEMAS_FILE).unwrap_or_default();
    assert!(there == written_schemas(), "generated/schemas.js is not what the types say: run ./dev generate");
}

#[test]
fn the_checks_are_those_that_the_types_declare() {
    if env::var_os("WRITE_GENERATED").is_some() {
        fs::write(FILE, written()).unwrap();
    }
    let there = fs::read_to_string(FILE).unwrap_or_default();
    assert!(there == written(), "generated/validators.js is not what the types say: run ./dev generate");
}
