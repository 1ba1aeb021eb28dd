//! What the real server has answered, recorded: the same request goes out, and every answer is a value or an error of its status.

use crate::run;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{AuditFilters, AuthorizeRequest, Call, Dialect};
use kavachos_wasm::{Client, Error};
use serde::de::DeserializeOwned;
use serde_json::{Value, from_str, from_value};
use std::fs;

const BASE: &str = "https://app.example/api/kavach";

/// The call that makes the request of a recording, if the client would make it at all.
fn call(client: &Client, method: &str, path: &str, query: &str, body: &Value, token: &str) -> Option<Call<Value>> {
    fn input<T: DeserializeOwned>(body: &Value) -> Option<T> {
        from_value(body.clone()).ok()
    }
    let request = || input::<AuthorizeRequest>(body);
    let parts: Vec<_> = path.split('/').skip(1).collect();
    Some(match (method, parts.as_slice()) {
        ("POST", ["agents"]) => client.agents().create(input(body)?).raw(),
        ("GET", ["agents"]) if query.is_empty() => client.agents().list().raw(),
        ("GET", ["agents", id]) if !id.contains('%') => client.agents().get(id).raw(),
        ("PATCH", ["agents", id]) => client.agents().update(id, input(body)?).raw(),
        ("DELETE", ["agents", id]) => client.agents().revoke(id).raw(),
        ("POST", ["agents", id, "rotate"]) => client.agents().rotate(id).raw(),
        ("POST", ["authorize"]) => client.authorize(body["agentId"].as_str()?, request()?).raw(),
        ("POST", ["authorize", "token"]) if !token.is_empty() => {
            client.auth().authorize_by_token(token, request()?).raw()
        }
        ("POST", ["delegations"]) => client.delegation().create(input(body)?).raw(),
        ("GET", ["delegations", id]) => client.delegation().list_chains(id).raw(),
        ("DELETE", ["delegations", id]) => client.delegation().revoke(id).raw(),
        ("GET", ["audit"]) if query.is_empty() => client.audit().query(AuditFilters::default()).raw(),
        _ => return None,
    })
}

fn replay(recording: &Value) -> Option<Result<Value, Error>> {
    let (request, response) = (&recording["request"], &recording["response"]);
    let path = request["path"].as_str()?.strip_prefix("/api/kavach")?;
    let (method, query) = (request["method"].as_str()?, request["query"].as_str()?);
    let token = request["headers"]["authorization"].as_str().and_then(|value| value.strip_prefix("Bearer "));
    let script = Script::new();
    let headers: Vec<_> =
        response["headers"].as_object()?.iter().map(|(name, value)| (&**name, value.as_str().unwrap())).collect();
    let body = match &response["body"] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    script.respond(response["status"].as_u64()? as u16, &headers, body);
    let builder = Client::builder(BASE).dialect(Dialect::Adapter).max_retries(0);
    let client = builder.transport(script.clone()).build().unwrap();
    let result = run(call(&client, method, path, query, &request["body"], token.unwrap_or_default())?);
    // The client refuses some requests that this server was asked.
    let sent = script.requests().into_iter().next()?;
    assert_eq!((sent.method.as_str(), sent.url.strip_prefix(BASE)), (method, Some(path)), "{}", recording["name"]);
    let sent_body = sent.body.map_or(Value::Null, |body| from_str(&body).unwrap());
    assert!(is_part(&sent_body, &request["body"]), "{} sent {sent_body}", recording["name"]);
    Some(result)
}

/// Whether one value is the other without the members that no type knows, or that are null.
fn is_part(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(members), Value::Object(_)) => {
            members.iter().all(|(name, member)| is_part(member, &whole[name]))
        }
        (Value::Array(parts), Value::Array(wholes)) => {
            parts.len() == wholes.len() && parts.iter().zip(wholes).all(|(part, whole)| is_part(part, whole))
        }
        _ => part == whole,
    }
}

#[test]
fn recorded_answers_become_values_and_errors() {
    let mut replayed = 0;
    for file in ["agents", "audit", "authorize", "delegations"] {
        let text = fs::read_to_string(format!("{}/tests/data/wire/{file}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
        for recording in from_str::<Vec<Value>>(&text).unwrap() {
            let Some(result) = replay(&recording) else { continue };
            replayed += 1;
            let response = &recording["response"];
            let (status, name) = (response["status"].as_u64().unwrap() as u16, &recording["name"]);
            let data = &response["body"]["data"];
            match result {
                Ok(Value::Null) => assert!(matches!(status, 204 | 404), "{name}"),
                Ok(value) if value["allowed"].is_boolean() => assert_eq!(value["allowed"], data["allowed"], "{name}"),
                Ok(value) => assert_eq!((&value, status / 100), (data, 2), "{name}"),
                Err(error) => {
                    assert_eq!(error.status(), Some(status), "{name}");
                    assert!(status >= 400 && data["allowed"].is_null(), "{name}");
                    if let Some(code) = response["body"]["error"]["code"].as_str() {
                        assert_eq!(error.code(), code, "{name}");
                    }
                }
            }
        }
    }
    assert!(replayed > 90, "{replayed} recordings were replayed");
}
