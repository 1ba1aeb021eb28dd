//! The permission engine against decisions recorded from the real server.
#![cfg(not(target_arch = "wasm32"))]

use kavachos_wasm::permissions::pattern::{Budget, Pattern, PatternError};
use kavachos_wasm::permissions::{Call, Host, InvalidPattern, covers_all, evaluate};
use kavachos_wasm::schema::Permission;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::HashMap;

#[derive(Deserialize)]
struct File<T> {
    vectors: Vec<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    id: String,
    name: String,
    permissions: Vec<Permission>,
    request: Map<String, Value>,
    #[serde(default)]
    prior_calls: Vec<Map<String, Value>>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    allowed: bool,
    reason: Option<String>,
    throws: Option<String>,
}

/// The surroundings of a vector: its clock, its address, and counters that outlast one call.
#[derive(Default)]
struct Surroundings {
    now: i64,
    time_of_day: String,
    address: Option<String>,
    buckets: HashMap<(String, i64), u32>,
}

const BUCKET: i64 = 5 * 60;

impl Host for Surroundings {
    fn count(&mut self, resource: &str, limit: u32) -> Option<u32> {
        let since = self.now - 60 * 60;
        let counted = self
            .buckets
            .iter()
            .filter(|((counted, bucket), _)| counted == resource && *bucket >= since)
            .map(|(_, count)| count)
            .sum();
        if counted >= limit {
            return Some(counted);
        }
        *self.buckets.entry((resource.to_owned(), self.now.div_euclid(BUCKET) * BUCKET)).or_default() += 1;
        None
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError> {
        Pattern::new(pattern)?.is_found(text, &mut Budget::default())
    }

    fn time_of_day(&mut self) -> String {
        self.time_of_day.clone()
    }

    fn address(&mut self) -> Option<String> {
        self.address.clone()
    }
}

fn decide(
    permissions: &[Permission],
    request: &Map<String, Value>,
    surroundings: &mut Surroundings,
) -> Result<Result<(), String>, InvalidPattern> {
    let text = |key: &str| request.get(key).and_then(Value::as_str);
    let now: jiff::Timestamp = text("time").expect("a vector has a time").parse().expect("it is a time");
    let zoned = now.in_tz(text("timezone").expect("a vector has a time zone")).expect("it is a time zone");
    surroundings.now = now.as_second();
    surroundings.time_of_day = zoned.strftime("%H:%M").to_string();
    surroundings.address = text("ip").map(str::to_owned);
    let arguments: Option<Vec<(&str, &str)>> = request
        .get("arguments")
        .and_then(Value::as_object)
        .map(|given| given.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect());
    let call = Call {
        agent: "agent",
        action: text("action").expect("a vector has an action"),
        resource: text("resource").expect("a vector has a resource"),
        arguments: arguments.as_deref(),
    };
    evaluate(permissions, &call, surroundings)
}

#[test]
fn every_recorded_decision_comes_out_the_same() {
    let file: File<Vector> =
        serde_json::from_str(include_str!("data/vectors/permissions.json")).expect("the data is JSON");
    assert_eq!(file.vectors.len(), 103);
    for vector in file.vectors {
        let named = format!("{} {}", vector.id, vector.name);
        let mut surroundings = Surroundings::default();
        for prior in &vector.prior_calls {
            let mut request = vector.request.clone();
            request.extend(prior.clone());
            let _ = decide(&vector.permissions, &request, &mut surroundings);
        }
        match (decide(&vector.permissions, &vector.request, &mut surroundings), vector.expected) {
            (Err(_), expected) => assert!(expected.throws.is_some(), "{named}"),
            (Ok(verdict), expected) => {
                assert_eq!(expected.throws, None, "{named}");
                assert_eq!((verdict.is_ok(), verdict.err()), (expected.allowed, expected.reason), "{named}");
            }
        }
    }
}

#[derive(Deserialize)]
struct Loan {
    id: String,
    name: String,
    parent: Vec<Permission>,
    child: Vec<Permission>,
    expected: Accepted,
}

#[derive(Deserialize)]
struct Accepted {
    accepted: bool,
}

#[test]
fn every_recorded_delegation_is_accepted_or_refused_alike() {
    let file: File<Loan> =
        serde_json::from_str(include_str!("data/vectors/delegations.json")).expect("the data is JSON");
    assert_eq!(file.vectors.len(), 17);
    for loan in file.vectors {
        assert_eq!(covers_all(&loan.parent, &loan.child), loan.expected.accepted, "{} {}", loan.id, loan.name);
    }
}

#[derive(Deserialize)]
struct Official {
    decisions: Vec<Decision>,
}

#[derive(Deserialize)]
struct Decision {
    permissions: Vec<Permission>,
    request: Map<String, Value>,
    context: Map<String, Value>,
    expected: Map<String, Value>,
}

/// The surroundings of a decision of the official engine, with the number of calls that it has counted.
struct Told<'v>(&'v Decision);

impl Host for Told<'_> {
    fn count(&mut self, _: &str, limit: u32) -> Option<u32> {
        let counted = self.0.context["callsInLastHour"].as_u64().expect("a number") as u32;
        (counted >= limit).then_some(counted)
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError> {
        Pattern::new(pattern)?.is_found(text, &mut Budget::default())
    }

    fn time_of_day(&mut self) -> String {
        self.0.context["now"].as_str().expect("a time")[11..16].to_owned()
    }

    fn address(&mut self) -> Option<String> {
        self.0.request.get("ip").and_then(Value::as_str).map(str::to_owned)
    }
}

#[test]
fn every_random_decision_of_the_official_engine_comes_out_the_same() {
    let official: Official =
        serde_json::from_str(include_str!("data/vectors/engine-random.json")).expect("the data is JSON");
    assert_eq!(official.decisions.len(), 1262);
    let (mut refused, mut invalid) = (0, 0);
    for decision in &official.decisions {
        let text = |of: &'_ Map<String, Value>, key: &str| of[key].as_str().expect("a text").to_owned();
        let (agent, action) = (text(&decision.context, "agentName"), text(&decision.request, "action"));
        let resource = text(&decision.request, "resource");
        let arguments: Option<Vec<(&str, &str)>> = decision.request.get("arguments").map(|given| {
            let given = given.as_object().expect("an object");
            given.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect()
        });
        let call = Call { agent: &agent, action: &action, resource: &resource, arguments: arguments.as_deref() };
        let about = || serde_json::to_string(&(&decision.request, &decision.expected)).expect("JSON");
        match evaluate(&decision.permissions, &call, &mut Told(decision)) {
            Err(InvalidPattern(_)) => {
                assert!(decision.expected.contains_key("throws"), "{}", about());
                invalid += 1;
            }
            // No automaton matches what refers back to a group: that is refused, which is safe.
            Ok(Err(reason)) if reason.ends_with(" cannot be decided here: it has a backreference") => refused += 1,
            Ok(verdict) => {
                let expected =
                    (decision.expected.get("allowed").and_then(Value::as_bool), decision.expected.get("reason"));
                let reason = verdict.clone().err().map(Value::from);
                assert_eq!((Some(verdict.is_ok()), reason.as_ref()), expected, "{}", about());
            }
        }
    }
    assert_eq!(invalid, 13);
    assert!(refused < 30, "{refused} refused");
}
