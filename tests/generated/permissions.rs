//! `permissions.js`: what JavaScript must know of the permission engine.

use kavachos_wasm::permissions::{
    CONDITIONS, Constraint, ConstraintVerdict, NO_GRANT, REASONS, Rule, UNCOVERED, pattern::STEPS,
};
use kavachos_wasm::schema::{Permission, PermissionConstraints, Schema, TimeWindow, Wire};
use serde_json::json;
use std::collections::BTreeSet;

const DECLARATIONS: &str = include_str!("../../src/host/permissions/permissions.d.ts");

fn array<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    format!("[{}]", items.join(", "))
}

fn names(schema: &Schema) -> String {
    array(schema.fields().iter().map(|field| json!(field.name)))
}

fn by_mode(texts: &[&[&str]]) -> String {
    let lists = texts.iter().map(|list| format!("\n  {},", array(list.iter().map(|text| json!(text)))));
    format!("[{}\n]", lists.collect::<String>())
}

pub fn text() -> String {
    let rules = Rule::ALL.iter().map(|rule| {
        let words = rule.words();
        let texts = [words.code, words.severity.name(), words.path, words.message, words.advice];
        format!("\n  {}", array(texts.map(|text| json!(text))))
    });
    let rules: String = rules.collect::<Vec<_>>().join(",");
    let constants = [
        (
            "The members of permissions, in the order in which they are packed.",
            "PERMISSION",
            names(&Permission::SCHEMA),
        ),
        ("Those of their constraints.", "CONSTRAINTS", names(&PermissionConstraints::SCHEMA)),
        ("Those of a time window.", "TIME_WINDOW", names(&TimeWindow::SCHEMA)),
        ("The steps that a decision may take.", "STEPS", STEPS.to_string()),
        ("The parts of the reason where no permission matches.", "NO_GRANT", array(NO_GRANT.map(|part| json!(part)))),
        (
            "What a constraint comes to, by its number.",
            "VERDICTS",
            array(ConstraintVerdict::NAMES.map(|name| json!(name))),
        ),
        (
            "What a permission has to do with a call, by its number (src/permissions/explain.rs), in server and, if that says something else, in strict mode.",
            "REASONS",
            by_mode(&REASONS),
        ),
        (
            "What constraints ask for, in the order of their names, and one that is not known.",
            "CONDITIONS",
            by_mode(&CONDITIONS),
        ),
        (
            "What is lacking where no permission is above, and where one is.",
            "UNCOVERED",
            array(UNCOVERED.map(|text| json!(text))),
        ),
        (
            "The rules of lint, by their numbers: code, severity, path, message, advice. Values stand in for each `{}`.",
            "LINT_RULES",
            format!("[{rules},\n]"),
        ),
    ];
    let constants = constants.map(|(about, name, value)| format!("\n// {about}\nexport const {name} = {value};\n"));
    format!(
        "{}{}",
        super::head("the words and numbers of the permission engine, out of src/permissions and src/schema."),
        constants.concat()
    )
}

#[test]
fn the_codes_that_are_declared_are_those_of_the_rules() {
    let codes: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.words().code).collect();
    let (_, union) = DECLARATIONS.split_once("export type FindingCode =").unwrap();
    let (union, _) = union.split_once(';').unwrap();
    assert_eq!(union.split('"').skip(1).step_by(2).collect::<BTreeSet<_>>(), codes);
}

#[test]
fn the_packing_order_is_the_declared_one() {
    // What src/permissions/unpack.rs reads, one after the other.
    let names = |schema: &Schema| schema.fields().iter().map(|field| field.name).collect::<Vec<_>>();
    assert_eq!(names(&Permission::SCHEMA), ["resource", "actions", "constraints"]);
    assert_eq!(
        names(&PermissionConstraints::SCHEMA),
        ["maxCallsPerHour", "allowedArgPatterns", "requireApproval", "timeWindow", "ipAllowlist"]
    );
    assert_eq!(names(&TimeWindow::SCHEMA), ["start", "end"]);
    // And the order in which an explanation numbers them.
    assert_eq!(names(&PermissionConstraints::SCHEMA), Constraint::ALL.map(Constraint::name));
}
