//! Finding out the dialect: which answers lead to a second request, which settle it, and which never do either.

mod scripted;
mod values;

use kavachos_wasm::client::{Call, CallStep};
use scripted::cases::{cases, operation, play};
use scripted::{client, json, ready, text};
use serde_json::json as j;
use values::request;

#[test]
fn dialects_are_found_out_as_the_cases_say() {
    let scenarios = &cases(include_str!("data/calls/dialects.json"))["scenarios"];
    for scenario in scenarios.as_array().unwrap() {
        println!("{}", scenario["name"]);
        play(scenario);
    }
}

#[test]
fn calls_in_flight_together_all_find_out() {
    for missing in [
        text(404, "text/plain; charset=UTF-8", "404 Not Found"),
        text(404, "text/html; charset=utf-8", "<!DOCTYPE html><pre>Cannot POST /x</pre>"),
        json(404, j!({ "message": "Route POST:/x not found", "error": "Not Found", "statusCode": 404 })),
        json(404, j!({ "error": { "code": "NOT_FOUND", "message": "Route not found" } })),
        json(405, j!({ "error": { "code": "METHOD_NOT_ALLOWED", "message": "Method not allowed" } })),
        json(404, j!({ "error": { "code": "NOT_FOUND", "message": "Plugin endpoint not found" } })),
        text(404, "", ""),
    ] {
        let authorize = || ready(operation(&j!(["authorize", "a1", request()])));
        let client = client(None);
        let mut slow = Call::new(authorize(), client.server.clone());
        assert!(matches!(slow.start(), CallStep::Send(_)));
        let allowed = j!({ "data": { "allowed": true, "auditId": "audit-1" } });
        client.run(authorize(), &[missing.clone(), json(200, allowed)]).unwrap();
        let CallStep::Send(request) = slow.receive(missing.clone(), None) else {
            panic!("not asked again: {missing:?}")
        };
        assert_eq!(request.url, "https://app.example/api/kavach/authorize", "{missing:?}");
        let CallStep::Done(Err(failure)) = slow.receive(missing.clone(), None) else { panic!("asked a third time") };
        assert_eq!(failure.code, "ROUTE_NOT_FOUND", "{missing:?}");
    }
}
