//! The client in a real host: Node and headless Chromium, through `wasm-pack test`.
//!
//! Its JavaScript is bundled by `tools/bundle-host.mjs`, and takes its decisions from the module under test. The requests end in a
//! `fetch` that each test writes down in JavaScript.
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Error, Function, JSON, Object, Promise, Reflect};
use kavachos_wasm::bindings::client as core;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/.build/host/client.js")]
extern "C" {
    fn attach(core: &JsValue);
    #[wasm_bindgen(catch)]
    fn read(resource: &JsValue, constraints: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = withApproval, catch)]
    fn with_approval(permission: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = rateLimited, catch)]
    fn rate_limited(permission: &JsValue, max_calls_per_hour: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = parsePermissions, catch)]
    fn parse_permissions(raw: &JsValue, options: &JsValue) -> Result<JsValue, JsValue>;

    type KavachClient;
    #[wasm_bindgen(constructor, catch)]
    fn new(options: &JsValue) -> Result<KavachClient, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn agents(this: &KavachClient) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn auth(this: &KavachClient) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn audit(this: &KavachClient) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn delegation(this: &KavachClient) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn mcp(this: &KavachClient) -> JsValue;
    #[wasm_bindgen(method)]
    fn authorize(this: &KavachClient, agent_id: JsValue, request: JsValue, options: JsValue) -> Promise;
}

const AGENT: &str = r#"{"id":"a1","ownerId":"u1","name":"n","type":"robot","token":"","permissions":[],
    "status":"active","expiresAt":null,"createdAt":"c","updatedAt":"u","future":{"x":1}}"#;

/// The decisions, as JavaScript calls them.
fn decisions() -> JsValue {
    let object = Object::new();
    let set = |name: &str, function: JsValue| {
        let _ = Reflect::set(&object, &name.into(), &function);
    };
    macro_rules! export {
        ($name:literal, $($parameter:ident: $type:ty),+ => $result:ty, $call:expr) => {
            let function: Closure<dyn Fn($($type),+) -> $result> = Closure::new(|$($parameter: $type),+| $call);
            set($name, function.into_js_value());
        };
    }
    export!("begin", traits: u32, memory: u32 => u32, core::begin(traits, memory));
    export!("receive", step: u32, traits: u32, memory: u32, status: u16, facts: u32 => u32,
        core::receive(step, traits, memory, status, facts));
    export!("delay", traits: u32, status: u16, after: f64, retries: u32, most: f64, left: f64, random: f64 => f64,
        core::delay(traits, status, after, retries, most, left, random));
    export!("messageFacts", message: String => u32, core::message_facts(&message));
    export!("isCode", code: String => bool, core::is_error_code(&code));
    export!("isMessage", text: String => bool, core::is_error_message(&text));
    export!("retryAfter", milliseconds: String, seconds: String, until: f64 => f64,
        core::retry_after(&milliseconds, &seconds, until));
    export!("redirect", status: u16, facts: u32, has_location: bool => i32, core::redirect(status, facts, has_location));
    export!("dialect", memory: u32 => u32, core::dialect(memory));
    object.into()
}

/// A JavaScript value, written as JSON.
fn value(json: &str) -> JsValue {
    JSON::parse(json).expect("the test's JSON is right")
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).expect("reading a member works")
}

fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// A client whose `fetch(url, init)` has this body, and which keeps its calls in the array it gets as `calls`.
fn client(fetch: &str, options: &str) -> (KavachClient, Array) {
    attach(&decisions());
    let calls = Array::new();
    let make = Function::new_with_args(
        "calls",
        &["return async (url, init) => { calls.push({ url, ...init }); ", fetch, " }"].concat(),
    );
    let fetch = make.call1(&JsValue::NULL, &calls).expect("the test's fetch is right");
    let all = value(options);
    let _ = Reflect::set(&all, &"fetch".into(), &fetch);
    let _ = Reflect::set(&all, &"baseUrl".into(), &"https://app.example/api/kavach/".into());
    (KavachClient::new(&all).unwrap_or_else(|_| panic!("the test's options are right")), calls)
}

/// Calls a method as JavaScript does.
fn call(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Promise {
    let method: Function = get(object, method).unchecked_into();
    let arguments: Array = arguments.iter().copied().collect();
    method.apply(object, &arguments).expect("a method returns a promise, whatever its arguments").unchecked_into()
}

async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

async fn rejected(promise: Promise) -> JsValue {
    settled(promise).await.expect_err("the call fails")
}

#[wasm_bindgen_test]
async fn the_decoded_object_itself_is_handed_out() {
    let (client, calls) = client(
        "globalThis.body = JSON.parse(globalThis.agent);
         return { status: 200, json: async () => globalThis.body, text: async () => globalThis.agent }",
        r#"{"token":"kv_1"}"#,
    );
    let _ = Reflect::set(&js_sys::global(), &"agent".into(), &AGENT.into());
    let agent =
        settled(call(&client.agents(), "get", &[&"a/b".into(), &JsValue::UNDEFINED])).await.expect("there is an agent");
    assert!(Object::is(&agent, &get(&js_sys::global(), "body")), "the same object, unknown fields and nulls included");
    let call = calls.get(0);
    assert_eq!(text(&call, "url"), "https://app.example/api/kavach/agents/a%2Fb");
    assert_eq!(text(&get(&call, "headers"), "Authorization"), "Bearer kv_1");
    assert!(get(&get(&call, "headers"), "Content-Type").is_undefined());
    assert!(get(&call, "body").is_undefined());
}

#[wasm_bindgen_test]
async fn bodies_are_read_when_the_method_is_called() {
    let (client, calls) =
        client(r#"return Response.json({ data: { allowed: true, auditId: "" } })"#, r#"{"dialect":"sdk"}"#);
    let request = value(r#"{"action":"read","resource":"r","arguments":{"when":null}}"#);
    let pending = client.authorize("a1".into(), request.clone(), JsValue::NULL);
    let _ = Reflect::set(&request, &"action".into(), &"delete".into());
    settled(pending).await.expect("it is allowed");
    assert_eq!(text(&calls.get(0), "body"), r#"{"action":"read","resource":"r","arguments":{"when":null}}"#);
    assert_eq!(text(&get(&calls.get(0), "headers"), "Content-Type"), "application/json");
}

#[wasm_bindgen_test]
async fn dates_travel_in_iso_8601() {
    let (client, calls) = client("return Response.json([])", "{}");
    let filters = value(r#"{"limit":5}"#);
    let _ = Reflect::set(&filters, &"since".into(), &js_sys::Date::new(&0.0.into()));
    settled(call(&client.audit(), "query", &[&filters, &JsValue::NULL])).await.expect("there is a log");
    assert_eq!(
        text(&calls.get(0), "url"),
        "https://app.example/api/kavach/audit?since=1970-01-01T00%3A00%3A00.000Z&limit=5"
    );
    let _ = Reflect::set(&filters, &"since".into(), &js_sys::Date::new(&f64::NAN.into()));
    assert_eq!(
        text(&rejected(call(&client.audit(), "query", &[&filters, &JsValue::NULL])).await, "code"),
        "INVALID_ARGUMENT"
    );
}

#[wasm_bindgen_test]
async fn errors_are_errors() {
    let (client, _) =
        client(r#"return Response.json({ code: "C", message: "M", details: { a: 1 } }, { status: 403 })"#, "{}");
    let error = rejected(call(&client.agents(), "revoke", &[&"a1".into(), &JsValue::UNDEFINED])).await;
    assert!(error.is_instance_of::<Error>());
    assert_eq!(
        (text(&error, "name"), text(&error, "code"), text(&error, "message")),
        ("PermissionError".into(), "C".into(), "M".into())
    );
    assert_eq!(get(&error, "statusCode").as_f64(), Some(403.0));
    assert_eq!(get(&get(&error, "details"), "a").as_f64(), Some(1.0));
}

#[wasm_bindgen_test]
async fn every_hostile_fetch_settles_as_a_kavach_error() {
    for (fetch, class) in [
        ("throw new TypeError('no route to host')", "NetworkError"),
        ("throw 'text'", "NetworkError"),
        ("throw null", "NetworkError"),
        ("throw undefined", "NetworkError"),
        ("return null", "NetworkError"),
        ("return 5", "NetworkError"),
        ("return {}", "NetworkError"),
        ("return { status: 200, json: async () => 5, text: async () => '' }", "DecodeError"),
        ("return { status: 200, json: () => { throw new Error('x') }, text: async () => '' }", "NetworkError"),
        ("return { status: 500, json: async () => 5, text: () => { throw new Error('x') } }", "NetworkError"),
        (
            "return { status: 500, headers: { get() { throw 1 } }, json: async () => 5, text: async () => 'x' }",
            "ServerError",
        ),
        ("return { status: 500, text: 5, json: 5 }", "NetworkError"),
        ("return { get status() { throw 1 }, text() {}, json() {} }", "NetworkError"),
        ("const r = Response.json({}); await r.text(); return r", "NetworkError"),
        ("return new Response('<html>', { headers: { 'content-type': 'text/html' } })", "DecodeError"),
        ("return new Response('{\"id\":')", "DecodeError"),
        ("return new Response('')", "DecodeError"),
        ("return Response.error()", "NetworkError"),
        ("return new Promise(() => {})", "TimeoutError"),
        ("return { status: 200, json: () => new Promise(() => {}), text: async () => '' }", "TimeoutError"),
    ] {
        let (client, _) = client(fetch, r#"{"timeout":40,"maxRetries":0}"#);
        let error = rejected(call(&client.agents(), "get", &[&"a1".into(), &JsValue::UNDEFINED])).await;
        assert_eq!(text(&error, "name"), class, "{fetch}: {}", text(&error, "message"));
    }
}

#[wasm_bindgen_test]
async fn an_abort_rejects_with_its_reason_whatever_it_is() {
    let (client, calls) = client("return new Promise(() => {})", "{}");
    let make = Function::new_no_args(
        "return [new Error('stop'), 'text', null, 7, { a: 1 }].map((reason) => {
            const controller = new AbortController();
            setTimeout(() => controller.abort(reason), 5);
            return [reason, { signal: controller.signal }];
        })",
    );
    let aborts: Array = make.call0(&JsValue::NULL).expect("controllers are made").unchecked_into();
    for pair in aborts.iter() {
        let pair: Array = pair.unchecked_into();
        let reason = rejected(call(&client.agents(), "list", &[&JsValue::UNDEFINED, &pair.get(1)])).await;
        assert!(Object::is(&reason, &pair.get(0)));
    }
    assert_eq!(calls.length(), 5);

    let aborted = Function::new_no_args("return { signal: AbortSignal.abort('early') }");
    let options = aborted.call0(&JsValue::NULL).expect("a signal is made");
    assert_eq!(rejected(call(&client.agents(), "list", &[&JsValue::UNDEFINED, &options])).await, "early");
    assert_eq!(calls.length(), 5, "nothing was sent");
}

#[wasm_bindgen_test]
async fn token_functions_are_asked_for_every_call() {
    let (_, calls) = client("return Response.json([])", "{}");
    let make = Function::new_with_args(
        "calls",
        "let n = 0; return { baseUrl: 'https://app.example', token: async () => `kv_${++n}`,
            fetch: async (url, init) => { calls.push(init.headers.Authorization); return Response.json([]) } }",
    );
    let client = KavachClient::new(&make.call1(&JsValue::NULL, &calls).expect("options are made"));
    let client = client.unwrap_or_else(|_| panic!("the options are right"));
    settled(call(&client.agents(), "list", &[&JsValue::NULL, &JsValue::NULL])).await.expect("a list");
    settled(call(&client.agents(), "list", &[&JsValue::NULL, &value(r#"{"token":"kv_own"}"#)])).await.expect("a list");
    settled(call(&client.agents(), "list", &[&JsValue::NULL, &JsValue::NULL])).await.expect("a list");
    assert_eq!(calls.join(","), "Bearer kv_1,Bearer kv_own,Bearer kv_2");

    for (token, code) in [
        ("() => 5", "INVALID_ARGUMENT"),
        ("() => 'two words'", "INVALID_ARGUMENT"),
        ("() => { throw new Error('locked') }", "TOKEN_UNAVAILABLE"),
        ("() => new Promise(() => {})", "TOKEN_UNAVAILABLE"),
    ] {
        let make = Function::new_no_args(&["return { timeout: 30, token: ", token, " }"].concat());
        let error =
            rejected(call(&client.agents(), "list", &[&JsValue::NULL, &make.call0(&JsValue::NULL).expect("options")]))
                .await;
        assert_eq!(text(&error, "code"), code, "{token}");
    }
}

#[wasm_bindgen_test]
fn options_are_checked_and_never_shown() {
    for (options, message) in [
        ("undefined", "options must be an object such as { baseUrl, token }"),
        (
            "{}",
            "options.baseUrl must be an http: or https: URL, such as \"https://your-app.com/api/kavach\", not undefined",
        ),
        (
            "{ baseUrl: 'https://[' }",
            "options.baseUrl must be an http: or https: URL, such as \"https://your-app.com/api/kavach\"",
        ),
        (
            "{ baseUrl: 'https://u:s3cret@a.example' }",
            "options.baseUrl must be a URL without a user name or password; pass a token instead",
        ),
        (
            "{ baseUrl: 'https://a.example', authUrl: 5 }",
            "options.authUrl must be an http: or https: URL, such as \"https://your-app.com/api/kavach\", not number",
        ),
        (
            "{ baseUrl: 'https://a.example', dialect: 'rest' }",
            "options.dialect must be \"auto\", \"sdk\" or \"adapter\"",
        ),
        ("{ baseUrl: 'https://a.example', fetch: 5 }", "options.fetch must be a function"),
        (
            "{ baseUrl: 'https://a.example', timeout: 0 }",
            "options.timeout must be a positive number of milliseconds (Infinity for no limit)",
        ),
        ("{ baseUrl: 'https://a.example', maxRetries: 1.5 }", "options.maxRetries must be a whole number of 0 or more"),
        (
            "{ baseUrl: 'https://a.example', headers: { 'X-A': 's3cret\\n' } }",
            "options.headers[\"X-A\"] must be a string without line breaks, NUL or characters beyond Latin-1",
        ),
        (
            "{ baseUrl: 'https://a.example', headers: { 'X-A': 5 } }",
            "options.headers[\"X-A\"] must be a string without line breaks, NUL or characters beyond Latin-1",
        ),
        (
            "{ baseUrl: 'https://a.example', credentials: 'all' }",
            "options.credentials must be \"omit\", \"same-origin\" or \"include\"",
        ),
        (
            "{ baseUrl: 'https://a.example', token: 's3cret\\n' }",
            "options.token must be a bearer token (visible ASCII characters only) or a function that returns one",
        ),
    ] {
        let options = Function::new_no_args(&["return ", options].concat()).call0(&JsValue::NULL).expect("options");
        let error = KavachClient::new(&options).err().expect("the options are wrong");
        assert_eq!(text(&error, "message"), message);
        assert_eq!(text(&error, "code"), "INVALID_ARGUMENT");
    }
}

#[wasm_bindgen_test]
async fn headers_may_be_an_object_or_headers() {
    let (client, calls) = client(
        "return Response.json([])",
        r#"{"token":"kv_1","headers":{"X-Tenant":"acme","authorization":"Basic x"}}"#,
    );
    let make = Function::new_no_args("return { headers: new Headers({ 'X-Tenant': 'other' }) }");
    settled(call(&client.agents(), "list", &[&JsValue::NULL, &make.call0(&JsValue::NULL).expect("options")]))
        .await
        .expect("a list");
    let headers = get(&calls.get(0), "headers");
    let seen = JSON::stringify(&headers).expect("headers are plain").as_string().unwrap_or_default();
    assert_eq!(seen, r#"{"x-tenant":"other","Accept":"application/json","Authorization":"Bearer kv_1"}"#);
}

#[wasm_bindgen_test]
fn permission_functions_are_pure() {
    let shown = |value: &JsValue| JSON::stringify(value).expect("JSON").as_string().unwrap_or_default();
    let made =
        read(&"mcp:github:*".into(), &value(r#"{"ipAllowlist":["10.0.0.0/8"],"maxCallsPerHour":null}"#)).expect("made");
    assert_eq!(
        shown(&made),
        r#"{"resource":"mcp:github:*","actions":["read"],"constraints":{"ipAllowlist":["10.0.0.0/8"]}}"#
    );
    let limited = rate_limited(&with_approval(&made).expect("made"), &5.into()).expect("made");
    assert_eq!(
        shown(&get(&limited, "constraints")),
        r#"{"ipAllowlist":["10.0.0.0/8"],"requireApproval":true,"maxCallsPerHour":5}"#
    );
    Array::from(&get(&limited, "actions")).push(&"x".into());
    let _ = Reflect::set(&get(&get(&limited, "constraints"), "ipAllowlist"), &0.into(), &"0.0.0.0/0".into());
    assert_eq!(
        shown(&made),
        r#"{"resource":"mcp:github:*","actions":["read"],"constraints":{"ipAllowlist":["10.0.0.0/8"]}}"#
    );

    for (wrong, message) in [
        (read(&"".into(), &JsValue::NULL), "resource must be a non-empty string"),
        (read(&"r".into(), &value(r#"{"requireApproval":"yes"}"#)), "constraints.requireApproval must be a boolean"),
        (rate_limited(&made, &0.into()), "maxCallsPerHour must be a whole number of 1 or more"),
        (with_approval(&JsValue::NULL), "permission must be an object"),
        (parse_permissions(&"{".into(), &JsValue::NULL), "raw must be an array or JSON text"),
        (
            parse_permissions(&value(r#"[{"resource":"r","actions":["x"]},{}]"#), &JsValue::NULL),
            "raw[1].resource must be a string",
        ),
    ] {
        assert_eq!(text(&wrong.expect_err("it is wrong"), "message"), message);
    }
    let noted = r#"[{"resource":"r","actions":["x"],"constraints":null,"note":1}]"#.into();
    let refused = parse_permissions(&noted, &JsValue::NULL).expect_err("the name is not known");
    assert_eq!(
        text(&refused, "message"),
        "raw[0].note must be left out: the name is not known. Known names: resource, actions, constraints"
    );
    let parsed = parse_permissions(&noted, &value(r#"{"allowUnknown":["note"]}"#)).expect("parsed");
    assert_eq!(shown(&parsed), r#"[{"resource":"r","actions":["x"],"note":1}]"#);
}
