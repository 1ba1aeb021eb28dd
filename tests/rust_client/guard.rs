//! The guard: every denial and every fault has its response, and nothing lets a request through but a decision.

use crate::{ALLOWED, run};
use http::{HeaderMap, HeaderValue};
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{Guard, Problem, Refusal, Rule, TransportError};
use std::time::Duration;

fn headers(authorization: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", HeaderValue::from_str(authorization).unwrap());
    headers
}

fn guard(script: &Script) -> Guard {
    script.client().guard(&headers("Bearer kv_caller"), Rule::new("execute", "tool:deploy")).max_retries(0)
}

fn denied(reason: &str, status: u16) -> Refusal {
    let script = Script::new();
    let body = serde_json::json!({ "allowed": false, "auditId": "audit-1", "reason": reason });
    script.answer(status, body.to_string());
    run(guard(&script)).unwrap_err()
}

fn body(refusal: &Refusal) -> serde_json::Value {
    serde_json::from_str(refusal.body()).unwrap()
}

#[test]
fn a_decision_lets_through_with_the_callers_token() {
    let script = Script::new();
    script.answer(200, ALLOWED);
    let granted = run(guard(&script)).unwrap();
    assert_eq!((&*granted.token, &*granted.decision.audit_id), ("kv_caller", "audit-1"));
    assert!(!format!("{granted:?}").contains("kv_caller"));
    assert_eq!(script.requests()[0].headers["authorization"], "Bearer kv_caller");
    assert_eq!(script.requests()[0].body.as_deref(), Some(r#"{"action":"execute","resource":"tool:deploy"}"#));
}

#[test]
fn every_denial_has_its_response() {
    let no_scope = "No permission grants agent \"bot\" access to \"execute\" on \"tool:deploy\"";
    for (reason, status, problem, code) in [
        (no_scope, 403, Problem::InsufficientScope, Some("insufficient_scope")),
        ("Invalid or expired agent token", 401, Problem::InvalidToken, Some("invalid_token")),
        ("Agent \"bot\" is revoked", 401, Problem::InvalidToken, Some("invalid_token")),
        ("Agent \"bot\" is expired", 401, Problem::InvalidToken, Some("invalid_token")),
        ("Rate limit exceeded: 5 per hour", 429, Problem::RateLimited, None),
        ("This action requires human approval before execution", 403, Problem::ApprovalRequired, None),
        ("Action is only allowed between 09:00 and 17:00", 403, Problem::OutsideTimeWindow, None),
        ("Argument \"x\" does not match", 403, Problem::ArgumentsNotAllowed, None),
        ("IP_NOT_ALLOWED: 1.2.3.4", 403, Problem::AddressNotAllowed, None),
        ("because", 403, Problem::Denied, None),
        ("", 403, Problem::Denied, None),
    ] {
        for answered in [200, 403] {
            let refusal = denied(reason, answered);
            assert_eq!((refusal.status(), refusal.problem()), (status, Some(problem)), "{reason}");
            let challenge = refusal.headers().get("www-authenticate").map(|value| value.to_str().unwrap().to_owned());
            let expected = code.map(|code| format!("Bearer realm=\"KavachOS\", error=\"{code}\""));
            assert_eq!(challenge, expected, "{reason}");
            let shown =
                if status == 401 || reason.is_empty() { body(&refusal)["title"].clone() } else { reason.into() };
            assert_eq!(body(&refusal)["detail"], shown);
            assert_eq!(refusal.headers()["cache-control"], "no-store");
        }
    }
    let secret = denied("the token kv_caller is odd", 200);
    assert!(!format!("{secret:?} {}", secret.body()).contains("kv_caller"));
}

#[test]
fn an_outage_is_no_decision() {
    let unavailable = |script: &Script, guard: Guard| {
        let refusal = run(guard).unwrap_err();
        assert_eq!((refusal.status(), refusal.problem()), (503, Some(Problem::Unavailable)), "{refusal:?}");
        assert!(refusal.headers().get("www-authenticate").is_none());
        script.requests().len()
    };
    for status in [302, 400, 403, 404, 500, 503] {
        let script = Script::new();
        script.respond(status, &[("content-type", "text/html")], "<html>").respond(status, &[], "");
        unavailable(&script, guard(&script));
    }
    for body in ["", "{}", r#"{"allowed": "true", "auditId": "a"}"#, r#"{"allowed": true}"#, "[true]", "true"] {
        let script = Script::new();
        script.answer(200, body);
        unavailable(&script, guard(&script));
    }
    let script = Script::new();
    script.fail(TransportError::failed("connection refused"));
    unavailable(&script, guard(&script));
    let script = Script::new();
    script.hang();
    unavailable(&script, guard(&script).timeout(None).limit(Duration::from_secs(2)));
    assert_eq!((script.elapsed(), script.pending()), (Duration::from_secs(2), 0));
    for guard in [guard(&script).realm("a\"b"), guard(&script).scope("a  b"), guard(&script).resource_metadata("/x")] {
        let asked = script.requests().len();
        assert_eq!(
            unavailable(&script, guard),
            asked,
            "what is wrong with the options is wrong before anything is sent"
        );
    }
}

#[test]
fn statuses_about_the_token_are_passed_on() {
    let script = Script::new();
    script.answer(401, r#"{"error": "expired"}"#);
    assert_eq!(run(guard(&script)).unwrap_err().problem(), Some(Problem::InvalidToken));
    let script = Script::new();
    script.respond(429, &[("retry-after", "1.2")], "");
    let refusal = run(guard(&script)).unwrap_err();
    assert_eq!((refusal.status(), refusal.headers()["retry-after"].to_str().unwrap()), (429, "2"));
    assert!(refusal.error().unwrap().is_rate_limited());
}

#[test]
fn without_a_token_nothing_is_asked() {
    let script = Script::new();
    let ask = |headers: &HeaderMap| run(script.client().guard(headers, Rule::new("read", "files"))).unwrap_err();
    assert_eq!(ask(&HeaderMap::new()).problem(), Some(Problem::MissingToken));
    assert_eq!(ask(&headers("Basic YTpi")).problem(), Some(Problem::MissingToken));
    let malformed = ask(&headers("Bearer a, Bearer b"));
    assert_eq!(malformed.headers()["www-authenticate"], "Bearer realm=\"KavachOS\", error=\"invalid_token\"");
    let large = Rule::new("read", "files").arguments([("text", "x".repeat(100))]);
    let refusal = run(script.client().guard(&headers("Bearer kv_1"), large).arguments_limit(64)).unwrap_err();
    assert_eq!((refusal.status(), body(&refusal)["code"].as_str()), (413, Some("request_too_large")));
    assert!(script.requests().is_empty());
}

#[test]
fn a_challenge_says_where_to_get_a_token() {
    let metadata = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
    let guard = Script::new().client().guard(&HeaderMap::new(), Rule::token_only());
    let refusal = run(guard.realm("MCP").scope("files:read tools").resource_metadata(metadata)).unwrap_err();
    let expected = format!("Bearer realm=\"MCP\", scope=\"files:read tools\", resource_metadata=\"{metadata}\"");
    assert_eq!(refusal.into_response().headers()["www-authenticate"], expected);
}

#[test]
fn a_valid_token_is_enough_where_no_permission_is_asked_for() {
    let ask = |reason: &str| {
        let script = Script::new();
        let body = serde_json::json!({ "allowed": false, "auditId": "audit-1", "reason": reason });
        script.answer(403, body.to_string());
        run(script.client().guard(&headers("Bearer kv_1"), Rule::token_only()))
    };
    let granted = ask("No permission grants agent \"bot\" access to \"validate\" on \"kavachos:token\"").unwrap();
    assert!(granted.decision.allowed && granted.decision.reason.is_none());
    assert_eq!(ask("Invalid or expired agent token").unwrap_err().status(), 401);
    assert_eq!(ask("Rate limit exceeded").unwrap_err().status(), 429);
}
