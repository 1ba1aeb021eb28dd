//! What cannot be sent is refused by name, before anything is sent.

use crate::run;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{
    AuditFilters, AuthorizeRequest, CallOptions, CreateAgentInput, KnownAgentType, Method, Permission, Timestamp, Word,
};
use kavachos_wasm::{Client, Error};
use std::time::{Duration, UNIX_EPOCH};

fn refused<T: std::fmt::Debug>(result: Result<T, Error>, script: &Script, said: &str) {
    let error = result.expect_err("the argument is wrong");
    assert!(error.is_invalid_argument() && error.attempts() == 0);
    assert!(error.to_string().contains(said), "{error} does not say {said}");
    assert!(script.requests().is_empty());
}

#[test]
fn options_are_refused() {
    let script = Script::new();
    let list = || script.client().agents().list();
    refused(run(list().timeout(Duration::ZERO)), &script, "options.timeout");
    refused(run(list().deadline(Duration::ZERO)), &script, "options.deadline");
    refused(run(list().token("two words")), &script, "options.token");
    refused(run(list().header("a b", "c")), &script, "options.headers");
    refused(run(list().header("a", "line\nbreak")), &script, "options.headers");
    refused(run(list().options(CallOptions::default().header("a", "\u{1F511}"))), &script, "options.headers");
    let build = |url: &str| Client::builder(url).transport(script.clone()).build();
    refused(build("app.example"), &script, "options.baseUrl must be an http: or https: URL");
    refused(build("https://app.example?x"), &script, "without a query");
    let built = Client::builder("https://app.example").auth_url("/auth").transport(script.clone()).build();
    refused(built, &script, "options.authUrl");
    refused(
        Client::builder("https://app.example").token("").transport(script.clone()).build(),
        &script,
        "options.token",
    );
}

#[test]
fn arguments_are_refused() {
    let script = Script::new();
    let client = script.client();
    for id in ["", ".", ".."] {
        refused(run(client.agents().get(id)), &script, "id must be a non-empty string");
    }
    refused(run(client.authorize("a", AuthorizeRequest::new("", "r"))), &script, "request.action must be");
    let filters = AuditFilters::default().since("yesterday");
    refused(run(client.audit().query(filters)), &script, "filters.since must be an ISO 8601 date and time");
    let filters = AuditFilters::default().actions([Word::from("a,b")]);
    refused(run(client.audit().query(filters)), &script, "filters.actions[0]");
    let token = "two words";
    let call = client.auth().authorize_by_token(token, AuthorizeRequest::new("a", "r"));
    let error = run(call).unwrap_err();
    assert!(!format!("{error:?}").contains(token));
    refused(Err::<(), _>(error), &script, "agentToken must be a bearer token");
}

#[test]
fn routes_of_the_host_are_refused_by_name() {
    let script = Script::new();
    let get = |path: &str| script.client().request(Method::Get, path);
    for path in ["tools", "//evil.example", "/a/../b", "/a?b", "/a b"] {
        refused(run(get(path).text()), &script, "input.path");
    }
    refused(run(get("/a/:id").text()), &script, "input.params.id");
    refused(run(get("/a/:id").param("id", "..").text()), &script, "input.params.id");
    refused(run(get("/a").param("id", 1).text()), &script, "input.params.id must be left out");
    refused(run(get("/a").body(&1).text()), &script, "input.body must be left out");
}

#[test]
fn routes_of_the_host_go_out_as_they_are() {
    let script = Script::new();
    script.answer(200, r#"{"data": {"x": 1}}"#).respond(204, &[], "").answer(500, "").answer(500, "");
    let client = script.client();
    let request = client.request(Method::Put, "/a/:a/:b.archive").param("a", "x/y").param("b", 7);
    let value: serde_json::Value = run(request.query("q", "1&2").query("q", true).body(&[1]).json()).unwrap();
    assert_eq!(value, serde_json::json!({ "data": { "x": 1 } }), "the answer is the host's own");
    let sent = &script.requests()[0];
    assert_eq!(sent.url, "https://app.example/api/kavach/a/x%2Fy/7.archive?q=1%262&q=true");
    assert_eq!((sent.method.as_str(), sent.body.as_deref()), ("PUT", Some("[1]")));
    assert_eq!(run(client.request(Method::Delete, "/a").json::<()>()).ok(), Some(()));
    let error = run(client.request(Method::Post, "/a").body(&1).json::<()>()).unwrap_err();
    assert_eq!((error.attempts(), error.is_server()), (1, true), "a POST is not repeated");
}

#[test]
fn inputs_are_sent_as_the_schema_says() {
    let script = Script::new();
    script.answer(500, "").answer(200, "[]");
    let moment = UNIX_EPOCH + Duration::from_millis(1_769_851_800_250);
    let input = CreateAgentInput::new("user-1", "reader", KnownAgentType::Service, [Permission::read("files:*")]);
    let input = input.expires_at(moment).metadata([("team", "x")]);
    assert!(run(script.client().agents().create(input)).unwrap_err().is_server());
    let body: serde_json::Value = serde_json::from_str(script.requests()[0].body.as_deref().unwrap()).unwrap();
    let expected = serde_json::json!({
        "ownerId": "user-1", "name": "reader", "type": "service",
        "permissions": [{ "resource": "files:*", "actions": ["read"] }],
        "expiresAt": "2026-01-31T09:30:00.250Z", "metadata": { "team": "x" },
    });
    assert_eq!(body, expected);
    let filters = AuditFilters::default().actions(["a", "b"].map(Word::from)).since(Timestamp::from(moment)).limit(5);
    run(script.client().audit().query(filters)).unwrap();
    let url = &script.requests()[1].url;
    assert!(url.ends_with("/audit?since=2026-01-31T09%3A30%3A00.250Z&actions=a%2Cb&limit=5"), "{url}");
}
