//! What answers become: values, decisions, nothing, or errors of every class.

mod scripted;
mod values;

use kavachos_wasm::client::{Failure, Operation, Reply};
use kavachos_wasm::http::{Dialect, ErrorClass};
use scripted::calls::{agents, audit, auth, mcp};
use scripted::{client, empty, json, malformed, ready, text};
use serde_json::{Value, json as j};
use values::{agent, entry, mcp_server, request, session, user};

fn sdk(operation: Operation<Value>, reply: Reply<Value>) -> Result<Value, Failure<Value>> {
    client(Some(Dialect::Sdk)).run(operation, &[reply])
}

fn get_agent() -> Operation<Value> {
    ready(agents::get(&j!("a1")))
}

fn authorize() -> Operation<Value> {
    ready(agents::authorize(&j!("a1"), &request()))
}

fn sign_in() -> Operation<Value> {
    ready(auth::sign_in(&j!({ "email": "a@example.com", "password": "secret-pw" })))
}

#[test]
fn a_denial_is_a_value_wherever_it_is_written() {
    let denial = j!({ "allowed": false, "reason": "no", "auditId": "" });
    for status in [200, 403, 401, 429, 500] {
        assert_eq!(sdk(authorize(), json(status, denial.clone())).unwrap(), denial, "{status} bare");
        assert_eq!(sdk(authorize(), json(status, j!({ "data": denial }))).unwrap(), denial, "{status} enveloped");
    }
}

#[test]
fn an_error_is_never_a_denial_and_never_a_permission() {
    for (status, body) in [
        (403, j!({ "error": { "code": "FORBIDDEN", "message": "Not yours" } })),
        (403, j!({ "allowed": "false", "auditId": "" })),
        (403, j!({ "allowed": true, "auditId": "x" })),
        (403, j!({ "data": { "allowed": null } })),
        (403, j!([{ "allowed": false }])),
    ] {
        assert_eq!(sdk(authorize(), json(status, body.clone())).unwrap_err().class, ErrorClass::Permission, "{body}");
    }
    assert_eq!(
        sdk(authorize(), json(500, j!({ "allowed": true, "auditId": "x" }))).unwrap_err().class,
        ErrorClass::Server
    );
    for (body, path) in [
        (j!({ "auditId": "x" }), "$.allowed"),
        (j!({ "allowed": "true", "auditId": "x" }), "$.allowed"),
        (j!({ "allowed": 1, "auditId": "x" }), "$.allowed"),
        (j!({ "allowed": true }), "$.auditId"),
        (j!({ "data": { "auditId": "x" } }), "$.data.allowed"),
        (j!([]), "$"),
        (j!({ "allowed": true, "auditId": "x", "reason": 5 }), "$.reason"),
    ] {
        let failure = sdk(authorize(), json(200, body.clone())).unwrap_err();
        assert_eq!((failure.class, failure.path.as_deref()), (ErrorClass::Decode, Some(path)), "{body}");
    }
}

#[test]
fn every_status_has_its_class() {
    for (status, kind) in [
        (301, ErrorClass::Plain),
        (400, ErrorClass::Plain),
        (401, ErrorClass::Authentication),
        (403, ErrorClass::Permission),
        (409, ErrorClass::Plain),
        (422, ErrorClass::Plain),
        (429, ErrorClass::RateLimit),
        (500, ErrorClass::Server),
        (503, ErrorClass::Server),
        (599, ErrorClass::Server),
    ] {
        let failure = sdk(get_agent(), empty(status)).unwrap_err();
        assert_eq!(failure.class, kind, "{status}");
        assert_eq!(failure.status, Some(status));
        assert_eq!((failure.code.as_str(), failure.message), ("API_ERROR", format!("HTTP {status}")));
    }
    let not_found = sdk(ready(agents::rotate(&j!("a1"))), json(404, j!({ "error": "Agent a1 not found." })));
    assert_eq!(not_found.unwrap_err().class, ErrorClass::NotFound);
}

#[test]
fn every_error_shape_keeps_its_code_and_message() {
    for (body, code, message) in [
        (j!({ "code": "C", "message": "M", "details": { "a": 1 } }), "C", "M"),
        (j!({ "error": { "code": "C", "message": "M", "details": { "a": 1 } } }), "C", "M"),
        (j!({ "error": "Rate limit exceeded" }), "API_ERROR", "Rate limit exceeded"),
        (
            j!({ "error": "invalid_grant", "error_description": "The grant is gone" }),
            "invalid_grant",
            "The grant is gone",
        ),
        (j!({ "statusCode": 400, "code": "FST_ERR", "error": "Bad Request", "message": "M" }), "FST_ERR", "M"),
        (j!({ "statusCode": 400, "error": "Bad Request", "message": "M" }), "API_ERROR", "M"),
        (j!({ "success": false, "error": { "code": "C", "message": "M" } }), "C", "M"),
        (j!({ "success": false, "error": "M" }), "API_ERROR", "M"),
        (j!({ "error": {} }), "API_ERROR", "HTTP 400"),
        (j!({ "code": 5, "message": ["x"] }), "API_ERROR", "HTTP 400"),
        (j!({ "code": "", "message": "" }), "API_ERROR", "HTTP 400"),
        (j!([]), "API_ERROR", "HTTP 400"),
    ] {
        let failure = sdk(get_agent(), json(400, body.clone())).unwrap_err();
        assert_eq!((failure.code.as_str(), failure.message.as_str()), (code, message), "{body}");
        let details = body.get("details").or(body["error"].get("details"));
        assert_eq!(failure.details.as_ref(), details, "{body}");
    }
    let plain = sdk(get_agent(), text(400, "text/plain", " upstream is away \n")).unwrap_err();
    assert_eq!((plain.code.as_str(), plain.message.as_str()), ("API_ERROR", "upstream is away"));
    for page in [
        text(502, "text/html", "Bad Gateway"),
        text(502, "text/plain", "<html>"),
        text(502, "application/json", "{\"code\": \"SOME_CO"),
        text(502, "text/plain", &"x".repeat(1000)),
    ] {
        assert_eq!(sdk(get_agent(), page).unwrap_err().message, "HTTP 502");
    }
}

#[test]
fn a_refusal_within_a_success_is_an_error() {
    let failure =
        sdk(sign_in(), json(200, j!({ "success": false, "error": { "code": "LOCKED", "message": "Locked" } })));
    let failure = failure.unwrap_err();
    assert_eq!(
        (failure.class, failure.code.as_str(), failure.message.as_str()),
        (ErrorClass::Plain, "LOCKED", "Locked")
    );
}

#[test]
fn retry_after_is_kept() {
    let reply = Reply { retry_after: Some(1.5), ..json(429, j!({ "error": "slow down" })) };
    assert_eq!(sdk(get_agent(), reply).unwrap_err().retry_after, Some(1.5));
}

#[test]
fn what_is_not_there_is_null_for_lookups_alone() {
    let missing = || json(404, j!({ "error": { "code": "NOT_FOUND", "message": "Agent \"a1\" not found" } }));
    assert_eq!(sdk(get_agent(), missing()).unwrap(), Value::Null);
    assert_eq!(sdk(get_agent(), empty(404)).unwrap(), Value::Null);
    assert_eq!(sdk(ready(mcp::get(&j!("m1"))), missing()).unwrap(), Value::Null);
    for operation in [ready(agents::revoke(&j!("a1"))), ready(agents::update(&j!("a1"), &j!({})))] {
        assert_eq!(sdk(operation, missing()).unwrap_err().class, ErrorClass::NotFound);
    }
    // A wrong address is not a missing agent.
    for reply in [text(404, "text/html", "<p>"), text(404, "text/plain", "404 Not Found")] {
        assert_eq!(sdk(get_agent(), reply).unwrap_err().code, "ROUTE_NOT_FOUND");
    }
}

#[test]
fn values_come_through_as_they_are() {
    let mut odd = agent();
    odd["future"] = j!({ "nested": [1, null] });
    odd["status"] = j!("hibernating");
    odd["metadata"] = Value::Null;
    assert_eq!(sdk(get_agent(), json(200, odd.clone())).unwrap(), odd);
    assert_eq!(sdk(get_agent(), json(200, j!({ "data": odd }))).unwrap(), odd);
    assert_eq!(sdk(ready(mcp::get(&j!("m1"))), json(200, mcp_server())).unwrap(), mcp_server());
}

#[test]
fn wrong_values_are_named_by_path() {
    let with = |pointer: &str, value: Value| {
        let mut agent = agent();
        agent["permissions"] = j!([values::permission(), { "resource": "b", "actions": ["x"], "constraints": {} }]);
        *agent.pointer_mut(pointer).expect("the pointer is right") = value;
        agent
    };
    for (body, path, expected) in [
        (with("/id", Value::Null), "$.id", "a string"),
        (with("/token", j!(5)), "$.token", "a string"),
        (with("/permissions", Value::Null), "$.permissions", "an array of objects"),
        (with("/permissions/1/resource", Value::Null), "$.permissions[1].resource", "a string"),
        (with("/permissions/1/actions/0", j!({})), "$.permissions[1].actions[0]", "a string"),
        (
            with("/permissions/1/constraints", j!({ "maxCallsPerHour": "5" })),
            "$.permissions[1].constraints.maxCallsPerHour",
            "a number",
        ),
        (with("/expiresAt", j!(5)), "$.expiresAt", "a string"),
        (j!("agent"), "$", "an object"),
        (Value::Null, "$", "an object"),
    ] {
        let failure = sdk(get_agent(), json(200, body)).unwrap_err();
        assert_eq!(
            (failure.class, failure.code.as_str(), failure.path.as_deref()),
            (ErrorClass::Decode, "DECODE_ERROR", Some(path))
        );
        assert!(failure.message.ends_with(&format!("{path} must be {expected}")), "{}", failure.message);
    }
    let listed = sdk(ready(agents::list(&Value::Null)), json(200, j!({ "data": [agent(), {}] }))).unwrap_err();
    assert_eq!(listed.path.as_deref(), Some("$.data[1].id"));
}

#[test]
fn an_answer_that_cannot_be_read_is_not_lost() {
    let mut created = agent();
    created["token"] = j!("kv_issued_once");
    created["status"] = Value::Null;
    let failure = sdk(ready(agents::rotate(&j!("a1"))), json(200, created.clone())).unwrap_err();
    assert_eq!(failure.answer, Some(created));
    assert!(!failure.message.contains("kv_issued_once"));
}

#[test]
fn bodies_that_are_not_json_say_status_and_type_alone() {
    for (reply, said) in [
        (malformed(200, "text/html; charset=utf-8"), "200 (text/html; charset=utf-8): a body that is not JSON"),
        (malformed(200, "application/json"), "200 (application/json): a body that is not JSON"),
        (malformed(201, ""), "201 (no content type): a body that is not JSON"),
        (empty(204), "204 (no content type): an empty body"),
    ] {
        let failure = sdk(get_agent(), reply).unwrap_err();
        assert_eq!(failure.class, ErrorClass::Decode);
        assert!(failure.message.ends_with(said), "{}", failure.message);
        assert!(
            failure.message.starts_with("GET https://app.example/api/kavach/agents/a1 answered"),
            "{}",
            failure.message
        );
    }
}

#[test]
fn where_nothing_is_due_a_page_is_still_wrong() {
    let revoke = || ready(agents::revoke(&j!("a1")));
    for reply in [empty(204), empty(200), json(200, j!({ "success": true })), text(200, "text/plain", "ok")] {
        assert_eq!(sdk(revoke(), reply).unwrap(), Value::Null);
    }
    let page = sdk(revoke(), text(200, "text/html", "<html>")).unwrap_err();
    assert_eq!(page.class, ErrorClass::Decode);
}

#[test]
fn accounts_come_in_every_form() {
    let account = j!({ "user": user(), "session": session() });
    assert_eq!(sdk(sign_in(), json(200, account.clone())).unwrap(), account);
    assert_eq!(sdk(sign_in(), json(200, j!({ "success": true, "data": account }))).unwrap(), account);

    let adapter = client(Some(Dialect::Adapter));
    let signed_up = adapter.run(sign_in(), &[json(201, j!({ "user": user(), "token": "t-1" }))]).unwrap();
    assert_eq!(signed_up["session"], j!({ "token": "t-1", "userId": "user-123" }));
    let partial = j!({ "user": user(), "session": { "token": "t-2", "expiresAt": "2030-01-01T00:00:00Z" } });
    let signed_in = adapter.run(sign_in(), &[json(200, partial)]).unwrap();
    assert_eq!(signed_in["session"], j!({ "token": "t-2", "expiresAt": "2030-01-01T00:00:00Z", "userId": "user-123" }));

    for (body, path) in [
        (j!({ "user": user() }), "$.session.token"),
        (j!({ "user": user(), "token": 5 }), "$.session.token"),
        (j!({ "user": user(), "session": { "userId": "u", "token": "" } }), "$.session.token"),
        (j!({ "token": "t" }), "$.user"),
        (j!({ "success": true, "data": { "user": {}, "session": {} } }), "$.data.user.id"),
    ] {
        assert_eq!(sdk(sign_in(), json(200, body.clone())).unwrap_err().path.as_deref(), Some(path), "{body}");
    }
}

#[test]
fn sessions_come_in_every_form() {
    let get_session = || ready(auth::get_session(&Value::Null));
    assert_eq!(sdk(get_session(), json(200, session())).unwrap(), session());
    let wrapped = j!({ "success": true, "data": { "user": user(), "session": session() } });
    assert_eq!(sdk(get_session(), json(200, wrapped)).unwrap(), session());
    for reply in
        [json(401, j!({ "error": "Not authenticated" })), json(404, j!({ "message": "no session" })), empty(404)]
    {
        assert_eq!(sdk(get_session(), reply).unwrap(), Value::Null);
    }

    let mut adapter = client(Some(Dialect::Adapter));
    adapter.token = Some("sent-token");
    let partial = j!({ "user": { "id": "u1" }, "session": { "id": "s1", "expiresAt": "2030-01-01T00:00:00Z" } });
    let found = adapter.run(get_session(), &[json(200, partial.clone())]).unwrap();
    assert_eq!(found, j!({ "id": "s1", "expiresAt": "2030-01-01T00:00:00Z", "userId": "u1", "token": "sent-token" }));
    adapter.token = None;
    let by_cookie = adapter.run(get_session(), &[json(200, partial)]).unwrap();
    assert_eq!(by_cookie.get("token"), None, "never made up");
    assert_eq!(sdk(get_session(), json(500, j!({}))).unwrap_err().class, ErrorClass::Server);
}

#[test]
fn the_audit_log_comes_in_every_form() {
    let query = || ready(audit::query(&Value::Null));
    let page = || ready(audit::query_paginated(&Value::Null));
    let counted = j!({ "entries": [entry()], "total": 7, "cursor": "c" });
    for (body, paged) in [
        (j!([entry()]), j!({ "entries": [entry()] })),
        (j!({ "data": [entry()] }), j!({ "entries": [entry()] })),
        (counted.clone(), counted.clone()),
        (j!({ "data": counted.clone() }), counted),
    ] {
        assert_eq!(sdk(query(), json(200, body.clone())).unwrap(), j!([entry()]), "{body}");
        assert_eq!(sdk(page(), json(200, body.clone())).unwrap(), paged, "{body}");
    }
    for body in [j!({}), j!({ "entries": {} }), j!("x")] {
        assert_eq!(sdk(query(), json(200, body)).unwrap_err().class, ErrorClass::Decode);
    }
}

#[test]
fn an_export_is_text_and_nothing_else() {
    let export = || ready(audit::export(&Value::Null));
    assert_eq!(sdk(export(), text(200, "text/csv", "id,agentId\n")).unwrap(), "id,agentId\n");
    assert_eq!(sdk(export(), text(200, "application/json", "[]")).unwrap(), "[]");
    assert_eq!(sdk(export(), text(200, "text/html", "<html>")).unwrap_err().class, ErrorClass::Decode);
    assert_eq!(sdk(export(), empty(200)).unwrap_err().class, ErrorClass::Decode);
}
