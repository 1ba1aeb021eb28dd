//! Redirects: within the origin, with the same method, and nowhere else.

use crate::{AGENT, run};
use kavachos_wasm::Error;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{CreateAgentInput, KnownAgentType, RedirectMode, TransportResponse};

fn get(script: &Script) -> Result<(), Error> {
    run(script.client().agents().get("agent-1").token("kv_secret")).map(drop)
}

fn post(script: &Script) -> Result<(), Error> {
    let input = CreateAgentInput::new("user-1", "reader", KnownAgentType::Service, []);
    run(script.client().agents().create(input).token("kv_secret")).map(drop)
}

fn redirect(script: &Script, status: u16, location: &str) {
    script.respond(status, &[("location", location)], "");
}

#[test]
fn a_redirect_within_the_origin_is_followed_with_the_same_request() {
    for (status, send, location) in [
        (301, get as fn(&Script) -> _, "/v2/agents/agent-1"),
        (302, get, "https://APP.example:443/v2"),
        (307, post, "/v2/agents"),
        (308, post, "//app.example/v2"),
    ] {
        let script = Script::new();
        redirect(&script, status, location);
        script.answer(200, AGENT);
        send(&script).unwrap();
        let [first, second] = &script.requests()[..] else { panic!("there are two requests") };
        assert_eq!((&first.method, &first.body, &first.headers), (&second.method, &second.body, &second.headers));
    }
}

#[test]
fn credentials_go_to_no_other_origin() {
    for location in [
        "https://evil.example/?next=1",
        "http://app.example/",
        "//evil.example",
        "https://app.example:8443/",
        "https://app.example.evil.example/",
    ] {
        for send in [get, post] {
            let script = Script::new();
            redirect(&script, 307, location);
            let error = send(&script).unwrap_err();
            assert_eq!(error.code(), "CROSS_ORIGIN_REDIRECT", "{location}");
            assert!(!error.to_string().contains("next"), "the target is shown as an origin: {error}");
            assert_eq!(script.requests().len(), 1);
        }
    }
    for (location, code) in [
        ("javascript:alert(1)", "CROSS_ORIGIN_REDIRECT"),
        ("https://kv@app.example/", "REDIRECTED"),
        ("https://app.example\\@evil.example/", "REDIRECTED"),
    ] {
        let script = Script::new();
        redirect(&script, 307, location);
        assert_eq!(get(&script).unwrap_err().code(), code, "{location}");
        assert_eq!(script.requests().len(), 1);
    }
}

#[test]
fn a_request_whose_method_would_change_is_not_repeated() {
    for status in [301, 302, 303] {
        let script = Script::new();
        redirect(&script, status, "/elsewhere");
        let error = post(&script).unwrap_err();
        assert_eq!((error.code(), error.status(), script.requests().len()), ("REDIRECTED", Some(status), 1));
    }
}

#[test]
fn redirects_end() {
    let script = Script::new();
    (0..9).for_each(|_| redirect(&script, 302, "/again"));
    assert_eq!(get(&script).unwrap_err().code(), "TOO_MANY_REDIRECTS");
    assert_eq!(script.requests().len(), 6);
}

#[test]
fn what_a_browser_hides_is_found_out_without_credentials() {
    let opaque = || {
        let mut response = TransportResponse::new(0, "");
        response.opaque_redirect = true;
        response
    };
    let found = |url: &str| {
        let mut response = TransportResponse::new(200, "page");
        response.followed_to = Some(url.to_owned());
        response
    };
    let script = Script::new();
    script.respond_with(opaque()).respond_with(found("https://app.example/v2/agents/agent-1")).answer(200, AGENT);
    get(&script).unwrap();
    let probe = &script.requests()[1];
    assert_eq!((probe.redirect, probe.headers.len(), &probe.body), (RedirectMode::Follow, 0, &None));
    assert_eq!(script.requests()[2].url, "https://app.example/v2/agents/agent-1");

    let script = Script::new();
    script.respond_with(opaque()).respond_with(found("https://sso.example/login"));
    let error = get(&script).unwrap_err();
    assert_eq!(error.code(), "CROSS_ORIGIN_REDIRECT");
    assert!(error.to_string().contains("https://sso.example,"), "{error}");

    let script = Script::new();
    script.respond_with(opaque()).answer(500, "");
    assert_eq!(get(&script).unwrap_err().code(), "REDIRECTED");

    // A platform that follows redirects by itself has sent everything already.
    let script = Script::new();
    script.respond_with(found("https://app.example/v2"));
    assert_eq!(get(&script).unwrap_err().code(), "REDIRECTED");
}
