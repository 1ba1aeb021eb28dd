//! Finding out the dialect: which answers lead to a second request, which settle it, and which never do either.

mod scripted;
mod values;

use kavachos_wasm::client::{Call, CallStep, Operation, Reply};
use kavachos_wasm::http::{Dialect, ErrorClass, Memory};
use scripted::calls::{agents, audit, auth, delegation, mcp};
use scripted::{client, empty, json, ready, text};
use serde_json::{Value, json as j};
use std::sync::Arc;
use values::{agent, entry, permission, request, session, user};

fn authorize() -> Operation<Value> {
    ready(agents::authorize(&j!("a1"), &request()))
}

fn by_token() -> Operation<Value> {
    ready(auth::authorize_by_token(&j!("kv_1"), &request()))
}

fn allowed() -> Value {
    j!({ "allowed": true, "auditId": "audit-1" })
}

/// How adapters say that a route does not exist.
fn missing_routes() -> Vec<(&'static str, Reply<Value>)> {
    vec![
        ("hono", text(404, "text/plain; charset=UTF-8", "404 Not Found")),
        ("express", text(404, "text/html; charset=utf-8", "<!DOCTYPE html><pre>Cannot POST /x</pre>")),
        ("fastify", json(404, j!({ "message": "Route POST:/x not found", "error": "Not Found", "statusCode": 404 }))),
        ("nextjs", json(404, j!({ "error": { "code": "NOT_FOUND", "message": "Route not found" } }))),
        (
            "nextjs method",
            json(405, j!({ "error": { "code": "METHOD_NOT_ALLOWED", "message": "Method not allowed" } })),
        ),
        ("plugin", json(404, j!({ "error": { "code": "NOT_FOUND", "message": "Plugin endpoint not found" } }))),
        ("empty", empty(404)),
    ]
}

#[test]
fn every_form_of_a_missing_route_is_asked_again_once_and_remembered() {
    for (form, missing) in missing_routes() {
        let client = client(None);
        let decision = client.run(authorize(), &[missing, json(200, j!({ "data": allowed() }))]).unwrap();
        assert_eq!(decision, allowed(), "{form}");
        assert_eq!(client.requests(), ["POST /agents/a1/authorize", "POST /authorize"], "{form}");
        client.run(authorize(), &[json(200, j!({ "data": allowed() }))]).unwrap();
        assert_eq!(client.requests(), ["POST /authorize"], "{form}: remembered");
    }
}

#[test]
fn calls_in_flight_together_all_find_out() {
    for (form, missing) in missing_routes() {
        let (client, operation) = (client(None), authorize());
        let mut slow = Call::new(operation, client.server.clone());
        assert!(matches!(slow.start(), CallStep::Send(_)));
        client.run(authorize(), &[missing.clone(), json(200, j!({ "data": allowed() }))]).unwrap();
        let CallStep::Send(request) = slow.receive(missing.clone(), None) else { panic!("{form}: not asked again") };
        assert_eq!(request.url, "https://app.example/api/kavach/authorize", "{form}");
        let CallStep::Done(Err(failure)) = slow.receive(missing, None) else { panic!("{form}: asked a third time") };
        assert_eq!(failure.code, "ROUTE_NOT_FOUND", "{form}");
    }
}

#[test]
fn a_missing_thing_never_causes_a_second_request() {
    for body in [
        j!({ "error": { "code": "NOT_FOUND", "message": "Agent \"a1\" not found" } }),
        j!({ "error": { "code": "NOT_FOUND", "message": "Agent a1 not found." } }),
        j!({ "code": "NOT_FOUND", "message": "Delegation chain x not found." }),
        j!({ "error": "Agent x not found" }),
        j!({ "error": { "code": "NOT_FOUND", "message": "Not found" } }),
        j!({}),
    ] {
        let client = client(None);
        let failure = client.run(authorize(), &[json(404, body)]).unwrap_err();
        assert_eq!(failure.class, ErrorClass::NotFound);
        assert_eq!(client.requests().len(), 1);
    }
}

#[test]
fn a_fixed_dialect_never_probes() {
    for (dialect, line) in [(Dialect::Sdk, "POST /agents/a1/authorize"), (Dialect::Adapter, "POST /authorize")] {
        for (form, missing) in missing_routes() {
            let client = client(Some(dialect));
            let failure = client.run(authorize(), &[missing]).unwrap_err();
            assert_eq!((failure.class, failure.code.as_str()), (ErrorClass::NotFound, "ROUTE_NOT_FOUND"), "{form}");
            assert_eq!(client.requests(), [line], "{form}");
        }
    }
}

#[test]
fn the_same_request_is_never_sent_twice() {
    let client = client(None);
    let missing = text(404, "text/plain", "404 Not Found");
    let failure = client.run(ready(agents::get(&j!("a1"))), &[missing]).unwrap_err();
    assert_eq!(failure.code, "ROUTE_NOT_FOUND");
    assert!(failure.message.contains("GET https://app.example/api/kavach/agents/a1"), "{}", failure.message);
    assert!(failure.message.contains("baseUrl"), "{}", failure.message);
    assert_eq!(client.requests(), ["GET /agents/a1"]);
}

#[test]
fn authorizing_by_token_recognises_an_adapter_that_wants_an_id() {
    let client = client(None);
    let wants_id =
        json(400, j!({ "error": { "code": "BAD_REQUEST", "message": "Validation failed: agentId: Required" } }));
    client.run(by_token(), &[wants_id.clone(), json(200, j!({ "data": allowed() }))]).unwrap();
    assert_eq!(client.requests(), ["POST /authorize", "POST /authorize/token"]);

    // Elsewhere the same words are an error like any other.
    let fixed = scripted::client(Some(Dialect::Adapter));
    assert_eq!(fixed.run(authorize(), &[wants_id]).unwrap_err().code, "BAD_REQUEST");
}

#[test]
fn an_envelope_settles_it() {
    for (operation, body) in [
        (ready(agents::list(&Value::Null)), j!([agent()])),
        (ready(agents::get(&j!("a1"))), agent()),
        (ready(delegation::list_chains(&j!("a1"))), j!([])),
        (ready(audit::query(&Value::Null)), j!([entry()])),
    ] {
        let client = client(None);
        assert_eq!(client.run(operation, &[json(200, j!({ "data": body }))]).unwrap(), body);
        client.requests();
        client.run(authorize(), &[json(200, j!({ "data": allowed() }))]).unwrap();
        assert_eq!(client.requests(), ["POST /authorize"]);
    }
}

#[test]
fn a_bare_answer_settles_it_too() {
    let client = client(None);
    client.run(ready(agents::list(&Value::Null)), &[json(200, j!([]))]).unwrap();
    client.requests();
    let failure = client.run(authorize(), &[text(404, "text/plain", "404 Not Found")]).unwrap_err();
    assert_eq!(failure.code, "ROUTE_NOT_FOUND");
    assert_eq!(client.requests(), ["POST /agents/a1/authorize"]);
}

#[test]
fn a_gateway_that_answers_for_the_server_settles_nothing() {
    for status in [401, 429, 500, 502, 503] {
        let client = client(None);
        client.run(authorize(), &[json(status, j!({ "error": "no" }))]).unwrap_err();
        client.requests();
        client
            .run(authorize(), &[text(404, "text/plain", "404 Not Found"), json(200, j!({ "data": allowed() }))])
            .unwrap();
        assert_eq!(client.requests(), ["POST /agents/a1/authorize", "POST /authorize"], "{status}");
    }
}

#[test]
fn what_a_dialect_lacks_is_not_supported() {
    let operations = || {
        [
            ready(delegation::effective_permissions(&j!("a1"))),
            ready(mcp::list()),
            ready(mcp::get(&j!("m1"))),
            ready(mcp::register(&j!({ "name": "n", "endpoint": "e", "tools": [] }))),
        ]
    };
    for operation in operations() {
        let client = client(Some(Dialect::Adapter));
        let failure = client.run(operation, &[]).unwrap_err();
        assert_eq!((failure.class, failure.code.as_str()), (ErrorClass::Plain, "NOT_SUPPORTED"));
        assert!(failure.message.contains("\"adapter\" dialect"), "{}", failure.message);
        assert_eq!(client.requests(), [""; 0], "nothing is sent");
    }
    for operation in operations() {
        let client = client(None);
        let failure = client.run(operation, &[text(404, "text/plain", "404 Not Found")]).unwrap_err();
        assert_eq!(failure.code, "NOT_SUPPORTED");
        assert_eq!(client.requests().len(), 1);
    }
    let sdk = client(Some(Dialect::Sdk));
    let permissions = sdk.run(ready(delegation::effective_permissions(&j!("a1"))), &[json(200, j!([permission()]))]);
    assert_eq!(permissions.unwrap(), j!([permission()]));
}

#[test]
fn missing_email_routes_say_where_they_were_looked_for() {
    let sign_in = || ready(auth::sign_in(&j!({ "email": "a@example.com", "password": "secret-pw" })));
    let client = client(None);
    let failure = client.run(sign_in(), &[text(404, "text/plain", "404 Not Found"), empty(404)]).unwrap_err();
    assert_eq!((failure.class, failure.code.as_str()), (ErrorClass::NotFound, "ROUTE_NOT_FOUND"));
    for part in ["/api/kavach/sign-in/email", "/api/kavach/auth/sign-in", "authUrl"] {
        assert!(failure.message.contains(part), "{}", failure.message);
    }
    assert!(!failure.message.contains("secret-pw"));

    // A session that cannot be looked up is not "no session".
    let failure = client
        .run(ready(auth::get_session(&Value::Null)), &[text(404, "text/plain", "404 Not Found"), empty(404)])
        .unwrap_err();
    assert_eq!(failure.code, "ROUTE_NOT_FOUND");
}

#[test]
fn email_routes_may_be_served_elsewhere_in_another_dialect() {
    let mut client = client(None);
    let server = Arc::get_mut(&mut client.server).unwrap();
    server.bases.auth = Some("https://app.example".into());
    server.remember(Memory::new(None, true));
    client.run(authorize(), &[json(200, allowed())]).unwrap();
    client.requests();
    let account = j!({ "user": user(), "session": session() });
    let signed_in = ready(auth::sign_in(&j!({ "email": "a@example.com", "password": "secret-pw" })));
    client.run(signed_in.clone(), &[text(404, "text/html", "<p>"), json(200, account.clone())]).unwrap();
    assert_eq!(client.requests(), ["POST https://app.example/sign-in/email", "POST https://app.example/auth/sign-in"]);
    client.run(signed_in, &[json(200, account)]).unwrap();
    assert_eq!(client.requests(), ["POST https://app.example/auth/sign-in"], "remembered");
    client.run(authorize(), &[json(200, allowed())]).unwrap();
    assert_eq!(client.requests(), ["POST /agents/a1/authorize"], "apart from the API");
}
