//! What the decision cache keeps, for whom, and for how long.

use crate::run;
use kavachos_wasm::Client;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{
    AuthorizeRequest, DecisionCache, DecisionSource, Permission, Rule, Subject, Token, TokenReason, Transport,
};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const UNGRANTED: &str = r#"{"allowed": false, "auditId": "a", "reason": "No permission grants it"}"#;
const UNKNOWN: &str = r#"{"allowed": false, "auditId": "a", "reason": "Invalid or expired agent token"}"#;
const CONSTRAINED: &str = r#"{"allowed": false, "auditId": "a", "reason": "Rate limit exceeded: 5/5"}"#;
const ALLOWED: &str = r#"{"allowed": true, "auditId": "a"}"#;

/// A client of a separate server: the counts of changes are shared by base URL.
fn client(script: &Script, name: &str) -> Client {
    Client::builder(format!("https://{name}.example")).transport(script.clone()).max_retries(0).build().unwrap()
}

fn request() -> AuthorizeRequest {
    AuthorizeRequest::new("read", "files:1")
}

fn ask(cache: &DecisionCache, token: &str) -> DecisionSource {
    run(cache.authorize_by_token(token, request())).unwrap().source
}

fn pass(script: &Script, time: Duration) {
    pollster::block_on(script.sleep(time));
}

use DecisionSource::{Cache, Server};

#[test]
fn denials_that_no_constraint_affects_are_kept_for_a_second() {
    for answer in [UNGRANTED, UNKNOWN] {
        let script = Script::new();
        script.answer(403, answer).answer(403, answer);
        let cache = client(&script, "denials").decision_cache();
        assert_eq!([ask(&cache, "kv_1"), ask(&cache, "kv_1")], [Server, Cache]);
        pass(&script, Duration::from_millis(999));
        assert_eq!(ask(&cache, "kv_1"), Cache);
        pass(&script, Duration::from_millis(1));
        assert_eq!((ask(&cache, "kv_1"), script.requests().len()), (Server, 2));
    }
    for answer in [CONSTRAINED, ALLOWED] {
        let script = Script::new();
        script.answer(200, answer).answer(200, answer);
        let cache = client(&script, "others").decision_cache();
        assert_eq!([ask(&cache, "kv_1"), ask(&cache, "kv_1")], [Server, Server]);
        assert!(cache.is_empty());
    }
}

#[test]
fn what_is_allowed_is_kept_where_permissions_are_known_without_constraints() {
    let with = |permissions: Option<Vec<Permission>>| {
        let script = Script::new();
        script.answer(200, ALLOWED).answer(200, ALLOWED);
        let cache = DecisionCache::builder(&client(&script, "allowed")).permissions(move |_| permissions.clone());
        let cache = cache.build().unwrap();
        ask(&cache, "kv_1");
        ask(&cache, "kv_1")
    };
    assert_eq!(with(Some(vec![Permission::read("files:*")])), Cache);
    let unknown = [
        None,
        Some(vec![]),
        Some(vec![Permission::read("")]),
        Some(vec![Permission::read("files:*").rate_limited(5)]),
        Some(vec![Permission::read("files:*"), Permission::read("x").with_approval()]),
    ];
    for permissions in unknown {
        assert_eq!(with(permissions.clone()), Server, "{permissions:?}");
    }
}

#[test]
fn nobody_sees_the_decision_of_another() {
    let script = Script::new();
    for _ in 0..9 {
        script.answer(403, UNGRANTED);
    }
    let client = client(&script, "callers");
    let cache = client.decision_cache();
    assert_eq!([ask(&cache, "kv_1"), ask(&cache, "kv_2")], [Server, Server]);
    // The holder of a token is not the agent of that id.
    assert_eq!(run(cache.authorize("kv_1", request())).unwrap().source, Server);
    let other = AuthorizeRequest::new("read", "files:1").arguments([("a", "1"), ("b", "2")]);
    let same = AuthorizeRequest::new("read", "files:1").arguments([("b", "2"), ("a", "1")]);
    assert_eq!(run(cache.authorize_by_token("kv_1", other)).unwrap().source, Server);
    assert_eq!(run(cache.authorize_by_token("kv_1", same)).unwrap().source, Cache);
    // Calls with options that may change the answer are neither looked up nor kept.
    let many = |header: bool| {
        let many = cache.authorize_many(Subject::token("kv_1"), [request()]);
        let many = if header { many.header("x-tenant", "b") } else { many };
        run(many).remove(0).unwrap().source
    };
    assert_eq!([many(true), many(false)], [Server, Cache]);
    assert!(!format!("{cache:?}").contains("kv_"));
}

#[test]
fn the_clients_own_token_is_part_of_the_question() {
    let script = Script::new();
    for _ in 0..3 {
        script.answer(403, UNGRANTED);
    }
    let user = Arc::new(Mutex::new("kv_ada"));
    let current = user.clone();
    let token = Token::provider(move |_| {
        let token = (*current.lock().unwrap()).to_owned();
        async move { Ok::<_, String>(Some(token)) }
    });
    let builder = Client::builder("https://own-token.example").token(token).transport(script.clone());
    let cache = builder.build().unwrap().decision_cache();
    let ask = || run(cache.authorize("agent-1", request())).unwrap().source;
    assert_eq!([ask(), ask()], [Server, Cache]);
    *user.lock().unwrap() = "kv_bob";
    assert_eq!([ask(), ask()], [Server, Cache]);
    *user.lock().unwrap() = "kv_ada";
    assert_eq!(ask(), Cache);
    assert_eq!(script.requests()[1].headers["authorization"], "Bearer kv_bob");
}

#[test]
fn a_decision_with_a_refreshed_token_is_not_kept() {
    let script = Script::new();
    script.answer(401, "").answer(403, UNGRANTED).answer(401, "").answer(403, UNGRANTED);
    let token = Token::provider(|context: kavachos_wasm::rust_client::TokenContext| async move {
        let again = context.reason == TokenReason::Unauthorized;
        Ok::<_, String>(Some(if again { "kv_new" } else { "kv_old" }.to_owned()))
    });
    let builder = Client::builder("https://refreshed.example").token(token).transport(script.clone());
    let cache = builder.build().unwrap().decision_cache();
    assert_eq!(run(cache.authorize("agent-1", request())).unwrap().source, Server);
    assert_eq!(run(cache.authorize("agent-1", request())).unwrap().source, Server);
    assert_eq!(script.requests()[3].headers["authorization"], "Bearer kv_new");
}

#[test]
fn changes_empty_the_cache_before_and_after() {
    let script = Script::new();
    script.answer(403, UNGRANTED).answer(204, "").answer(403, UNGRANTED).answer(500, "").answer(403, UNGRANTED);
    let one = client(&script, "changes");
    let cache = one.decision_cache();
    assert_eq!([ask(&cache, "kv_1"), ask(&cache, "kv_1")], [Server, Cache]);
    // By another client of the same server, and whether or not it succeeds.
    let other = client(&script, "changes");
    run(other.agents().revoke("agent-1")).unwrap();
    assert_eq!([ask(&cache, "kv_1"), ask(&cache, "kv_1")], [Server, Cache]);
    assert!(run(other.agents().rotate("agent-1")).is_err());
    assert_eq!((cache.len(), ask(&cache, "kv_1")), (0, Server));
    let before = one.mutations();
    let elsewhere = client(&script, "elsewhere");
    let _ = run(elsewhere.agents().revoke("agent-1"));
    assert_eq!((one.mutations(), elsewhere.mutations()), (before, 2));
}

#[test]
fn failures_are_not_kept_and_the_oldest_goes_first() {
    let script = Script::new();
    script.answer(500, "").answer(403, UNGRANTED);
    let cache = client(&script, "failures").decision_cache();
    assert!(run(cache.authorize_by_token("kv_1", request())).is_err());
    assert_eq!(ask(&cache, "kv_1"), Server);
    cache.clear();
    assert!(cache.is_empty());

    let script = Script::new();
    for _ in 0..5 {
        script.answer(403, UNGRANTED);
    }
    let cache = DecisionCache::builder(&client(&script, "oldest")).max(2).build().unwrap();
    assert_eq!(["kv_1", "kv_2", "kv_1", "kv_3"].map(|token| ask(&cache, token)), [Server, Server, Cache, Server]);
    assert_eq!((ask(&cache, "kv_1"), cache.len()), (Cache, 2));
    assert_eq!(ask(&cache, "kv_2"), Server, "the least recently used one went");
    // Large questions are asked every time.
    let script = Script::new();
    script.answer(403, UNGRANTED).answer(403, UNGRANTED);
    let cache = client(&script, "large").decision_cache();
    for _ in 0..2 {
        let large = request().arguments([("text", "x".repeat(5000))]);
        assert_eq!(run(cache.authorize_by_token("kv_1", large)).unwrap().source, Server);
    }
}

#[test]
fn a_guard_that_asks_a_cache_fails_closed_all_the_same() {
    let script = Script::new();
    script.answer(403, UNGRANTED);
    let cache = client(&script, "guarded").decision_cache();
    let mut headers = http::HeaderMap::new();
    headers.insert("authorization", "Bearer kv_1".parse().unwrap());
    for source in [Server, Cache] {
        let refusal = run(cache.guard(&headers, Rule::new("read", "files:1"))).unwrap_err();
        assert_eq!((refusal.status(), refusal.decision().unwrap().source), (403, source));
    }
    // The denial that shows that a token is valid lets through, from the cache as well.
    script.answer(403, UNGRANTED);
    for source in [Server, Cache] {
        let granted = run(cache.guard(&headers, Rule::token_only())).unwrap();
        assert_eq!((granted.decision.source, granted.decision.is_token_only), (source, true));
    }
    assert_eq!(run(cache.guard(&headers, Rule::new("read", "files:2"))).unwrap_err().status(), 503);
}
