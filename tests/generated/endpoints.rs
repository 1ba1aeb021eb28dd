//! `endpoints.js`: the endpoints of the client.

use super::schemas::{LISTS, all_types, expression, members};
use super::{constant, head};
use kavachos_wasm::endpoints::{Argument, Default, ENDPOINTS, Endpoint};
use kavachos_wasm::http::{Answer, Base, Method, Repair, Route};
use kavachos_wasm::schema::Schema;
use serde_json::json;
use std::collections::BTreeSet;

fn route(route: Option<Route>) -> String {
    route.map_or("undefined".to_owned(), |route| json!([route.method.name(), route.path]).to_string())
}

fn argument(argument: &Argument) -> String {
    match argument {
        Argument::Id(name) => format!("[ARGUMENT_ID, {}]", json!(name)),
        Argument::Body(name, schema) => format!("[ARGUMENT_BODY, {}, {}]", json!(name), expression(schema)),
        Argument::Query(name, schema) => format!("[ARGUMENT_QUERY, {}, {}]", json!(name), expression(schema)),
        Argument::Token(name) => format!("[ARGUMENT_TOKEN, {}]", json!(name)),
        Argument::OptionalToken(name) => format!("[ARGUMENT_OPTIONAL_TOKEN, {}]", json!(name)),
    }
}

fn repair(repair: &Repair) -> String {
    match repair {
        Repair::Reason => "[REPAIR_REASON]".to_owned(),
        Repair::Nest(from, to) => format!("[REPAIR_NEST, {}, {}]", json!(from), json!(to)),
        Repair::Copy(from, to) => {
            let (from, to): (Vec<_>, Vec<_>) = (from.split('.').collect(), to.split('.').collect());
            format!("[REPAIR_COPY, {}, {}]", json!(from), json!(to))
        }
        Repair::Token(to) => format!("[REPAIR_TOKEN, {}]", json!(to.split('.').collect::<Vec<_>>())),
        Repair::Unwrap(member) => format!("[REPAIR_UNWRAP, {}]", json!(member)),
        Repair::Wrap(member) => format!("[REPAIR_WRAP, {}]", json!(member)),
    }
}

fn answer(answer: &Answer) -> String {
    let repairs: Vec<_> = answer.repairs.iter().map(repair).collect();
    let text = |text: Option<&str>| text.map_or("undefined".to_owned(), |text| json!(text).to_string());
    let requires =
        answer.requires.map_or("undefined".to_owned(), |path| json!(path.split('.').collect::<Vec<_>>()).to_string());
    format!(
        "{{ form: FORM_{}, schema: {}, repairs: [{}], requires: {requires}, member: {} }}",
        constant(&format!("{:?}", answer.form)),
        answer.schema.map_or("undefined".to_owned(), expression),
        repairs.join(", "),
        text(answer.member)
    )
}

fn endpoint(endpoint: &Endpoint) -> String {
    let arguments: Vec<_> = endpoint.arguments.iter().map(argument).collect();
    let adds = match endpoint.default {
        None => "undefined".to_owned(),
        Some(Default::Query(name, value)) => json!([name, value]).to_string(),
        Some(Default::Flag(name, flag)) => json!([name, flag]).to_string(),
    };
    let text = |text: Option<&str>| text.map_or("undefined".to_owned(), |text| json!(text).to_string());
    format!(
        "  {{ name: {}, traits: {}, sdk: {}, adapter: {}, takes: [{}], adds: {adds}, adapterId: {}, secrets: {}, capability: {}, changes: {}, answer: {} }},\n",
        json!(endpoint.name),
        endpoint.traits().0,
        route(endpoint.sdk),
        route(endpoint.adapter),
        arguments.join(", "),
        text(endpoint.adapter_id),
        json!(endpoint.secrets),
        json!(endpoint.capability),
        endpoint.changes_decisions,
        answer(&endpoint.answer)
    )
}

/// The constants that the endpoints mention.
fn mentioned(text: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let words: BTreeSet<&str> = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).collect();
    let names: BTreeSet<String> = names.filter(|name| words.contains(name.as_str())).collect();
    names.into_iter().collect()
}

/// The table of `endpoints`, with the constants that it imports.
fn table(about: &str, endpoints: &[Endpoint]) -> String {
    let rows: String = endpoints.iter().map(endpoint).collect();
    let lists = LISTS.iter().map(|(name, _)| (*name).to_owned());
    let types = all_types().map(|(name, _)| constant(name)).chain(lists);
    let protocol = super::protocol::constants().into_iter().map(|(name, _)| name);
    let imports: String = [(mentioned(&rows, protocol), "protocol"), (mentioned(&rows, types), "schemas")]
        .into_iter()
        .filter(|(names, _)| !names.is_empty())
        .map(|(names, file)| format!("import {{ {} }} from \"./{file}.js\";\n", names.join(", ")))
        .collect();
    format!(
        "{}{imports}\n\
         /** @type {{import(\"../src/host/client/endpoint.js\").Endpoint[]}} */\n\
         export const ENDPOINTS = [\n{rows}];\n",
        head(about)
    )
}

/// The endpoints of another entry.
pub fn entry_text(entry: &str, endpoints: &[Endpoint]) -> String {
    table(&format!("the endpoints of `kavachos-wasm/{entry}`, out of src/endpoints."), endpoints)
}

pub fn text() -> String {
    let custom: Vec<_> = Method::ALL
        .iter()
        .map(|method| {
            let is_idempotent = matches!(method, Method::Get | Method::Put | Method::Delete);
            let answer = Answer::value(&Schema::Map);
            format!("{}: {}", method.name(), Endpoint::custom(*method, is_idempotent, Base::Api, &answer).0)
        })
        .collect();
    format!(
        "{}\n\
         /** The traits of a route of the host's own, by its method. @type {{Record<string, number>}} */\n\
         export const CUSTOM_TRAITS = {{ {} }};\n",
        table("the endpoints of the client, out of src/endpoints.", ENDPOINTS),
        custom.join(", ")
    )
}

#[test]
fn every_type_of_an_endpoint_has_a_schema_of_its_own() {
    let mut seen = BTreeSet::new();
    for (name, schema) in all_types() {
        // Types that look alike are distinguished by nothing: one would be taken for the other.
        if *name != "SignInInput" {
            assert!(seen.insert(members(schema)), "{name} has the members of another type");
        }
    }
}
