//! Which request each method makes, in both dialects.

mod scripted;
mod values;

use kavachos_wasm::client::{Bases, InvalidArgument, Operation, Request};
use kavachos_wasm::http::Dialect;
use scripted::calls::{agents, audit, auth, delegation, mcp};
use scripted::ready;
use serde_json::{Value, json};
use values::{new_agent, request};

fn bases() -> Bases {
    Bases { api: "https://app.example/api".into(), auth: None }
}

fn sent(operation: &Operation<Value>, dialect: Dialect) -> Option<(String, Option<Value>)> {
    let request = Request::of(operation, dialect, &bases())?;
    let path = request.url.strip_prefix("https://app.example/api").unwrap();
    let body = request.body.map(|body| serde_json::from_str(body.as_str().unwrap()).unwrap());
    Some((format!("{} {path}", request.method.name()), body))
}

fn refused(operation: Result<Operation<Value>, InvalidArgument>) -> String {
    let InvalidArgument(message) = operation.expect_err("the argument is wrong");
    message
}

#[test]
fn every_route_in_both_dialects() {
    let id = json!("a1");
    let token = json!("kv_1");
    let input = new_agent();
    let lend = json!({ "fromAgent": "a", "toAgent": "b", "permissions": [], "expiresAt": "2030-01-01T00:00:00Z" });
    let account = json!({ "email": "a@example.com", "password": "secret-pw" });
    let server = json!({ "name": "n", "endpoint": "e", "tools": [], "authRequired": false });
    let by_id = json!({ "agentId": "a1", "action": "read", "resource": "mcp:github:repos" });
    let none = Value::Null;
    let both = |line: &'static str, body: &Value| (Some(line), Some(line), body.clone(), body.clone());
    let cases = [
        (ready(agents::create(&input)), both("POST /agents", &input)),
        (ready(agents::list(&none)), both("GET /agents", &none)),
        (ready(agents::get(&id)), both("GET /agents/a1", &none)),
        (ready(agents::update(&id, &json!({ "name": "n" }))), both("PATCH /agents/a1", &json!({ "name": "n" }))),
        (ready(agents::revoke(&id)), both("DELETE /agents/a1", &none)),
        (ready(agents::rotate(&id)), both("POST /agents/a1/rotate", &none)),
        (
            ready(agents::authorize(&id, &request())),
            (Some("POST /agents/a1/authorize"), Some("POST /authorize"), request(), by_id),
        ),
        (
            ready(auth::authorize_by_token(&token, &request())),
            (Some("POST /authorize"), Some("POST /authorize/token"), request(), request()),
        ),
        (ready(delegation::create(&lend)), both("POST /delegations", &lend)),
        (ready(delegation::list_chains(&id)), both("GET /delegations/a1", &none)),
        (ready(delegation::revoke(&id)), both("DELETE /delegations/a1", &none)),
        (
            ready(delegation::effective_permissions(&id)),
            (Some("GET /delegations/a1/permissions"), None, none.clone(), none.clone()),
        ),
        (ready(audit::query(&none)), both("GET /audit", &none)),
        (ready(audit::query_paginated(&none)), both("GET /audit", &none)),
        (ready(audit::export(&none)), both("GET /audit/export?format=json", &none)),
        (
            ready(auth::sign_up(&account)),
            (Some("POST /sign-up/email"), Some("POST /auth/sign-up"), account.clone(), account.clone()),
        ),
        (
            ready(auth::sign_in(&account)),
            (Some("POST /sign-in/email"), Some("POST /auth/sign-in"), account.clone(), account.clone()),
        ),
        (
            ready(auth::sign_out(&none)),
            (Some("POST /sign-out"), Some("POST /auth/sign-out"), none.clone(), none.clone()),
        ),
        (
            ready(auth::get_session(&none)),
            (Some("GET /session"), Some("GET /auth/session"), none.clone(), none.clone()),
        ),
        (ready(mcp::register(&server)), (Some("POST /mcp/servers"), None, server.clone(), none.clone())),
        (ready(mcp::list()), (Some("GET /mcp/servers"), None, none.clone(), none.clone())),
        (ready(mcp::get(&id)), (Some("GET /mcp/servers/a1"), None, none.clone(), none.clone())),
    ];
    for (operation, (sdk, adapter, sdk_body, adapter_body)) in cases {
        for (dialect, line, body) in [(Dialect::Sdk, sdk, sdk_body), (Dialect::Adapter, adapter, adapter_body)] {
            let expected = line.map(|line| (line.to_owned(), Some(body).filter(|body| !body.is_null())));
            assert_eq!(sent(&operation, dialect), expected, "{:?} in {dialect:?}", operation.endpoint.name);
        }
    }
}

#[test]
fn an_id_stays_one_segment() {
    for (id, segment) in [
        ("a/../b", "a%2F..%2Fb"),
        ("a b", "a%20b"),
        ("a?b#c", "a%3Fb%23c"),
        ("%zz", "%25zz"),
        ("%2e%2e", "%252e%252e"),
        ("ü✓", "%C3%BC%E2%9C%93"),
        ("...", "..."),
        (":id", "%3Aid"),
    ] {
        let (line, _) = sent(&ready(agents::get(&json!(id))), Dialect::Sdk).unwrap();
        assert_eq!(line, format!("GET /agents/{segment}"));
    }
}

#[test]
fn ids_that_no_path_can_hold_are_refused() {
    for id in [json!(""), json!("."), json!(".."), json!(null), json!(7), json!({}), json!(["a"])] {
        let message = refused(agents::get(&id));
        assert_eq!(message, "id must be a non-empty string, and not \".\" or \"..\"", "{id}");
    }
    assert!(refused(agents::authorize(&json!(""), &request())).starts_with("agentId must be"));
    assert!(refused(delegation::list_chains(&json!(null))).starts_with("agentId must be"));
}

#[test]
fn an_id_in_a_body_is_escaped_as_json() {
    let odd = "a\"b\\c\n\u{1}ü";
    let (_, body) = sent(&ready(agents::authorize(&json!(odd), &request())), Dialect::Adapter).unwrap();
    assert_eq!(body.unwrap()["agentId"], odd);
}

#[test]
fn filters_travel_encoded_in_a_fixed_order() {
    let filters = json!({
        "offset": 5, "limit": 10, "result": "denied", "actions": ["read", "write it"], "until": "2026-02-01",
        "since": "2026-01-01T00:00:00+05:30", "userId": "u&1", "agentId": "ä",
    });
    let (line, body) = sent(&ready(audit::query(&filters)), Dialect::Sdk).unwrap();
    assert_eq!(
        line,
        "GET /audit?agentId=%C3%A4&userId=u%261&since=2026-01-01T00%3A00%3A00%2B05%3A30&until=2026-02-01\
         &actions=read%2Cwrite%20it&result=denied&limit=10&offset=5"
    );
    assert_eq!(body, None);
    let (line, _) = sent(&ready(agents::list(&json!({ "status": null, "type": "service" }))), Dialect::Sdk).unwrap();
    assert_eq!(line, "GET /agents?type=service");
    let (line, _) =
        sent(&ready(audit::export(&json!({ "format": "csv", "since": "2026-01-01" }))), Dialect::Sdk).unwrap();
    assert_eq!(line, "GET /audit/export?format=csv&since=2026-01-01");
}

#[test]
fn wrong_filters_are_refused_rather_than_ignored_by_the_server() {
    for (filters, message) in [
        (json!({ "since": "yesterday" }), "filters.since must be an ISO 8601 date and time, as a string or a Date"),
        (json!({ "until": 5 }), "filters.until must be an ISO 8601 date and time, as a string or a Date"),
        (json!({ "limit": -1 }), "filters.limit must be a whole number of 0 or more"),
        (json!({ "limit": 1.5 }), "filters.limit must be a whole number of 0 or more"),
        (json!({ "limit": "10" }), "filters.limit must be a whole number of 0 or more"),
        (json!({ "agentId": "" }), "filters.agentId must be a non-empty string"),
        (json!({ "actions": "read" }), "filters.actions must be an array of strings"),
        (json!({ "actions": ["a,b"] }), "filters.actions[0] must be a non-empty string without a comma"),
        (json!("agent-1"), "filters must be an object"),
        (json!([]), "filters must be an object"),
    ] {
        assert_eq!(refused(audit::query(&filters)), message);
    }
}

#[test]
fn wrong_inputs_are_named() {
    let with = |key: &str, value: Value| {
        let mut input = new_agent();
        input[key] = value;
        input
    };
    for (input, message) in [
        (json!(null), "input must be an object"),
        (json!("x"), "input must be an object"),
        (json!({}), "input.ownerId must be a non-empty string"),
        (with("name", json!("")), "input.name must be a non-empty string"),
        (with("type", json!(1)), "input.type must be \"autonomous\", \"delegated\" or \"service\""),
        (with("type", json!("robot")), "input.type must be \"autonomous\", \"delegated\" or \"service\""),
        (with("expires_at", json!("2030-01-01")), "input.expires_at must be left out: the name is not known."),
        (
            with("permissions", json!([{ "resource": "r", "actions": [], "constraint": {} }])),
            "input.permissions[0].constraint must be left out: the name is not known.",
        ),
        (
            with(
                "permissions",
                json!([{ "resource": "r", "actions": [], "constraints": { "require_approval": true } }]),
            ),
            "input.permissions[0].constraints.require_approval must be left out: the name is not known.",
        ),
        (with("permissions", json!({})), "input.permissions must be an array of objects"),
        (with("permissions", json!(["read"])), "input.permissions[0] must be an object"),
        (
            with("permissions", json!([{ "resource": "r", "actions": "read" }])),
            "input.permissions[0].actions must be an array of strings",
        ),
        (
            with("permissions", json!([{ "resource": "r", "actions": [1] }])),
            "input.permissions[0].actions[0] must be a string",
        ),
        (
            with(
                "permissions",
                json!([{ "resource": "r", "actions": [], "constraints": { "timeWindow": { "start": "09:00" } } }]),
            ),
            "input.permissions[0].constraints.timeWindow.end must be a string",
        ),
        (with("expiresAt", json!("soon")), "input.expiresAt must be an ISO 8601 date and time, as a string or a Date"),
        (with("metadata", json!([])), "input.metadata must be an object"),
    ] {
        assert_eq!(refused(agents::create(&input)), message);
    }
    assert_eq!(refused(auth::sign_in(&json!({ "email": "a" }))), "input.password must be a non-empty string");
    assert_eq!(
        refused(agents::authorize(&json!("a"), &json!({ "action": "" }))),
        "request.action must be a non-empty string"
    );
    assert_eq!(
        refused(delegation::create(&json!({ "fromAgent": "a", "toAgent": "b", "permissions": [] }))),
        "input.expiresAt must be an ISO 8601 date and time, as a string or a Date"
    );
}

#[test]
fn a_wrong_token_is_refused_without_being_shown() {
    for token in [json!(""), json!("kv secret"), json!("kv_secret\n"), json!("kv_sécret"), json!(5)] {
        let message = refused(auth::authorize_by_token(&token, &request()));
        assert!(message.starts_with("agentToken must be a bearer token"), "{message}");
        assert!(!message.contains("cret"), "{message}");
    }
    assert!(refused(auth::authorize_by_token(&Value::Null, &request())).starts_with("agentToken"));
    assert!(refused(auth::sign_out(&json!("a b"))).starts_with("token must be"));
}

#[test]
fn what_is_printed_of_an_operation_holds_no_secret() {
    let account = json!({ "email": "a@example.com", "password": "secret-pw" });
    for operation in [auth::authorize_by_token(&json!("secret-token"), &request()), auth::sign_in(&account)] {
        let operation = ready(operation);
        let request = Request::of(&operation, Dialect::Sdk, &bases()).unwrap();
        let printed = format!("{operation:?} {request:?}");
        assert!(printed.contains("endpoint: ") && printed.contains("POST https://app.example/api/"), "{printed}");
        assert!(!printed.contains("secret"), "{printed}");
    }
}

#[test]
fn absent_members_are_left_out() {
    let input = json!({
        "ownerId": "u", "name": "n", "type": "service", "expiresAt": null, "metadata": { "kept": null, "n": [null] },
        "permissions": [
            { "resource": "a", "actions": [], "constraints": null },
            { "resource": "b", "actions": ["x"], "constraints": { "maxCallsPerHour": null, "requireApproval": true } },
        ],
    });
    let before = input.clone();
    let (_, body) = sent(&ready(agents::create(&input)), Dialect::Sdk).unwrap();
    assert_eq!(
        body.unwrap(),
        json!({
            "ownerId": "u", "name": "n", "type": "service", "metadata": { "kept": null, "n": [null] },
            "permissions": [
                { "resource": "a", "actions": [] },
                { "resource": "b", "actions": ["x"], "constraints": { "requireApproval": true } },
            ],
        })
    );
    assert_eq!(input, before, "the caller's object stays as it is");
}

#[test]
fn an_mcp_server_wants_authorized_callers_unless_told_otherwise() {
    let server = json!({ "name": "n", "endpoint": "e", "tools": [] });
    let (_, body) = sent(&ready(mcp::register(&server)), Dialect::Sdk).unwrap();
    assert_eq!(body.unwrap()["authRequired"], true);
}
