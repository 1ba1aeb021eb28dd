//! Tokens: fixed ones, functions, and what a 401 leads to.

use crate::{AGENT, coded, run};
use kavachos_wasm::Client;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{SignInInput, Token, TokenContext, TokenReason};
use std::future::pending;
use std::sync::{Arc, Mutex};

/// A client whose token function returns these tokens in turn, and the contexts that it is called with.
fn client(script: &Script, tokens: &[Option<&str>]) -> (Client, Arc<Mutex<Vec<TokenContext>>>) {
    let contexts = Arc::new(Mutex::new(Vec::new()));
    let (seen, tokens) = (contexts.clone(), tokens.iter().map(|token| token.map(str::to_owned)).collect::<Vec<_>>());
    let token = Token::provider(move |context| {
        let mut seen = seen.lock().unwrap();
        let token = tokens.get(seen.len()).cloned().flatten();
        seen.push(context);
        async move { Ok::<_, String>(token) }
    });
    let built = Client::builder("https://app.example").token(token).transport(script.clone()).build();
    (built.unwrap(), contexts)
}

fn sent(script: &Script) -> Vec<Option<String>> {
    let header = |request: &kavachos_wasm::rust_client::TransportRequest| {
        request.headers.get("authorization").map(|value| value.to_str().unwrap().to_owned())
    };
    script.requests().iter().map(header).collect()
}

fn bearers(tokens: &[&str]) -> Vec<Option<String>> {
    tokens.iter().map(|token| Some(format!("Bearer {token}"))).collect()
}

#[test]
fn a_401_asks_for_another_token_once() {
    let script = Script::new();
    script.answer(401, "").answer(200, "[]");
    let (client, contexts) = client(&script, &[Some("kv_old"), Some("kv_new")]);
    run(client.agents().list()).unwrap();
    assert_eq!(sent(&script), bearers(&["kv_old", "kv_new"]));
    let contexts = contexts.lock().unwrap();
    assert_eq!((contexts[0].reason, contexts[0].operation), (TokenReason::Initial, "agents.list"));
    assert_eq!(contexts[1].reason, TokenReason::Unauthorized);
    assert_eq!(contexts[1].previous_token.as_deref(), Some("kv_old"));
    assert!(!format!("{contexts:?}").contains("kv_"));
}

#[test]
fn a_401_stands_when_there_is_no_other_token() {
    for tokens in [[Some("kv_1"), Some("kv_1"), None], [Some("kv_1"), None, None], [None, None, None]] {
        let script = Script::new();
        script.answer(401, "");
        assert_eq!(coded(run(client(&script, &tokens).0.agents().list()), &script), ("API_ERROR".to_owned(), 1));
    }
    let script = Script::new();
    script.answer(401, "").answer(401, "");
    let (client, _) = client(&script, &[Some("kv_1"), Some("kv_2"), Some("kv_3")]);
    assert!(run(client.agents().list()).unwrap_err().is_unauthorized());
    assert_eq!(script.requests().len(), 2, "once");
}

#[test]
fn a_401_about_a_password_or_a_fixed_token_stands() {
    let script = Script::new();
    script.answer(401, "");
    let (client, _) = client(&script, &[Some("kv_1"), Some("kv_2")]);
    assert!(run(client.auth().sign_in(SignInInput::new("a@example.com", "secret-pw"))).unwrap_err().is_unauthorized());
    let script = Script::new();
    script.answer(401, "");
    assert!(run(script.client().agents().list().token("kv_1")).unwrap_err().is_unauthorized());
    assert_eq!(sent(&script), bearers(&["kv_1"]));
}

#[test]
fn every_attempt_asks_for_a_token() {
    let script = Script::new();
    script.answer(503, "").answer(200, "[]");
    let (client, contexts) = client(&script, &[Some("kv_1"), Some("kv_2")]);
    run(client.agents().list()).unwrap();
    assert_eq!(sent(&script), bearers(&["kv_1", "kv_2"]));
    assert!(contexts.lock().unwrap().iter().all(|context| context.reason == TokenReason::Initial));
}

#[test]
fn a_token_function_that_fails_fails_the_call() {
    let with = |token: Token, script: &Script| run(script.client().agents().list().token(token));
    let script = Script::new();
    let failed = with(Token::provider(|_| async { Err::<Option<String>, _>("no session") }), &script).unwrap_err();
    assert_eq!(
        (failed.code(), failed.to_string()),
        ("TOKEN_UNAVAILABLE", "the token function failed: no session".into())
    );
    let silent = Token::provider(|_| pending::<Result<Option<String>, String>>());
    let late = with(silent.clone(), &script).unwrap_err();
    assert!(late.is_timeout() && late.code() == "TOKEN_UNAVAILABLE");
    let deadline = std::time::Duration::from_secs(1);
    let late = run(script.client().agents().list().token(silent).deadline(deadline)).unwrap_err();
    assert_eq!(late.code(), "DEADLINE_EXCEEDED");
    let wrong = Token::provider(|_| async { Ok::<_, String>(Some("two words".to_owned())) });
    let wrong = with(wrong, &script).unwrap_err();
    assert!(wrong.is_invalid_argument() && !wrong.to_string().contains("two words"));
    assert!(script.requests().is_empty());
}

#[test]
fn a_token_of_the_call_goes_before_that_of_the_client_and_a_header() {
    let script = Script::new();
    script.answer(200, AGENT).answer(200, AGENT);
    let client = Client::builder("https://app.example").token("kv_client").transport(script.clone()).build().unwrap();
    run(client.agents().get("a").header("authorization", "Basic x")).unwrap();
    run(client.agents().get("a").token("kv_call")).unwrap();
    assert_eq!(sent(&script), bearers(&["kv_client", "kv_call"]));
}
