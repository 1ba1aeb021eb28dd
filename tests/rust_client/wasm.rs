//! The Rust client in WebAssembly: on the host's own `fetch`, against hostile ones, and out of JavaScript's options.
//!
//! `node tools/rust-client.mjs` runs it with the local server.
#![cfg(target_arch = "wasm32")]

use js_sys::{Function, Object, Promise, Reflect};
use kavachos_wasm::rust_client::{
    AuditFilters, AuthorizeRequest, CreateAgentInput, FetchTransport, KnownAgentType, Method, Permission, Rule,
    SignUpInput, Token,
};
use kavachos_wasm::{Client, Error};
use std::future::{Future, IntoFuture};
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// The local server, in both dialects.
const SERVERS: [Option<&str>; 2] = [option_env!("KAVACHOS_SDK_URL"), option_env!("KAVACHOS_ADAPTER_URL")];

/// A client whose `fetch(url, init)` has this body.
fn client(fetch: &str) -> Client {
    let fetch = Function::new_with_args("url, init", fetch);
    let builder = Client::builder("https://app.example/api").transport(FetchTransport::with_fetch(fetch));
    builder.token("kv_secret").max_retries(0).build().unwrap()
}

async fn failure(fetch: &str) -> Error {
    let error = client(fetch).agents().list().timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(!format!("{error:?}").contains("kv_secret"), "{error:?}");
    error
}

fn object(source: &str) -> JsValue {
    Function::new_no_args(&["return ", source].concat()).call0(&JsValue::UNDEFINED).unwrap()
}

#[wasm_bindgen_test]
async fn hostile_fetches_settle_as_errors() {
    for (fetch, code) in [
        ("throw new TypeError('refused ' + init.headers.get('authorization'))", "NETWORK_ERROR"),
        ("throw 'text'", "NETWORK_ERROR"),
        ("return Promise.reject('text')", "NETWORK_ERROR"),
        ("return Promise.reject()", "NETWORK_ERROR"),
        ("return Promise.reject({ get message() { throw 1 } })", "NETWORK_ERROR"),
        ("return null", "INVALID_RESPONSE"),
        ("return undefined", "INVALID_RESPONSE"),
        ("return { status: 200, json: async () => [], text: async () => '[]' }", "INVALID_RESPONSE"),
        ("return Response.error()", "INVALID_RESPONSE"),
        ("return new Response('{')", "DECODE_ERROR"),
        ("return new Response(new ReadableStream({ start(c) { c.error('cut') } }))", "NETWORK_ERROR"),
        ("return new Response(new ReadableStream({ start(c) { c.enqueue('text') } }))", "INVALID_RESPONSE"),
        ("return new Response(new ReadableStream({}))", "TIMEOUT"),
        ("return new Promise(() => {})", "TIMEOUT"),
    ] {
        assert_eq!(failure(fetch).await.code(), code, "{fetch}");
    }
}

#[wasm_bindgen_test]
async fn requests_are_what_fetch_expects() {
    let echo = "return new Response(JSON.stringify({
        url, method: init.method, body: init.body ?? null, redirect: init.redirect, headers: [...init.headers],
    }))";
    let request = client(echo).request(Method::Post, "/a/:b").param("b", "ü").body(&[1]);
    let sent: serde_json::Value = request.json().await.unwrap();
    assert_eq!(sent["url"], "https://app.example/api/a/%C3%BC");
    assert_eq!((&sent["method"], &sent["body"], &sent["redirect"]), (&"POST".into(), &"[1]".into(), &"manual".into()));
    let headers =
        [["accept", "application/json"], ["authorization", "Bearer kv_secret"], ["content-type", "application/json"]];
    assert_eq!(sent["headers"], serde_json::json!(headers));
}

#[wasm_bindgen_test]
async fn large_bodies_end_where_they_are_too_large() {
    let endless = "return new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(1000)) }, cancel() { globalThis.cancelled = true } }))";
    let error = client(endless).agents().list().max_response_bytes(10_000).await.unwrap_err();
    assert_eq!(error.code(), "RESPONSE_TOO_LARGE");
    assert_eq!(Reflect::get(&js_sys::global(), &"cancelled".into()).unwrap(), JsValue::TRUE);
}

#[wasm_bindgen_test]
async fn streams_come_in_chunks_and_end_when_they_are_dropped() {
    let counted = "globalThis.streamed = init.signal; let left = 3;
        return new Response(new ReadableStream({ pull(c) { left-- ? c.enqueue(new Uint8Array([left])) : c.close() } }))";
    let mut stream = client(counted).audit().export_stream(Default::default()).await.unwrap();
    for expected in [2, 1, 0] {
        assert_eq!(stream.next().await.unwrap().unwrap(), [expected]);
    }
    assert!(stream.next().await.is_none());
    let is_aborted = || object("globalThis.streamed.aborted") == JsValue::TRUE;
    assert!(!is_aborted(), "a complete transfer is not aborted");

    let mut stream = client(counted).audit().export_stream(Default::default()).await.unwrap();
    stream.next().await.unwrap().unwrap();
    drop(stream);
    assert!(is_aborted());

    let broken = "return new Response(new ReadableStream({ pull(c) { c.error('cut by ' + init.headers.get('authorization')) } }))";
    let error =
        client(broken).audit().export_stream(Default::default()).await.unwrap().next().await.unwrap().unwrap_err();
    assert_eq!(error.code(), "NETWORK_ERROR");
    assert!(!format!("{error:?}").contains("kv_secret"));
    let late = "return new Response(new ReadableStream({}))";
    let call = client(late).audit().export_stream(Default::default()).timeout(Duration::from_millis(50));
    assert!(call.await.unwrap().next().await.unwrap().unwrap_err().is_timeout());
}

#[wasm_bindgen_test]
async fn a_timeout_and_a_dropped_future_abort_the_request() {
    let hang = "globalThis.signal = init.signal; return new Promise(() => {})";
    let is_aborted = || object("globalThis.signal.aborted") == JsValue::TRUE;
    assert!(failure(hang).await.is_timeout() && is_aborted());
    {
        let client = client(hang);
        let call = pin!(client.agents().list().into_future());
        assert!(call.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert!(!is_aborted());
    }
    assert!(is_aborted());
    // What has been answered is not aborted.
    client("globalThis.signal = init.signal; return new Response('[]')").agents().list().await.unwrap();
    assert!(!is_aborted());
}

#[wasm_bindgen_test]
async fn transient_failures_are_retried() {
    let fetch = "globalThis.count = (globalThis.count ?? 0) + 1;
        return new Response('[]', count > 1 ? {} : { status: 503, headers: { 'retry-after-ms': '20' } })";
    assert!(client(fetch).agents().list().max_retries(1).await.unwrap().is_empty());
    assert_eq!(object("globalThis.count"), 2);
}

#[wasm_bindgen_test]
async fn a_client_is_made_of_javascript_options() {
    let options = object(
        "{
            baseUrl: 'https://app.example/api/',
            token: async ({ reason, operation, previousToken }) => reason === 'initial' ? 'kv_1' : `${previousToken}-${operation}`,
            headers: { 'X-Tenant': 'acme', 'X-None': null },
            timeout: 1000, deadline: Infinity, maxRetries: 0, dialect: 'adapter',
            fetch: async (url, init) => {
                globalThis.sent = [url, ...init.headers].join();
                return new Response('[]', { status: init.headers.get('authorization') === 'Bearer kv_1' ? 401 : 200 });
            },
        }",
    );
    let client = Client::from_js(&options).unwrap();
    client.agents().list().await.unwrap();
    let sent = object("globalThis.sent").as_string().unwrap();
    assert_eq!(
        sent,
        "https://app.example/api/agents,accept,application/json,authorization,Bearer kv_1-agents.list,x-tenant,acme"
    );

    for (source, said) in [
        ("null", "options must be an object"),
        ("{}", "options.baseUrl"),
        ("{ baseUrl: 5 }", "options.baseUrl"),
        ("{ baseUrl: 'https://a.example', token: 5 }", "options.token"),
        ("{ baseUrl: 'https://a.example', token: 'kv secret' }", "options.token"),
        ("{ baseUrl: 'https://a.example', timeout: 'kv secret' }", "options.timeout"),
        ("{ baseUrl: 'https://a.example', timeout: -1 }", "options.timeout"),
        ("{ baseUrl: 'https://a.example', maxRetries: 1.5 }", "options.maxRetries"),
        ("{ baseUrl: 'https://a.example', dialect: 'x' }", "options.dialect"),
        ("{ baseUrl: 'https://a.example', fetch: 5 }", "options.fetch"),
        ("{ baseUrl: 'https://a.example', headers: { 'a b': 'c' } }", "options.headers"),
        ("{ baseUrl: 'https://a.example', cache: 'never' }", "options.cache"),
        ("{ baseUrl: 'https://a.example', init: 5 }", "options.init"),
        ("{ baseUrl: 'https://a.example', allowUnknown: 5 }", "options.allowUnknown"),
        ("{ baseUrl: 'https://a.example', shareToken: 5 }", "options.shareToken"),
        ("{ baseUrl: 'https://a.example', onRetry: 5 }", "options.onRetry"),
    ] {
        let error = Client::from_js(&object(source)).unwrap_err();
        assert!(error.is_invalid_argument() && error.to_string().contains(said), "{source}: {error}");
        assert!(!error.to_string().contains("kv secret"));
    }
    let thrower = object("{ baseUrl: 'https://a.example', token: () => { throw new Error('signed out') } }");
    let error = Client::from_js(&thrower).unwrap().agents().list().await.unwrap_err();
    assert_eq!(error.to_string(), "the token function failed: signed out");
}

#[wasm_bindgen_test]
async fn token_functions_may_hold_values_of_javascript() {
    let token = Object::new();
    let provider = Token::provider(move |_| {
        let token = token.clone();
        async move {
            wasm_bindgen_futures::JsFuture::from(Promise::resolve(&token)).await.map_err(|_| "never")?;
            Ok::<_, &str>(token.is_object().then(|| "kv_js".to_owned()))
        }
    });
    let echo = client("return new Response(JSON.stringify(init.headers.get('authorization')))");
    let sent: String = echo.request(Method::Get, "/").json().token(provider).await.unwrap();
    assert_eq!(sent, "Bearer kv_js");
}

#[wasm_bindgen_test]
fn futures_are_send_for_axum_on_workers() {
    fn is_send<T: Send>(_: T) {}
    let client = client("return null");
    is_send(client.agents().list().into_future());
    is_send(client.guard(&http::HeaderMap::new(), Rule::token_only()).into_future());
    is_send(client);
}

#[wasm_bindgen_test]
async fn the_local_server_in_both_dialects() {
    for base_url in SERVERS.into_iter().flatten() {
        let stranger = Client::builder(base_url).build().unwrap();
        let email = ["ada-", &js_sys::Math::random().to_string(), "@example.com"].concat();
        let account = stranger.auth().sign_up(SignUpInput::new(email, "correct horse battery")).await.unwrap();
        let kavach = Client::builder(base_url).token(account.session.token.unwrap()).build().unwrap();
        let permissions = [Permission::read("mcp:github:*")];
        let input = CreateAgentInput::new(&*account.user.id, "reader", KnownAgentType::Service, permissions);
        let agent = kavach.agents().create(input).await.unwrap();
        for (action, allowed) in [("read", true), ("write", false)] {
            let request = AuthorizeRequest::new(action, "mcp:github:repos");
            assert_eq!(kavach.authorize(&agent.id, request).await.unwrap().allowed, allowed);
        }
        let mut headers = http::HeaderMap::new();
        headers.insert("authorization", ["Bearer ", &*agent.token].concat().parse().unwrap());
        assert!(kavach.guard(&headers, Rule::new("read", "mcp:github:repos")).await.is_ok());
        assert_eq!(kavach.guard(&headers, Rule::new("write", "x")).await.unwrap_err().status(), 403);
        let mut entries = kavach.audit().iterate(AuditFilters::default().agent_id(&*agent.id)).page_size(2);
        let mut count = 0;
        while let Some(entry) = entries.next().await {
            assert_eq!(entry.unwrap().agent_id, agent.id);
            count += 1;
        }
        assert_eq!(count, 4);
        assert!(kavach.agents().rotate("no-such-agent").await.unwrap_err().is_not_found());
    }
    let away = Client::builder("http://127.0.0.1:9").max_retries(0).build().unwrap();
    assert!(away.agents().list().await.unwrap_err().is_network());
}
