//! The guard with CORS, with rules that are found out, with local decisions, and around a handler.

use crate::{ALLOWED, run};
use http::{HeaderMap, HeaderValue, Method, Response};
use kavachos_wasm::Error;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{
    Cors, DecisionSource, Guard, Permission, PermissionConstraints, Problem, Refusal, Rule, RuleError, TransportError,
};
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap())).collect()
}

fn with_token() -> HeaderMap {
    headers(&[("authorization", "Bearer kv_caller")])
}

fn ask(script: &Script, headers: &HeaderMap) -> Guard {
    script.client().guard(headers, Rule::new("read", "files:1")).max_retries(0)
}

fn shown<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap())
}

#[test]
fn preflights_are_answered_before_the_token_is_read() {
    let script = Script::new();
    let app = Cors::origins(["https://app.example"]).unwrap();
    let preflight = |cors: &Cors, origin: &str, more: &[(&'static str, &str)]| {
        let pairs = [&[("origin", origin), ("access-control-request-method", "POST")], more].concat();
        run(ask(&script, &headers(&pairs)).cors(cors, &Method::OPTIONS)).unwrap_err()
    };
    let found = preflight(&app, "https://app.example", &[("access-control-request-headers", "authorization,x-a")]);
    assert_eq!((found.status(), found.reason(), found.problem(), found.body()), (204, "preflight", None, ""));
    for (name, value) in [
        ("access-control-allow-origin", "https://app.example"),
        ("access-control-allow-methods", "POST"),
        ("access-control-allow-headers", "authorization,x-a"),
        ("access-control-max-age", "600"),
        ("vary", "Origin"),
    ] {
        assert_eq!(shown(found.headers(), name), Some(value), "{name}");
    }
    assert_eq!(shown(found.headers(), "access-control-expose-headers"), None);
    let usual = preflight(&app, "https://app.example", &[]);
    assert_eq!(shown(usual.headers(), "access-control-allow-headers"), Some("authorization,content-type"));
    let other = preflight(&app, "https://evil.example", &[]);
    assert_eq!((other.status(), other.headers().len()), (204, 1), "only Vary");
    let any = preflight(&Cors::any(), "https://evil.example", &[]);
    assert_eq!((shown(any.headers(), "access-control-allow-origin"), shown(any.headers(), "vary")), (Some("*"), None));
    let suffix = Cors::matching(|origin| origin.ends_with(".app.example"));
    let found = preflight(&suffix, "https://a.app.example", &[]);
    assert_eq!(shown(found.headers(), "access-control-allow-origin"), Some("https://a.app.example"));
    assert!(script.requests().is_empty());
    // Without `cors`, and with any other method, it is a request like any other.
    let pairs = headers(&[("origin", "https://app.example"), ("access-control-request-method", "POST")]);
    assert_eq!(run(ask(&script, &pairs)).unwrap_err().problem(), Some(Problem::MissingToken));
    assert_eq!(run(ask(&script, &pairs).cors(&app, &Method::POST)).unwrap_err().problem(), Some(Problem::MissingToken));
}

#[test]
fn pages_may_read_refusals_and_what_is_granted() {
    let script = Script::new();
    script.answer(200, ALLOWED);
    let cors = Cors::origins(["https://app.example"]).unwrap();
    let pairs = headers(&[("origin", "https://app.example")]);
    let refusal = run(ask(&script, &pairs).cors(&cors, &Method::POST)).unwrap_err();
    assert_eq!(shown(refusal.headers(), "access-control-allow-origin"), Some("https://app.example"));
    assert_eq!(shown(refusal.headers(), "access-control-expose-headers"), Some("WWW-Authenticate, Retry-After"));
    let pairs = headers(&[("origin", "https://app.example"), ("authorization", "Bearer kv_caller")]);
    let granted = run(ask(&script, &pairs).cors(&cors, &Method::POST)).unwrap();
    assert_eq!(shown(&granted.headers, "access-control-allow-origin"), Some("https://app.example"));
    for origins in
        [["app.example"], ["https://app.example/"], ["https://App.example"], ["https://app.example:443"], [""]]
    {
        assert!(Cors::origins(origins).is_err(), "{origins:?}");
    }
    assert!(Cors::origins(["null", "https://app.example:8443", "chrome-extension://abc"]).is_ok());
}

#[test]
fn a_handler_runs_for_what_is_granted_alone() {
    let script = Script::new();
    script.answer(200, ALLOWED);
    let cors = Cors::any();
    let ran = Arc::new(AtomicBool::new(false));
    let protect = |headers: &HeaderMap| {
        let ran = ran.clone();
        let guard = ask(&script, headers).cors(&cors, &Method::POST);
        pollster::block_on(guard.protect(|granted| async move {
            ran.store(true, Ordering::SeqCst);
            let builder = Response::builder().status(201).header("access-control-allow-origin", "https://own.example");
            builder.body(granted.decision.audit_id.clone()).unwrap()
        }))
    };
    let refused = protect(&HeaderMap::new());
    assert_eq!((refused.status().as_u16(), ran.load(Ordering::SeqCst)), (401, false));
    assert_eq!(shown(refused.headers(), "access-control-allow-origin"), Some("*"));
    let response = protect(&with_token());
    assert_eq!((response.status().as_u16(), &**response.body()), (201, "audit-1"));
    assert_eq!(shown(response.headers(), "access-control-allow-origin"), Some("https://own.example"), "its own counts");
}

fn refused_by(rule: Rule) -> (Refusal, usize) {
    let script = Script::new();
    let refusal = run(script.client().guard(&with_token(), rule).limit(Duration::from_secs(9))).unwrap_err();
    (refusal, script.requests().len())
}

#[test]
fn a_rule_that_has_no_question_is_a_refusal() {
    let (refusal, asked) = refused_by(Rule::from_future(async { Err(serde_json::from_str::<u8>("{").unwrap_err())? }));
    assert_eq!((refusal.status(), refusal.reason(), asked), (400, "invalid_request", 0));
    assert!(refusal.rule_error().is_some() && !refusal.body().contains("EOF"));
    let (refusal, asked) =
        refused_by(Rule::from_future(async { Err(RuleError::failed("secret host is unreachable")) }));
    assert_eq!((refusal.status(), refusal.reason(), asked), (503, "unavailable", 0));
    assert!(!format!("{refusal:?} {}", refusal.body()).contains("secret host"));
    let response = Response::builder().status(404).header("x-a", "b").body("gone".to_owned()).unwrap();
    let (refusal, _) = refused_by(Rule::from_future(async { Err(RuleError::refused(response)) }));
    assert_eq!((refusal.status(), refusal.reason(), refusal.body()), (404, "refused", "gone"));
    assert_eq!(refusal.into_response().headers()["x-a"], "b");
    // One that never settles is over when the time is.
    let (refusal, asked) = refused_by(Rule::from_future(pending()));
    assert_eq!((refusal.status(), asked), (503, 0));
    // What cannot be asked is no fault of the caller.
    let (refusal, asked) = refused_by(Rule::new("", "files"));
    assert!(refusal.status() == 503 && refusal.error().is_some_and(Error::is_invalid_argument) && asked == 0);
}

#[test]
fn a_rule_is_found_out_only_for_requests_with_a_token() {
    let is_run = Arc::new(AtomicBool::new(false));
    let rule = || {
        let is_run = is_run.clone();
        Rule::from_future(async move {
            is_run.store(true, Ordering::SeqCst);
            Ok(Rule::from_future(async { Ok(Rule::new("read", "files")) }))
        })
    };
    let script = Script::new();
    script.answer(200, ALLOWED);
    run(script.client().guard(&HeaderMap::new(), rule())).unwrap_err();
    assert!(!is_run.load(Ordering::SeqCst));
    run(script.client().guard(&with_token(), rule().arguments([("a", "b")]))).unwrap();
    assert!(is_run.load(Ordering::SeqCst));
    let expected = r#"{"action":"read","resource":"files","arguments":{"a":"b"}}"#;
    assert_eq!(script.requests()[0].body.as_deref(), Some(expected));
}

#[test]
fn scopes_follow_what_is_asked() {
    let challenge = |rule: Rule, headers: &HeaderMap, answer: &str| {
        let script = Script::new();
        script.answer(200, answer);
        let guard = script.client().guard(headers, rule);
        let scoped = guard.scope_by(|asked| Some(format!("{}:{}", asked.resource.as_str(), asked.action.as_str())));
        let refusal = run(scoped).unwrap_err();
        refusal.headers()["www-authenticate"].to_str().unwrap().to_owned()
    };
    let later = || Rule::from_future(async { Ok(Rule::new("read", "files")) });
    let denied = r#"{"allowed": false, "auditId": "a", "reason": "No permission grants it"}"#;
    let none = HeaderMap::new();
    assert!(challenge(Rule::new("read", "files"), &none, "").ends_with("scope=\"files:read\""));
    assert_eq!(challenge(later(), &none, ""), "Bearer realm=\"KavachOS\"");
    assert!(challenge(later(), &with_token(), denied).ends_with("error=\"insufficient_scope\", scope=\"files:read\""));
    assert!(!challenge(Rule::new("read", "a\"b"), &none, "").contains("scope"), "text that is no scope is left out");
}

fn local(script: &Script, permissions: Option<Vec<Permission>>) -> Result<DecisionSource, Refusal> {
    let guard = ask(script, &with_token()).local(move |token| async move {
        assert_eq!(&*token, "kv_caller");
        permissions
    });
    run(guard).map(|granted| {
        assert!(granted.decision.source == DecisionSource::Server || granted.decision.audit_id.is_empty());
        granted.decision.source
    })
}

#[test]
fn an_outage_alone_is_decided_here() {
    let known = || Some(vec![Permission::read("files:*")]);
    for status in [502, 503, 504] {
        let script = Script::new();
        script.answer(status, "");
        assert_eq!(local(&script, known()).unwrap(), DecisionSource::Local);
    }
    let script = Script::new();
    script.fail(TransportError::failed("connection refused"));
    assert_eq!(local(&script, known()).unwrap(), DecisionSource::Local);
    let script = Script::new();
    script.hang();
    assert_eq!(local(&script, known()).unwrap(), DecisionSource::Local);
    let script = Script::new();
    script.answer(200, ALLOWED);
    assert_eq!(local(&script, None).unwrap(), DecisionSource::Server);
    for (status, body) in [(500, ""), (400, ""), (403, "<html>"), (200, "{}"), (404, "")] {
        let script = Script::new();
        script.answer(status, body).answer(status, body);
        assert_eq!(local(&script, known()).unwrap_err().status(), 503, "{status}");
    }
    for (status, expected) in [(401, 401), (429, 429)] {
        let script = Script::new();
        script.answer(status, "");
        assert_eq!(local(&script, known()).unwrap_err().status(), expected);
    }
    let script = Script::new();
    script.answer(200, r#"{"allowed": false, "auditId": "a", "reason": "Argument \"x\" does not match"}"#);
    assert_eq!(local(&script, known()).unwrap_err().status(), 403, "a denial stands");
}

#[test]
fn what_is_not_known_here_is_not_decided_here() {
    let outage = |permissions: Option<Vec<Permission>>| {
        let script = Script::new();
        script.answer(503, "");
        local(&script, permissions)
    };
    assert_eq!(outage(None).unwrap_err().problem(), Some(Problem::Unavailable));
    assert_eq!(outage(Some(vec![])).unwrap_err().problem(), Some(Problem::InsufficientScope));
    let with = |constraints: PermissionConstraints| {
        Some(vec![Permission { constraints: Some(constraints), ..Permission::read("files:*") }])
    };
    let made = PermissionConstraints::default;
    assert!(outage(with(made())).is_ok());
    assert_eq!(outage(with(made().require_approval(true))).unwrap_err().problem(), Some(Problem::ApprovalRequired));
    for constraints in [
        made().max_calls_per_hour(5u32),
        made().ip_allowlist(["10.0.0.1".to_owned()]),
        made().time_window(kavachos_wasm::rust_client::TimeWindow::new("00:00", "23:59")),
    ] {
        assert_eq!(outage(with(constraints)).unwrap_err().status(), 503);
    }
    // Patterns see the arguments that would have been sent.
    let script = Script::new();
    script.answer(503, "").answer(503, "");
    for (branch, status) in [("main", None), ("evil", Some(403))] {
        let rule = Rule::new("read", "files:1").arguments([("branch", branch)]);
        let permissions = with(made().allowed_arg_patterns(["^main$".to_owned()]));
        let guard = script.client().guard(&with_token(), rule).max_retries(0);
        let result = run(guard.local(|_| async { permissions }));
        assert_eq!(result.err().map(|refusal| refusal.status()), status);
    }
}

#[test]
fn a_local_decision_has_the_rest_of_the_time() {
    let script = Script::new();
    script.hang();
    let guard = ask(&script, &with_token()).timeout(None).limit(Duration::from_secs(10));
    let refusal = run(guard.local(|_| pending())).unwrap_err();
    assert_eq!((refusal.status(), script.pending()), (503, 0));
    assert_eq!(script.elapsed(), Duration::from_secs(10));
}
