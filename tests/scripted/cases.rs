//! The cases of tests/data/calls, which the npm package is held to as well (tests/calls/cases.mjs).

use super::{Client, client};
use crate::values;
use kavachos_wasm::client::{Failure, InvalidArgument, Operation, Payload, Reply};
use kavachos_wasm::endpoints::ENDPOINTS;
use kavachos_wasm::http::{Dialect, Form, Memory};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The cases in a file, with values in the places of their names, and each scenario once for each of its values.
pub fn cases(text: &str) -> Map<String, Value> {
    let mut file: Map<String, Value> = serde_json::from_str(text).unwrap();
    let mut known = values::all();
    known.extend(file.remove("values").and_then(|values| values.as_object().cloned()).unwrap_or_default());
    let scenarios = file.remove("scenarios").unwrap_or_default();
    let mut runs = Vec::new();
    for mut scenario in scenarios.as_array().cloned().unwrap_or_default() {
        let Some(each) = scenario.as_object_mut().unwrap().remove("each") else {
            runs.push(expanded(&scenario, &known));
            continue;
        };
        for each in expanded(&each, &known).as_array().unwrap() {
            known.insert("each".into(), each.clone());
            runs.push(expanded(&scenario, &known));
        }
    }
    let Value::Object(mut cases) = expanded(&Value::Object(file), &known) else { unreachable!() };
    cases.insert("scenarios".into(), Value::Array(runs));
    cases
}

/// `"@name"` and `"@name.member"` stand for a value; `{"@with": "name", …}` for one with other members.
fn expanded(value: &Value, known: &Map<String, Value>) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('@') {
            Some(name) if name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.') => {
                let (name, path) = name.split_once('.').unwrap_or((name, ""));
                let found = expanded(known.get(name).unwrap_or_else(|| panic!("{text} is not known")), known);
                path.split('.').filter(|member| !member.is_empty()).fold(found, |holder, member| holder[member].clone())
            }
            _ => value.clone(),
        },
        Value::Array(items) => items.iter().map(|item| expanded(item, known)).collect(),
        Value::Object(members) => {
            let mut all = match members.get("@with") {
                Some(base) => expanded(&known[base.as_str().unwrap()], known).as_object().cloned().unwrap(),
                None => Map::new(),
            };
            for (name, member) in members.iter().filter(|(name, _)| *name != "@with") {
                all.insert(name.clone(), expanded(member, known));
            }
            Value::Object(all)
        }
        _ => value.clone(),
    }
}

/// A call, given as the name of a method and its arguments.
pub fn operation(call: &Value) -> Result<Operation<Value>, InvalidArgument> {
    let (name, arguments) = call.as_array().unwrap().split_first().unwrap();
    let endpoint = ENDPOINTS.iter().find(|endpoint| name == endpoint.name).unwrap_or_else(|| panic!("no {name}"));
    Operation::new(endpoint, arguments)
}

/// Carries out the steps of a scenario, with one client.
pub fn play(scenario: &Value) {
    let client = client_of(&scenario["options"]);
    for step in scenario["steps"].as_array().unwrap() {
        let operation = super::ready(operation(&step["call"]));
        let form = operation.endpoint.answer.form;
        let replies: Vec<_> = step["replies"].as_array().unwrap().iter().map(|reply| reply_of(reply, form)).collect();
        let result = client.run(operation, &replies);
        match step.get("rejects") {
            None => assert_eq!(result.unwrap(), step["resolves"], "{step}"),
            Some(expected) => check(&result.expect_err(&step.to_string()), expected, step),
        }
        let requests = client.requests();
        if let Some(expected) = step.get("requests") {
            assert_eq!(Value::from(requests), *expected, "{step}");
        }
    }
}

fn client_of(options: &Value) -> Client {
    let dialect = match options["dialect"].as_str() {
        Some("auto") => None,
        Some("adapter") => Some(Dialect::Adapter),
        _ => Some(Dialect::Sdk),
    };
    let mut client = client(dialect);
    client.token = options["token"].as_str().map(str::to_owned);
    let server = Arc::get_mut(&mut client.server).unwrap();
    server.bases.auth = options["authUrl"].as_str().map(str::to_owned);
    server.remember(Memory::new(dialect, server.bases.auth.is_some()));
    client
}

fn reply_of(reply: &Value, form: Form) -> Reply<Value> {
    let status = u16::try_from(reply["status"].as_u64().unwrap()).unwrap();
    let (payload, content_type) = match (reply.get("json"), reply.get("text")) {
        (Some(body), _) => (Payload::Json(body.clone()), "application/json"),
        (_, None) => (Payload::Empty, ""),
        // What was due to be JSON and is not is not kept.
        (_, Some(_)) if matches!(status, 200..=299) && form == Form::Json => (Payload::Malformed, ""),
        (_, Some(text)) => (Payload::Text(text.clone()), ""),
    };
    let content_type = reply["type"].as_str().unwrap_or(content_type).to_owned();
    Reply { status, content_type, request_id: None, retry_after: reply["retryAfter"].as_f64(), payload }
}

fn check(failure: &Failure<Value>, expected: &Value, step: &Value) {
    for (member, expected) in expected.as_object().unwrap() {
        let found = match member.as_str() {
            "name" => failure.class.name().into(),
            "code" => failure.code.clone().into(),
            "message" => failure.message.clone().into(),
            "statusCode" => failure.status.into(),
            "retryAfter" => failure.retry_after.into(),
            "path" => failure.path.clone().into(),
            "details" => failure.details.clone().unwrap_or_default(),
            "answer" => failure.answer.clone().unwrap_or_default(),
            _ => panic!("a failure has no {member}"),
        };
        assert_eq!(found, *expected, "{member} after {step}");
    }
    assert!(!format!("{failure:?}").contains("secret"), "no secret is shown: {failure:?}");
}
