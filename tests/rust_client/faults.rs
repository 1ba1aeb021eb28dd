//! Servers and connections that fail.

use crate::{AGENT, ALLOWED, coded, run};
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{
    AuthorizeRequest, Call, CreateAgentInput, Dialect, Hooks, KnownAgentStatus, KnownAgentType, RequestEvent,
    ResponseEvent, RetryEvent, TransportError,
};
use kavachos_wasm::{Client, Error};
use std::future::IntoFuture;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

type Make = fn(&Client) -> Call<serde_json::Value>;

fn create(client: &Client) -> Call<serde_json::Value> {
    client.agents().create(CreateAgentInput::new("user-1", "reader", KnownAgentType::Service, [])).raw()
}

fn decide(client: &Client) -> Call<serde_json::Value> {
    client.authorize("agent-1", AuthorizeRequest::new("read", "files")).raw()
}

fn list(client: &Client) -> Call<serde_json::Value> {
    client.agents().list().raw()
}

#[test]
fn calls_are_retried_by_the_table() {
    let calls: [Make; 3] = [list, decide, create];
    for (status, retried) in [
        (408, [true, false, false]),
        (429, [true, true, true]),
        (500, [true, false, false]),
        (502, [true, true, false]),
        (503, [true, true, false]),
        (504, [true, true, false]),
        (400, [false, false, false]),
        (409, [false, false, false]),
    ] {
        for (call, retried) in calls.iter().zip(retried) {
            let script = Script::new();
            script.answer(status, "").answer(status, "").answer(status, "");
            let error = run(call(&script.client())).unwrap_err();
            assert_eq!(error.status(), Some(status));
            assert_eq!(script.requests().len(), if retried { 3 } else { 1 }, "{status} {error:?}");
            if retried {
                assert_eq!(script.elapsed(), Duration::from_millis(1500), "0.5 s and 1 s");
            }
        }
    }
}

#[test]
fn what_gets_no_answer_is_retried_unless_it_may_have_been_executed() {
    let fail = |script: &Script| {
        let _ = script.fail(TransportError::failed("connection reset"));
    };
    let hang = |script: &Script| {
        let _ = script.hang();
    };
    for (trouble, code) in [(&fail as &dyn Fn(&Script), "NETWORK_ERROR"), (&hang, "TIMEOUT")] {
        let calls: [(Make, usize); 3] = [(list, 3), (decide, 3), (create, 1)];
        for (call, times) in calls {
            let script = Script::new();
            (0..3).for_each(|_| trouble(&script));
            let error = run(call(&script.client())).unwrap_err();
            assert!(error.is_network() && error.is_timeout() == (code == "TIMEOUT"));
            assert_eq!(coded::<()>(Err(error), &script), (code.to_owned(), times));
            assert_eq!(script.pending(), 0);
        }
    }
    let script = Script::new();
    script.fail(TransportError::failed("connection reset")).hang().answer(200, "[]");
    assert_eq!(run(list(&script.client())).unwrap(), serde_json::json!([]));
}

#[test]
fn a_server_that_asks_to_wait_is_obeyed_up_to_a_minute() {
    let after = |name: &str, wait: &str| {
        let script = Script::new();
        script.respond(503, &[(name, wait)], "").answer(201, AGENT);
        let result = run(create(&script.client()));
        (result.is_ok(), script.elapsed().as_millis())
    };
    assert_eq!(after("retry-after", "2"), (true, 2000));
    assert_eq!(after("retry-after-ms", "250"), (true, 250));
    assert_eq!(after("retry-after", "Thu, 01 Jan 1970 00:00:07 GMT"), (true, 7000));
    assert_eq!(after("retry-after", "61"), (false, 0));
    assert_eq!(after("retry-after", "soon"), (false, 0));
    let script = Script::new();
    script.respond(429, &[("retry-after", "90")], "");
    assert_eq!(run(list(&script.client())).unwrap_err().retry_after(), Some(Duration::from_secs(90)));
}

#[test]
fn a_deadline_limits_the_whole_call() {
    let script = Script::new();
    script.hang();
    let error = run(list(&script.client()).deadline(Duration::from_secs(5))).unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((error.code(), script.elapsed()), ("DEADLINE_EXCEEDED", Duration::from_secs(5)));

    // A backoff past the deadline is not begun.
    let script = Script::new();
    script.answer(503, "");
    let error = run(list(&script.client()).deadline(Duration::from_millis(400))).unwrap_err();
    assert_eq!((error.status(), script.elapsed()), (Some(503), Duration::ZERO));

    let script = Script::new();
    script.hang().hang();
    let call = list(&script.client()).timeout(Duration::from_secs(3)).deadline(Duration::from_secs(5));
    assert_eq!(coded(run(call), &script), ("DEADLINE_EXCEEDED".to_owned(), 2));
}

#[test]
fn answers_that_cannot_be_read_are_errors_of_their_own() {
    for (content_type, body, said) in [
        ("application/json", "{\"id\":", "200 (application/json): a body that is not JSON"),
        ("text/html", "<html>", "200 (text/html): a body that is not JSON"),
        ("application/json", "", "200 (application/json): a body that is not JSON"),
        ("application/json", r#"{"id": 5}"#, "200 (application/json): $.id must be a string"),
    ] {
        let script = Script::new();
        script.respond(200, &[("content-type", content_type)], body);
        let error = run(script.client().agents().get("agent-1")).unwrap_err();
        assert!(error.is_decode());
        assert_eq!(error.to_string(), ["GET https://app.example/api/kavach/agents/agent-1 answered ", said].concat());
    }
    let script = Script::new();
    script.answer(200, "[1, 2, 3]");
    let error = run(list(&script.client()).max_response_bytes(5)).unwrap_err();
    assert_eq!((error.code(), error.is_decode()), ("RESPONSE_TOO_LARGE", true));
    let script = Script::new();
    script.answer(99, "");
    assert_eq!(coded(run(list(&script.client())), &script), ("INVALID_RESPONSE".to_owned(), 1));
}

#[test]
fn an_answer_that_cannot_be_read_is_kept_and_not_shown() {
    let script = Script::new();
    script.answer(201, AGENT.replace(r#""token": """#, r#""token": "kv_once""#).replace(r#""reader""#, "null"));
    let error = run(script.client().agents().rotate("agent-1")).unwrap_err();
    assert_eq!((error.path(), error.answer().unwrap()["token"].as_str()), (Some("$.name"), Some("kv_once")));
    assert!(!format!("{error:?} {error}").contains("kv_once"));
}

#[test]
fn a_denial_is_a_value_whatever_its_status() {
    for status in [200, 401, 403, 429, 500] {
        let script = Script::new();
        script.answer(status, r#"{"allowed": false, "auditId": "audit-1"}"#);
        let decision = run(script.client().authorize("agent-1", AuthorizeRequest::new("read", "files"))).unwrap();
        assert_eq!((decision.allowed, decision.reason.as_deref()), (false, Some("")), "{status}");
    }
    let script = Script::new();
    script.answer(403, ALLOWED);
    assert!(run(decide(&script.client())).unwrap_err().is_forbidden(), "an error never allows");
}

#[test]
fn words_and_members_of_newer_servers_are_kept() {
    let script = Script::new();
    let odd = AGENT.replace(r#""active""#, r#""hibernating", "region": "eu""#);
    script.answer(200, odd.clone()).answer(200, odd);
    let agent = run(script.client().agents().get("agent-1")).unwrap().unwrap();
    assert_eq!(agent.status, "hibernating");
    assert!(agent.status != KnownAgentStatus::Active);
    assert_eq!(run(script.client().agents().get("agent-1").raw()).unwrap()["region"], "eu");

    // JSON knows no integers; anything else is an error.
    let script = Script::new();
    script.answer(200, r#"{"entries": [], "total": 5.0}"#).answer(200, r#"{"entries": [], "total": 5.5}"#);
    let page = || script.client().audit().query_paginated(Default::default());
    assert_eq!(run(page()).unwrap().total, Some(5));
    assert!(run(page()).unwrap_err().is_decode());
}

#[test]
fn the_dialect_is_found_out_once() {
    let script = Script::new();
    script.respond(404, &[("content-type", "text/plain")], "404 Not Found");
    script.answer(200, r#"{"data": {"allowed": true, "auditId": "a"}}"#).answer(200, ALLOWED);
    let client = script.client();
    run(decide(&client)).unwrap();
    assert_eq!(client.dialect(), Some(Dialect::Adapter));
    run(decide(&client.clone())).unwrap();
    let urls: Vec<_> = script.requests().into_iter().map(|request| request.url).collect();
    assert_eq!(urls[1..], ["https://app.example/api/kavach/authorize"; 2]);
    assert!(run(client.mcp().list()).unwrap_err().is_not_supported());
}

#[test]
fn dropping_a_call_aborts_it() {
    let script = Script::new();
    script.hang();
    let client = script.client();
    {
        let call = pin!(list(&client).timeout(None).into_future());
        assert_eq!(script.requests().len(), 0, "nothing is sent before it is polled");
        assert!(call.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert_eq!(script.pending(), 1);
    }
    assert_eq!(script.pending(), 0);
}

#[test]
fn hooks_are_told_of_every_attempt() {
    #[derive(Default, Clone)]
    struct Log(Arc<Mutex<Vec<String>>>);
    impl Log {
        fn write(&self, event: &RequestEvent<'_>, what: String) {
            let RequestEvent { call, operation, method, attempt, .. } = event;
            self.0.lock().unwrap().push(format!("{call}.{attempt} {operation} {method} {what}"));
        }
    }
    impl Hooks for Log {
        fn on_request(&self, event: &RequestEvent<'_>) {
            self.write(event, event.url.to_owned());
        }
        fn on_response(&self, event: &ResponseEvent<'_>) {
            self.write(&event.request, format!("{:?} {:?} {:?}", event.status, event.code, event.duration));
        }
        fn on_retry(&self, event: &RetryEvent<'_>) {
            self.write(&event.request, format!("{:?} {:?} again in {:?}", event.status, event.code, event.delay));
        }
    }
    let (log, script) = (Log::default(), Script::new());
    script.hang().answer(503, "").answer(200, "[]");
    let client = Client::builder("https://app.example").hooks(log.clone()).transport(script.clone()).build().unwrap();
    run(list(&client).timeout(Duration::from_secs(1))).unwrap();
    let lines = log.0.lock().unwrap();
    let expected = [
        "1.1 agents.list GET https://app.example/agents",
        "1.1 agents.list GET None Some(\"TIMEOUT\") 1s",
        "1.1 agents.list GET None Some(\"TIMEOUT\") again in 500ms",
        "1.2 agents.list GET https://app.example/agents",
        "1.2 agents.list GET Some(503) None 0ns",
        "1.2 agents.list GET Some(503) None again in 1s",
        "1.3 agents.list GET https://app.example/agents",
        "1.3 agents.list GET Some(200) None 0ns",
    ];
    assert_eq!(*lines, expected);
}

#[test]
fn futures_and_clients_cross_threads() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let script = Script::new();
    script.answer(200, "[]");
    let client = script.client();
    let call = is_send(list(&client).into_future());
    let found: Result<_, Error> = std::thread::spawn(move || pollster::block_on(call)).join().unwrap();
    assert!(found.is_ok());
    is_send(&client);
}
