//! Which request each method makes, in both dialects, and what is refused before there is one.

mod scripted;
mod values;

use kavachos_wasm::client::{Bases, InvalidArgument, Operation, Request};
use kavachos_wasm::http::Dialect;
use scripted::cases::{cases, operation};
use scripted::ready;
use serde_json::{Map, Value, json};
use values::request;

const BASE: &str = "https://app.example/api/kavach";

fn bases() -> Bases {
    Bases { api: BASE.into(), auth: None }
}

fn tables() -> Map<String, Value> {
    cases(include_str!("data/calls/requests.json"))
}

/// The request as a line and, if there is one, a body; `null` if there is no route.
fn sent(operation: &Operation<Value>, dialect: Dialect) -> Value {
    let Some(request) = Request::of(operation, dialect, &bases()) else { return Value::Null };
    let path = request.url.strip_prefix(BASE).unwrap();
    let body = request.body.map(|body| serde_json::from_str(body.as_str().unwrap()).unwrap());
    let line = Value::from(format!("{} {path}", request.method.name()));
    [Some(line), body].into_iter().flatten().collect()
}

#[test]
fn requests_are_those_of_the_cases() {
    let tables = tables();
    for table in ["routes", "ids", "filters", "bodies"] {
        for case in tables[table].as_array().unwrap() {
            let before = case["call"].clone();
            let operation = ready(operation(&case["call"]));
            assert_eq!(case["call"], before, "the caller's objects stay as they are");
            for (dialect, name) in [(Dialect::Sdk, "sdk"), (Dialect::Adapter, "adapter")] {
                let expected = case.get(name).unwrap_or(&case["both"]);
                assert_eq!(sent(&operation, dialect), *expected, "{before} in {dialect:?}");
            }
        }
    }
}

#[test]
fn wrong_arguments_are_refused_by_name_and_not_shown() {
    for case in tables()["refused"].as_array().unwrap() {
        let InvalidArgument(message) = operation(&case["call"]).expect_err("the argument is wrong");
        assert_eq!(message, case["message"].as_str().unwrap(), "{case}");
        assert!(!message.contains("cret"), "{message}");
    }
}

#[test]
fn what_is_printed_of_an_operation_holds_no_secret() {
    let account = json!({ "email": "a@example.com", "password": "secret-pw" });
    for call in [json!(["auth.authorizeByToken", "secret-token", request()]), json!(["auth.signIn", account])] {
        let operation = ready(operation(&call));
        let request = Request::of(&operation, Dialect::Sdk, &bases()).unwrap();
        let printed = format!("{operation:?} {request:?}");
        assert!(printed.contains("endpoint: ") && printed.contains("POST https://app.example/api/"), "{printed}");
        assert!(!printed.contains("secret"), "{printed}");
    }
}
