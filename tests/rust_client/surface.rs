//! The Rust client has what the npm client has: every method, and every option in its own way.

use crate::{AGENT, ALLOWED, run};
use kavachos_wasm::endpoints::ENDPOINTS;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{
    AuditFilters, AuthorizeRequest, CreateAgentInput, DelegateInput, Dialect, ExportOptions, KnownAgentType,
    RegisterMcpServerInput, SignInInput, SignUpInput, UpdateAgentInput,
};
use kavachos_wasm::schema::{CallOptions, KavachClientOptions, Schema, Wire};
use kavachos_wasm::{Client, Error};
use std::collections::BTreeSet;

/// Calls a method of that name, with the id `x` where one is wanted.
fn call(client: &Client, name: &str) -> Option<Result<(), Error>> {
    let request = || AuthorizeRequest::new("read", "files");
    let done = |error: Result<(), Error>| Some(error);
    match name {
        "authorize" => done(run(client.authorize("x", request())).map(drop)),
        "agents.create" => {
            let input = CreateAgentInput::new("u", "n", KnownAgentType::Service, []);
            done(run(client.agents().create(input)).map(drop))
        }
        "agents.list" => done(run(client.agents().list()).map(drop)),
        "agents.get" => done(run(client.agents().get("x")).map(drop)),
        "agents.update" => done(run(client.agents().update("x", UpdateAgentInput::default().name("n"))).map(drop)),
        "agents.revoke" => done(run(client.agents().revoke("x"))),
        "agents.rotate" => done(run(client.agents().rotate("x")).map(drop)),
        "agents.authorize" => done(run(client.agents().authorize("x", request())).map(drop)),
        "agents.getEffectivePermissions" => done(run(client.agents().get_effective_permissions("x")).map(drop)),
        "auth.signUp" => done(run(client.auth().sign_up(SignUpInput::new("a@example.com", "pass word"))).map(drop)),
        "auth.signIn" => done(run(client.auth().sign_in(SignInInput::new("a@example.com", "pass word"))).map(drop)),
        "auth.signOut" => done(run(client.auth().sign_out())),
        "auth.getSession" => done(run(client.auth().get_session()).map(drop)),
        "auth.authorizeByToken" => done(run(client.auth().authorize_by_token("kv_1", request())).map(drop)),
        "audit.query" => done(run(client.audit().query(AuditFilters::default())).map(drop)),
        "audit.queryPaginated" => done(run(client.audit().query_paginated(AuditFilters::default())).map(drop)),
        "audit.queryBytes" => done(run(client.audit().query_bytes(AuditFilters::default())).map(drop)),
        "audit.iterate" => {
            let mut entries = client.audit().iterate(AuditFilters::default());
            done(pollster::block_on(entries.next()).map_or(Ok(()), |entry| entry.map(drop)))
        }
        "audit.export" => done(run(client.audit().export(ExportOptions::default())).map(drop)),
        "audit.exportStream" => done(run(client.audit().export_stream(ExportOptions::default())).map(drop)),
        "delegation.create" => {
            let input = DelegateInput::new("a", "b", [], "2030-01-01T00:00:00Z");
            done(run(client.delegation().create(input)).map(drop))
        }
        "delegation.listChains" => done(run(client.delegation().list_chains("x")).map(drop)),
        "delegation.getEffectivePermissions" => done(run(client.delegation().get_effective_permissions("x")).map(drop)),
        "delegation.revoke" => done(run(client.delegation().revoke("x"))),
        "mcp.register" => {
            let input = RegisterMcpServerInput::new("n", "https://mcp.example", []);
            done(run(client.mcp().register(input)).map(drop))
        }
        "mcp.list" => done(run(client.mcp().list()).map(drop)),
        "mcp.get" => done(run(client.mcp().get("x")).map(drop)),
        "dashboard.stats" => done(run(client.dashboard().stats()).map(drop)),
        _ => None,
    }
}

#[test]
fn every_endpoint_is_a_method() {
    for endpoint in ENDPOINTS {
        for (dialect, route) in [(Dialect::Sdk, endpoint.sdk), (Dialect::Adapter, endpoint.adapter)] {
            let script = Script::new();
            script.answer(418, "");
            let builder = Client::builder("https://app.example").dialect(dialect).transport(script.clone());
            let client = builder.build().unwrap();
            let result = call(&client, endpoint.name);
            let error = result.unwrap_or_else(|| panic!("{} is no method", endpoint.name)).unwrap_err();
            assert_eq!(error.operation(), endpoint.name);
            let Some(route) = route else {
                assert!(error.is_not_supported() && script.requests().is_empty(), "{error:?}");
                continue;
            };
            let sent = &script.requests()[0];
            let path = sent.url.strip_prefix("https://app.example").unwrap().split('?').next().unwrap();
            assert_eq!((sent.method.as_str(), path), (route.method.name(), &*route.path.replace(":id", "x")));
            assert_eq!(error.status(), Some(418));
        }
    }
    assert!(call(&Script::new().client(), "agents.invent").is_none());
}

/// Where each option of the npm client is: a method of the builder or of a call, or something else.
const CLIENT_OPTIONS: [(&str, &str); 19] = [
    ("baseUrl", "Client::builder"),
    ("token", "ClientBuilder::token"),
    ("headers", "ClientBuilder::header"),
    ("timeout", "ClientBuilder::timeout"),
    ("deadline", "ClientBuilder::deadline"),
    ("maxRetries", "ClientBuilder::max_retries"),
    ("fetch", "ClientBuilder::transport"),
    ("credentials", "FetchTransport::credentials"),
    ("cache", "FetchTransport::cache"),
    ("init", "FetchTransport::init"),
    ("maxResponseBytes", "ClientBuilder::max_response_bytes"),
    ("allowUnknown", "ClientBuilder::allow_unknown"),
    ("shareToken", "ClientBuilder::share_token"),
    ("dialect", "ClientBuilder::dialect"),
    ("authUrl", "ClientBuilder::auth_url"),
    ("allowInsecure", "ClientBuilder::allow_insecure"),
    ("onRequest", "Hooks::on_request"),
    ("onResponse", "Hooks::on_response"),
    ("onRetry", "Hooks::on_retry"),
];
/// Those of a call; `signal` is the drop of its future, `cache` and `init` are the transport's.
const CALL_OPTIONS: [(&str, &str); 10] = [
    ("signal", "Call::into_future"),
    ("timeout", "Call::timeout"),
    ("deadline", "Call::deadline"),
    ("maxRetries", "Call::max_retries"),
    ("headers", "Call::header"),
    ("token", "Call::token"),
    ("cache", "FetchTransport::cache"),
    ("init", "FetchTransport::init"),
    ("maxResponseBytes", "Call::max_response_bytes"),
    ("allowUnknown", "Call::allow_unknown"),
];

#[test]
fn every_option_has_its_place() {
    let names = |schema: &Schema| schema.fields().iter().map(|field| field.name).collect::<BTreeSet<_>>();
    let mut places: BTreeSet<_> = CLIENT_OPTIONS.iter().map(|(name, _)| *name).collect();
    // `Hooks` writes lines as its owner likes, and who awaits a call sees it end: in a span of the crate `tracing`, for example.
    places.extend(["logger", "onCallEnd", "tracer"]);
    assert_eq!(names(&KavachClientOptions::SCHEMA), places);
    let mut of_calls: BTreeSet<_> = CALL_OPTIONS.iter().map(|(name, _)| *name).collect();
    of_calls.insert("onCallEnd");
    assert_eq!(names(&CallOptions::SCHEMA), of_calls);
    let sources = ["builder", "options", "call", "client", "hooks", "fetch"]
        .map(|file| {
            std::fs::read_to_string(format!("{}/src/rust_client/{file}.rs", env!("CARGO_MANIFEST_DIR"))).unwrap()
        })
        .concat();
    for (option, place) in CLIENT_OPTIONS.iter().chain(&CALL_OPTIONS) {
        let (_, method) = place.split_once("::").unwrap();
        assert!(sources.contains(&format!("fn {method}(")), "{option}: there is no {place}");
    }
}

#[test]
fn unknown_members_are_sent_where_they_are_allowed() {
    let ask = |client: &Client| {
        client.authorize("x", AuthorizeRequest::new("read", "files")).amend(|it| it["why"] = 1.into())
    };
    let script = Script::new();
    script.answer(200, ALLOWED).answer(200, ALLOWED).answer(200, ALLOWED);
    let error = run(ask(&script.client())).unwrap_err();
    assert!(error.is_invalid_argument() && error.to_string().contains("request.why must be left out"), "{error}");
    assert!(run(ask(&script.client()).allow_unknown(["other"])).unwrap_err().is_invalid_argument());
    assert!(script.requests().is_empty());
    run(ask(&script.client()).allow_unknown(["why"])).unwrap();
    run(ask(&script.client()).allow_unknown(true)).unwrap();
    let of_client =
        Client::builder("https://app.example").allow_unknown(true).transport(script.clone()).build().unwrap();
    run(ask(&of_client)).unwrap();
    for sent in script.requests() {
        assert_eq!(sent.body.as_deref(), Some(r#"{"action":"read","resource":"files","why":1}"#));
    }
    assert!(run(ask(&of_client).allow_unknown(false)).unwrap_err().is_invalid_argument(), "that of the call counts");
    // Required members stay required.
    let broken = of_client.authorize("x", AuthorizeRequest::new("read", "files")).amend(|it| it["action"] = 5.into());
    assert!(run(broken).unwrap_err().is_invalid_argument());
    let script = Script::new();
    script.answer(201, AGENT);
    let input = CreateAgentInput::new(
        "u",
        "n",
        KnownAgentType::Service,
        [kavachos_wasm::rust_client::Permission::read("files:*")],
    );
    let create = script.client().agents().create(input).allow_unknown(["region"]);
    run(create.amend(|input| input["permissions"][0]["constraints"] = serde_json::json!({ "region": "eu" }))).unwrap();
    assert!(script.requests()[0].body.as_ref().unwrap().contains(r#""constraints":{"region":"eu"}"#));
}
