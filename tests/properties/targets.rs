//! What holds, whatever comes in.

use super::calls::{agents, audit, auth, delegation, mcp};
use super::lists::{is_about_order, order, uncovered};
use kavachos_wasm::client::{
    Bases, Call, CallStep, Failure, InvalidArgument, Operation, Payload, Reply, Request, Server,
};
use kavachos_wasm::http::{
    Budget, Dialect, ErrorClass, FailureReason, Memory, RetryCause, RetryClass, retry_after as read_retry_after,
};
use kavachos_wasm::permissions::pattern::{self, Pattern, PatternError, STEPS};
use kavachos_wasm::permissions::{self, Host};
use kavachos_wasm::schema::Permission;
use serde_json::{Value, json};
use std::sync::Arc;

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn bases() -> Bases {
    Bases { api: "https://app.example/api/kavach".into(), auth: None }
}

fn reply(value: &Value) -> Reply<Value> {
    let payload = &value["payload"];
    Reply {
        status: value["status"].as_u64().unwrap_or(200) as u16,
        content_type: text(&value["type"]).into(),
        request_id: None,
        retry_after: None,
        payload: match (&payload["json"], &payload["text"], &payload["malformed"]) {
            (_, Value::String(text), _) if text.is_empty() => Payload::Empty,
            (_, Value::String(text), _) => Payload::Text(text.clone().into()),
            (_, _, Value::Bool(true)) => Payload::Malformed,
            (body, _, _) if payload.get("json").is_some() => Payload::Json(body.clone()),
            _ => Payload::Empty,
        },
    }
}

fn operation(number: u64) -> (Operation<Value>, bool) {
    let id = json!("a1");
    let request = json!({"action": "read", "resource": "r"});
    let input = json!({"ownerId": "u", "name": "n", "type": "service", "permissions": []});
    let account = json!({"email": "e", "password": "p"});
    let lend = json!({"fromAgent": "a", "toAgent": "b", "permissions": [], "expiresAt": "2099-01-01T00:00:00Z"});
    let server = json!({"name": "n", "endpoint": "https://x.example", "tools": []});
    let operation = match number {
        0..=3 => agents::authorize(&id, &request),
        4..=5 => auth::authorize_by_token(&json!("kv_1"), &request),
        6 => agents::create(&input),
        7 => agents::list(&Value::Null),
        8 => agents::get(&id),
        9 => agents::update(&id, &json!({"name": "n"})),
        10 => agents::revoke(&id),
        11 => agents::rotate(&id),
        12 => audit::query(&Value::Null),
        13 => audit::query_paginated(&Value::Null),
        14 => audit::export(&Value::Null),
        15 => auth::sign_up(&account),
        16 => auth::sign_in(&account),
        17 => auth::sign_out(&Value::Null),
        18 => auth::get_session(&Value::Null),
        19 => delegation::create(&lend),
        20 => delegation::list_chains(&id),
        21 => delegation::effective_permissions(&id),
        22 => mcp::register(&server),
        _ => mcp::get(&id),
    };
    (operation.unwrap(), number <= 5)
}

fn sound(failure: &Failure<Value>) {
    assert!(!failure.message.is_empty() && !failure.code.is_empty());
    assert!(failure.code.bytes().all(|byte| byte.is_ascii_graphic()), "{:?} is no word", failure.code);
    let class = match failure.status {
        Some(401) => ErrorClass::Authentication,
        Some(403) => ErrorClass::Permission,
        Some(404) => ErrorClass::NotFound,
        Some(429) => ErrorClass::RateLimit,
        Some(500..) => ErrorClass::Server,
        _ => return,
    };
    let missing = failure.code == "ROUTE_NOT_FOUND" && failure.class == ErrorClass::NotFound;
    assert!(failure.class == class || failure.class == ErrorClass::Decode || missing, "{failure:?}");
}

/// A call ends after two requests at most, in a value or a sound failure; and only a well-formed decision, with a status of
/// success, allows anything.
pub fn answers(input: &Value) {
    let dialect = match text(&input["dialect"]) {
        "sdk" => Some(Dialect::Sdk),
        "adapter" => Some(Dialect::Adapter),
        _ => None,
    };
    let (operation, is_decision) = operation(input["operation"].as_u64().unwrap_or_default());
    let server = Server::new(bases(), Memory::new(dialect, false));
    let mut call = Call::new(operation, Arc::new(server));
    let mut last = None;
    let mut step = call.start();
    for asked in 0.. {
        assert!(asked <= 2, "the call does not end");
        match step {
            CallStep::Send(_) => {
                let next = reply(&input["replies"][asked % 2]);
                assert!(!call.may_retry(&next) || !next.is_success());
                last = Some(next.clone());
                step = call.receive(next, None);
            }
            CallStep::Done(Err(failure)) => return sound(&failure),
            CallStep::Done(Ok(value)) => {
                if is_decision {
                    let allowed = value["allowed"].as_bool().expect("a decision says whether it allows");
                    assert!(value["auditId"].is_string());
                    assert!(!allowed || last.is_some_and(|reply| reply.is_success()), "allowed by a refusal");
                }
                return;
            }
        }
    }
}

/// Every refusal becomes a failure of its class.
pub fn refusals(input: &Value) {
    let reply = reply(input);
    if !reply.is_success() {
        let failure = Failure::of(FailureReason::of_status(reply.status), &reply, &[]);
        sound(&failure);
        assert_eq!(failure.status, Some(reply.status));
    }
}

/// An id or a filter, whatever is in it, stays in its place in the URL, and can be read back.
pub fn requests(input: &Value) {
    let bases = bases();
    if let Ok(operation) = agents::get(&input["id"]) {
        let request = Request::of(&operation, Dialect::Sdk, &bases).unwrap();
        let rest = request.url.strip_prefix("https://app.example/api/kavach/agents/").expect("below the base");
        assert!(!rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#".contains(&byte)));
        assert!(rest != "." && rest != "..");
        assert_eq!(decoded(rest), text(&input["id"]));
    }
    let filters = json!({"userId": input["user"], "actions": input["actions"], "limit": input["limit"]});
    if let Ok(operation) = audit::query(&filters) {
        let request = Request::of(&operation, Dialect::Sdk, &bases).unwrap();
        let (_, query) = request.url.split_once('?').expect("there are filters");
        assert!(query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#'));
        let pairs: Vec<_> = query.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
        let found = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| decoded(value));
        assert_eq!(found("userId").as_deref(), input["user"].as_str());
        assert_eq!(found("limit"), Some(input["limit"].to_string()));
        assert!(!request.described().contains('?'));
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let hex = [rest.next().unwrap(), rest.next().unwrap()];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Arguments are refused by name, without their value, or sent as JSON.
pub fn arguments(input: &Value) {
    let outcomes = [
        agents::create(input),
        agents::list(input),
        agents::get(input),
        agents::update(&json!("a1"), input),
        agents::authorize(&json!("a1"), input),
        auth::sign_in(input),
        auth::sign_up(input),
        auth::sign_out(input),
        auth::authorize_by_token(input, &json!({"action": "a", "resource": "r"})),
        audit::query(input),
        audit::export(input),
        delegation::create(input),
        mcp::register(input),
    ];
    for outcome in outcomes {
        match outcome {
            Ok(operation) => {
                for dialect in [Dialect::Sdk, Dialect::Adapter] {
                    let Some(request) = Request::of(&operation, dialect, &bases()) else { continue };
                    if let Some(body) = request.body {
                        assert!(serde_json::from_str::<Value>(text(&body)).unwrap().is_object(), "{body}");
                    }
                }
            }
            Err(InvalidArgument(message)) => {
                assert!(message.contains(" must ") || message.contains(" cannot "), "{message}");
                assert!(!message.contains("secret word"), "{message}");
            }
        }
    }
}

struct Surroundings<'a> {
    address: &'a str,
    counted: u32,
}

impl Host for Surroundings<'_> {
    fn count(&mut self, _: &str, limit: u32) -> Option<u32> {
        (self.counted >= limit).then_some(self.counted)
    }
    fn time_of_day(&mut self) -> String {
        "12:00".to_owned()
    }
    fn address(&mut self) -> Option<String> {
        (!self.address.is_empty()).then(|| self.address.to_owned())
    }
    fn matches(&mut self, _: &str, _: &str) -> Result<bool, PatternError> {
        Ok(true)
    }
}

/// The engine finds what a plain reading of the rules finds, and allows nothing that no permission speaks about.
pub fn permissions(input: &Value) {
    let granted: Vec<Permission> = serde_json::from_value(input["permissions"].clone()).unwrap();
    let (action, resource) = (text(&input["action"]), text(&input["resource"]));
    let plain = granted.iter().position(|permission| {
        let acts = permission.actions.iter().any(|granted| granted == "*" || granted == action);
        acts && speaks_of(&segments(&permission.resource), &segments(resource))
    });
    let found = permissions::find(&granted, action, resource);
    assert_eq!(found, plain.map(|index| &granted[index]));
    // An index is made of more than a few: with others behind them that no request is about, it finds the same.
    let mut many = granted.clone();
    many.resize(granted.len() + 40, Permission { resource: "\0".into(), actions: Vec::new(), constraints: None });
    for list in [&granted, &many] {
        let matcher = permissions::Matcher::new(permissions::Mode::Server, list);
        assert_eq!(matcher.find(action.as_bytes(), resource.as_bytes()), plain);
    }
    let call = permissions::Call { agent: "n", action, resource, arguments: None };
    let mut host = Surroundings { address: text(&input["address"]), counted: 1 };
    match permissions::evaluate(&granted, &call, &mut host) {
        Ok(Ok(())) => {
            let constraints = found.expect("something grants it").constraints.clone().unwrap_or_default();
            assert_ne!(constraints.require_approval, Some(true));
            assert!(constraints.max_calls_per_hour.is_none_or(|limit| limit > 1 || limit == 0));
        }
        Ok(Err(reason)) => assert!(!reason.is_empty()),
        Err(_) => panic!("no pattern was wrong"),
    }
}

fn segments(text: &str) -> Vec<&str> {
    text.split(':').collect()
}

fn speaks_of(pattern: &[&str], resource: &[&str]) -> bool {
    match (pattern, resource) {
        (["*", ..], _) | ([], []) => true,
        ([wanted, pattern @ ..], [given, resource @ ..]) => wanted == given && speaks_of(pattern, resource),
        _ => false,
    }
}

/// What is delegated is part of what is had: coverage is reflexive and transitive, and never adds an action.
pub fn coverage(input: &Value) {
    let permissions: Vec<Permission> = serde_json::from_value(input.clone()).unwrap();
    let [a, b, c] = permissions.as_slice() else { panic!("three permissions") };
    let plain = |permission: &Permission| !permission.actions.iter().any(|action| action == "*");
    for permission in &permissions {
        assert!(permissions::covers(permission, permission));
    }
    if permissions::covers(a, b) && permissions::covers(b, c) && plain(b) {
        assert!(permissions::covers(a, c), "{a:?} {b:?} {c:?}");
    }
    if permissions::covers(a, b) && plain(a) {
        assert!(b.actions.iter().all(|action| a.actions.contains(action)));
    }
}

/// What indexes find in lists of permissions is what comparing each with each finds.
pub fn lists(input: &Value) {
    let [one, other] =
        [&input[0], &input[1]].map(|list| -> Vec<Permission> { serde_json::from_value(list.clone()).unwrap() });
    assert_eq!(permissions::uncovered(&one, &other), uncovered(&one, &other));
    let found: Vec<_> = permissions::findings(&one, |_| None)
        .into_iter()
        .filter(|finding| is_about_order(finding.code(), &finding.path()))
        .map(|finding| (finding.index, finding.code(), finding.message()))
        .collect();
    assert_eq!(found, order(&one));
}

/// A pattern matches as in another engine, and whatever it is, ends within the budget.
pub fn patterns(input: &Value) {
    let (text, value) = (text(&input["pattern"]), text(&input["value"]));
    let _ = pattern::is_slow(text, &mut pattern::Budget::default());
    let Ok(known) = Pattern::new(text) else { return };
    let mut budget = pattern::Budget::default();
    let found = known.is_found(value, &mut budget).expect("a short value");
    assert!(STEPS - budget.left() < 200_000, "{} steps", STEPS - budget.left());
    // The other engine backtracks, and reads characters.
    if value.is_ascii()
        && text.is_ascii()
        && let Ok(other) = regress::Regex::new(text)
    {
        assert_eq!(found, other.find(value).is_some());
    }
    let long = [value, &"a".repeat(input["tail"].as_u64().unwrap() as usize), "!"].concat();
    let (mut budget, mut again) = (pattern::Budget::default(), pattern::Budget::default());
    let found = known.is_found(&long, &mut budget);
    assert!(found.is_ok() || budget.left() == 0 || text.len() > 1_000);
    assert_eq!((found, budget.left()), (known.is_found(&long, &mut again), again.left()));
}

/// A wait is a number of seconds, never negative, never endless; and what is waited for fits into what is left.
pub fn retry_after(input: &Value) {
    let until = input["until"].as_f64().unwrap_or(f64::NAN);
    let wait = read_retry_after(input["ms"].as_str(), input["seconds"].as_str(), |_| until);
    if let Some(seconds) = wait {
        assert!(seconds.is_finite() && seconds >= 0.0);
    }
    for class in [RetryClass::Idempotent, RetryClass::Decision, RetryClass::NonIdempotent] {
        for (status, time_left) in [(429, 1000.0), (503, f64::INFINITY), (500, 0.0)] {
            let budget = Budget { retries: 1, max_retries: 2, time_left };
            if let Some(wait) = class.wait(RetryCause::Status(status, wait), budget, 0.5) {
                assert!((0.0..=60_000.0).contains(&wait) && wait < time_left);
            }
        }
    }
}
