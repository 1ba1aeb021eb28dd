//! No secret of a call is in what is shown of its error, wherever a server or a platform repeats it.

use crate::run;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{AuthorizeRequest, SignInInput, Token, TokenReason, TransportError};
use kavachos_wasm::{Client, Error};
use std::error::Error as StdError;
use std::fmt;

const TOKEN: &str = "kv_token";
const PASSWORD: &str = "pass \"word\"";
const API_KEY: &str = "key-in-a-header";

/// Everything that a program can print of an error.
pub fn everything_about(error: &Error) -> String {
    let mut all =
        format!("{error} {error:?} {error:#?} {:?} {:?} {}", error.details(), error.request_id(), error.code());
    let mut source = error.source();
    while let Some(cause) = source {
        all += &format!(" {cause} {cause:?}");
        source = cause.source();
    }
    all
}

fn assert_redacted(error: &Error) {
    let shown = everything_about(error);
    for secret in [TOKEN, PASSWORD, "pass \\\"word\\\"", "pass%20%22word%22", API_KEY, "kv_old"] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
    assert!(shown.contains("[redacted]"), "{shown}");
}

fn client(script: &Script) -> Client {
    let builder = Client::builder("https://app.example").token(TOKEN).header("x-api-key", API_KEY);
    builder.transport(script.clone()).max_retries(0).build().unwrap()
}

/// An error of a platform that shows all that was sent, in itself and its cause.
#[derive(Debug)]
struct Talkative(Option<Box<Talkative>>);

impl fmt::Display for Talkative {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "failed with Bearer {TOKEN}, {API_KEY} and {PASSWORD}")
    }
}

impl StdError for Talkative {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.as_ref().map(|source| &**source as _)
    }
}

#[test]
fn servers_may_repeat_secrets() {
    let echo = serde_json::json!({
        "code": TOKEN, "message": format!("{TOKEN} {API_KEY} {PASSWORD} pass%20%22word%22"),
        "details": { TOKEN: [API_KEY, { "password": PASSWORD }] },
    });
    for status in [400, 401, 403, 429, 500] {
        let script = Script::new();
        script.respond(status, &[("x-request-id", TOKEN), ("content-type", "application/json")], echo.to_string());
        let error = run(client(&script).auth().sign_in(SignInInput::new("a@example.com", PASSWORD))).unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert_redacted(&error);
    }
    let script = Script::new();
    script.respond(400, &[("content-type", "text/plain")], format!("no {TOKEN}"));
    assert_redacted(&run(client(&script).agents().list()).unwrap_err());
}

#[test]
fn platforms_and_token_functions_may_repeat_secrets() {
    let script = Script::new();
    script.fail(TransportError::failed(Talkative(Some(Box::new(Talkative(None))))));
    let error = run(client(&script).auth().sign_in(SignInInput::new("a@example.com", PASSWORD))).unwrap_err();
    assert!(error.source().unwrap().source().is_some());
    assert_redacted(&error);

    let script = Script::new();
    script.answer(401, "");
    let token = Token::provider(|context| async move {
        match context.reason {
            TokenReason::Initial => Ok(Some("kv_old".to_owned())),
            _ => Err(format!("cannot renew {:?}", &*context.previous_token.unwrap())),
        }
    });
    assert_redacted(&run(client(&script).agents().list().token(token)).unwrap_err());
}

#[test]
fn a_token_of_the_call_is_a_secret_too() {
    let script = Script::new();
    script.answer(500, format!(r#"{{"message": "unexpected {TOKEN}"}}"#));
    let request = AuthorizeRequest::new("read", "files");
    assert_redacted(&run(script.client().auth().authorize_by_token(TOKEN, request)).unwrap_err());
}

#[test]
fn what_holds_a_secret_does_not_print_it() {
    let script = Script::new();
    script.answer(200, "[]");
    let client = client(&script);
    run(client.agents().list()).unwrap();
    let call = client.auth().sign_in(SignInInput::new("a@example.com", PASSWORD));
    let input = SignInInput::new("a@example.com", PASSWORD);
    let printed = format!("{client:?} {call:?} {input:?} {:?}", script.requests());
    for secret in [TOKEN, PASSWORD, API_KEY, "word"] {
        assert!(!printed.contains(secret) || secret == "word" && !printed.contains("pass \\\"word"), "{printed}");
    }
}
