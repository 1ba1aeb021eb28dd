//! What the real server has answered, recorded: the same request goes out, and every answer is a value or an error of its status.

use crate::run;
use kavachos_wasm::endpoints::ENDPOINTS;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{
    AuditFilters, AuthorizeRequest, Call, Dialect, ExportOptions, SignInInput, SignUpInput,
};
use kavachos_wasm::{Client, Error};
use serde::de::DeserializeOwned;
use serde_json::{Value, from_slice, from_str, from_value, json};
use std::collections::BTreeSet;
use std::fs;

/// Endpoints of this dialect without a recording: `iterate` makes its own requests (tests/rust_client/audit.rs), and the recorded
/// server has no dashboard.
const NOT_RECORDED: [&str; 2] = ["audit.iterate", "dashboard.stats"];

/// What a call comes to.
type Made = Result<Value, Error>;
/// A method that makes the request of a recording.
type Method = (&'static str, Box<dyn FnOnce(&Client) -> Made>);

struct Recorded<'a> {
    path: Vec<&'a str>,
    body: &'a Value,
    query: Value,
    token: &'a str,
}

fn method(name: &'static str, call: impl FnOnce(&Client) -> Call<Value> + 'static) -> Method {
    (name, Box::new(|client| run(call(client))))
}

fn input<T: DeserializeOwned>(value: &Value) -> Option<T> {
    from_value(value.clone()).ok()
}

/// The methods that make the request of a recording. There are none for requests that the client would not make.
fn methods(verb: &str, recorded: &Recorded<'_>) -> Option<Vec<Method>> {
    let Recorded { path, body, query, token } = recorded;
    let token = (*token).to_owned();
    let id = || path.get(1).filter(|id| !id.contains('%')).map(|id| (*id).to_owned());
    Some(match (verb, path.as_slice()) {
        ("POST", ["agents"]) => {
            let input = input(body)?;
            vec![method("agents.create", |client| client.agents().create(input).raw())]
        }
        ("GET", ["agents"]) => {
            let filters = input(query)?;
            vec![method("agents.list", |client| client.agents().list_with(filters).raw())]
        }
        ("GET", ["agents", _]) => {
            let id = id()?;
            vec![method("agents.get", move |client| client.agents().get(&id).raw())]
        }
        ("PATCH", ["agents", _]) => {
            let (id, input) = (id()?, input(body)?);
            vec![method("agents.update", move |client| client.agents().update(&id, input).raw())]
        }
        ("DELETE", ["agents", _]) => {
            let id = id()?;
            vec![method("agents.revoke", move |client| client.agents().revoke(&id).raw())]
        }
        ("POST", ["agents", _, "rotate"]) => {
            let id = id()?;
            vec![method("agents.rotate", move |client| client.agents().rotate(&id).raw())]
        }
        ("POST", ["authorize"]) => {
            let (id, request) = (body["agentId"].as_str()?.to_owned(), input::<AuthorizeRequest>(body)?);
            let (again, same) = (id.clone(), request.clone());
            vec![
                method("authorize", move |client| client.authorize(&id, request).raw()),
                method("agents.authorize", move |client| client.agents().authorize(&again, same).raw()),
            ]
        }
        ("POST", ["authorize", "token"]) if !token.is_empty() => {
            let request = input::<AuthorizeRequest>(body)?;
            vec![method("auth.authorizeByToken", move |client| client.auth().authorize_by_token(&token, request).raw())]
        }
        ("POST", ["delegations"]) => {
            let input = input(body)?;
            vec![method("delegation.create", |client| client.delegation().create(input).raw())]
        }
        ("GET", ["delegations", _]) => {
            let id = id()?;
            vec![method("delegation.listChains", move |client| client.delegation().list_chains(&id).raw())]
        }
        ("DELETE", ["delegations", _]) => {
            let id = id()?;
            vec![method("delegation.revoke", move |client| client.delegation().revoke(&id).raw())]
        }
        ("GET", ["audit"]) => {
            let filters: AuditFilters = input(query)?;
            let (one, two) = (filters.clone(), filters.clone());
            vec![
                method("audit.query", |client| client.audit().query(one).raw()),
                (
                    "audit.queryPaginated",
                    Box::new(|client| {
                        let page = run(client.audit().query_paginated(two).raw())?;
                        Ok(page["entries"].clone())
                    }),
                ),
                (
                    "audit.queryBytes",
                    Box::new(|client| {
                        let bytes = run(client.audit().query_bytes(filters))?;
                        Ok(from_slice::<Value>(&bytes).unwrap()["data"].clone())
                    }),
                ),
            ]
        }
        ("GET", ["audit", "export"]) if query["agentId"].is_null() => {
            let options: ExportOptions = input(query)?;
            let same = options.clone();
            vec![
                method("audit.export", |client| client.audit().export(options).raw()),
                (
                    "audit.exportStream",
                    Box::new(|client| {
                        run(async {
                            let mut stream = client.audit().export_stream(same).await?;
                            let mut whole = Vec::new();
                            while let Some(chunk) = stream.next().await {
                                whole.extend(chunk?);
                            }
                            Ok(String::from_utf8(whole).unwrap().into())
                        })
                    }),
                ),
            ]
        }
        ("POST", ["auth", "sign-up"]) => {
            let input = input::<SignUpInput>(body)?;
            vec![method("auth.signUp", |client| client.auth().sign_up(input).raw())]
        }
        ("POST", ["auth", "sign-in"]) => {
            let input = input::<SignInInput>(body)?;
            vec![method("auth.signIn", |client| client.auth().sign_in(input).raw())]
        }
        ("POST", ["auth", "sign-out"]) => {
            vec![method("auth.signOut", |client| with_token(client.auth().sign_out().raw(), token))]
        }
        ("GET", ["auth", "session"]) => {
            vec![method("auth.getSession", |client| with_token(client.auth().get_session().raw(), token))]
        }
        _ => return None,
    })
}

fn with_token(call: Call<Value>, token: String) -> Call<Value> {
    if token.is_empty() { call } else { call.token(token) }
}

/// A query as the input of the method, if all of it is known to the client.
fn query_of(text: &str) -> Option<Value> {
    let mut query = json!({});
    for (name, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = decoded(value)?;
        query[name] = match name {
            "limit" | "offset" => value.parse::<u32>().ok()?.into(),
            "actions" => value.split(',').collect::<Value>(),
            "agentId" | "userId" | "status" | "type" | "since" | "until" | "result" | "format" => value.into(),
            _ => return None,
        };
    }
    Some(query)
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?
            }
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// The base URL under which a server was recorded, and the path below it.
fn based<'a>(target: &str, path: &'a str) -> Option<(String, &'a str)> {
    let mount = target.split_once('@')?.1.trim_end_matches('/');
    Some((["https://app.example", mount].concat(), path.strip_prefix(mount)?))
}

fn replay(recording: &Value) -> Vec<(&'static str, Made)> {
    let (request, response) = (&recording["request"], &recording["response"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (verb, path, query) = (text(&request["method"]), text(&request["path"]), text(&request["query"]));
    let Some((base, path)) = based(&text(&recording["target"]), &path) else { return Vec::new() };
    let sent_token = text(&request["headers"]["authorization"]);
    let token = sent_token.strip_prefix("Bearer ").unwrap_or_default();
    let Some(known) = query_of(&query) else { return Vec::new() };
    let recorded = Recorded { path: path.split('/').skip(1).collect(), body: &request["body"], query: known, token };
    let headers = response["headers"].as_object().unwrap();
    let headers: Vec<_> = headers.iter().filter_map(|(name, value)| Some((&**name, value.as_str()?))).collect();
    let body = match &response["body"] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let mut found = Vec::new();
    for (name, call) in methods(&verb, &recorded).unwrap_or_default() {
        let script = Script::new();
        script.respond(response["status"].as_u64().unwrap() as u16, &headers, body.clone());
        let builder = Client::builder(&base).dialect(Dialect::Adapter).max_retries(0);
        let result = call(&builder.transport(script.clone()).build().unwrap());
        // The client refuses some requests that this server was asked.
        let Some(sent) = script.requests().into_iter().next() else { continue };
        let (sent_path, sent_query) = sent.url.split_once('?').unwrap_or((&sent.url, ""));
        assert_eq!(
            (sent.method.as_str(), sent_path.strip_prefix(&base)),
            (&*verb, Some(path)),
            "{}",
            recording["name"]
        );
        let sent_query = query_of(sent_query).unwrap();
        assert!(is_part(&recorded.query, &sent_query), "{}: {sent_query}", recording["name"]);
        let sent_body = sent.body.map_or(Value::Null, |body| from_str(&body).unwrap());
        assert!(is_part(&sent_body, &request["body"]), "{} sent {sent_body}", recording["name"]);
        found.push((name, result));
    }
    found
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

/// Whether a value is what the server said; people come in a shape that both dialects share.
fn says(name: &str, value: &Value, response: &Value) -> bool {
    let data = &response["body"]["data"];
    match name {
        "auth.signUp" | "auth.signIn" => value["user"]["email"].is_string() && value["session"]["token"].is_string(),
        "auth.getSession" => value.is_null() || value["user"]["id"].is_string() || value["userId"].is_string(),
        "auth.signOut" => value.is_null(),
        "audit.export" | "audit.exportStream" => match &response["body"] {
            Value::String(text) => value == text,
            other => from_str::<Value>(value.as_str().unwrap()).unwrap() == *other,
        },
        _ if value["allowed"].is_boolean() => value["allowed"] == data["allowed"],
        _ if value.is_null() => matches!(response["status"].as_u64(), Some(204 | 404)),
        _ => value == data,
    }
}

/// Whether an error is what the server said. A server without the route says so in many ways, which have one code.
fn is_said(error: &Error, response: &Value) -> bool {
    let code = response["body"]["error"]["code"].as_str().unwrap_or(error.code());
    let is_missing_route = error.status() == Some(404) && error.code() == "ROUTE_NOT_FOUND";
    response["body"]["data"]["allowed"].is_null() && (error.code() == code || is_missing_route)
}

#[test]
fn recorded_answers_become_values_and_errors() {
    let (mut replayed, mut seen, mut wrong) = (0, BTreeSet::new(), Vec::new());
    for file in ["agents", "audit", "authorize", "delegations", "auth_email", "rate_limit"] {
        let text = fs::read_to_string(format!("{}/tests/data/wire/{file}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
        for recording in from_str::<Vec<Value>>(&text).unwrap() {
            let response = &recording["response"];
            let status = response["status"].as_u64().unwrap() as u16;
            let results = replay(&recording);
            replayed += usize::from(!results.is_empty());
            for (method, result) in results {
                seen.insert(method);
                let is_right = match &result {
                    Ok(value) => says(method, value, response),
                    Err(error) => status >= 400 && error.status() == Some(status) && is_said(error, response),
                };
                if !is_right {
                    wrong.push(format!("{method}: {} became {result:?}", recording["name"]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(replayed > 150, "{replayed} recordings were replayed");
    let expected = ENDPOINTS.iter().filter(|endpoint| endpoint.adapter.is_some()).map(|endpoint| endpoint.name);
    let expected: BTreeSet<_> = expected.filter(|name| !NOT_RECORDED.contains(name)).collect();
    assert_eq!(seen, expected);
}
