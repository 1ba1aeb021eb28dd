//! The audit log of the showcase: what the agents have done in seven days, each entry as the engine decides it.

use super::Cast;
use super::company::Incident;
use super::past::Past;
use super::week::{MINUTE, Shift, chosen, incident_start, moments};
use crate::audit::{Entry, record};
use crate::clock::Millis;
use crate::db::{self, Connection};
use fastrand::Rng;
use kavachos_wasm::permissions::Call;
use serde_json::{Map, Value};
use std::f64::consts::TAU;

/// How far decisions spread around the usual duration, and how often one takes far longer.
const SPREAD: f64 = 0.6;
const SLOW: f64 = 0.012;

/// Writes exactly `rows` entries, from the oldest to the newest.
pub fn write(
    connection: &Connection,
    cast: &[Cast<'_>],
    incident: &Incident,
    rows: usize,
    now: Millis,
) -> db::Result<()> {
    let random = &mut Rng::with_seed(2);
    let slots = slots(cast, incident, rows, now, random);
    let mut past = Past::default();
    // Calls that were decided twice take the place of the next ones of the ordinary.
    let mut taken = 0;
    let mut next = 0;
    while let Some((at, who)) = slots.get(next) {
        let (member, trouble) = match *who {
            Who::Agent(_) if taken > 0 => {
                taken -= 1;
                next += 1;
                continue;
            }
            Who::Agent(number) => (&cast[number], None),
            Who::Troublemaker(number) => (&cast[number], Some(incident)),
        };
        let agent = member.described;
        let habit = match trouble {
            Some(incident) => &incident.call,
            None => match chosen(agent.calls.iter().map(|habit| habit.often), random) {
                Some(choice) => &agent.calls[choice],
                None => break,
            },
        };
        let usual_ms = trouble.map_or(agent.latency_ms, |incident| incident.latency_ms);
        let arguments: Map<String, Value> =
            habit.arguments.iter().map(|(name, value)| (name.clone(), one_of(value, random))).collect();
        let texts: Vec<(&str, &str)> =
            arguments.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect();
        let resource = one_of(&habit.resource, random);
        let resource = resource.as_str().unwrap_or_default();
        let call = Call { agent: &agent.name, action: &habit.action, resource, arguments: Some(&texts) };
        past.now = *at;
        past.agent_id.clone_from(&member.id);
        past.address = random.choice(&habit.from).cloned();
        let decisions = past.decisions(&agent.permissions, &member.lent_at(*at), &call);
        // The newest entry comes from this call.
        if decisions.len() > 1 && next + taken + decisions.len() >= slots.len() {
            continue;
        }
        next += 1;
        taken += decisions.len() - 1;
        for verdict in decisions {
            let tokens_cost = (agent.kind == "autonomous").then(|| f64::from(random.u32(80..2400)));
            record(
                connection,
                &Entry {
                    agent_id: &member.id,
                    user_id: member.owner,
                    action: &habit.action,
                    resource,
                    parameters: Value::Object(arguments.clone()),
                    reason: verdict.err().as_deref(),
                    duration_ms: duration(usual_ms, random),
                    tokens_cost,
                    at: *at,
                },
            )?;
        }
    }
    past.hand_over(connection, now)
}

enum Who {
    Agent(usize),
    Troublemaker(usize),
}

/// Who calls when.
fn slots(cast: &[Cast<'_>], incident: &Incident, rows: usize, now: Millis, random: &mut Rng) -> Vec<(Millis, Who)> {
    let shifts: Vec<Shift> = cast
        .iter()
        .map(|Cast { described, from, until, .. }| Shift {
            hours: described.hours,
            share: described.share,
            from: *from,
            until: *until,
        })
        .collect();
    let troublemaker = cast.iter().position(|member| member.described.name == incident.agent);
    let troubles = troublemaker.map_or(0, |_| rows * incident.percent / 100);
    let mut slots: Vec<(Millis, Who)> = moments(rows - troubles, &shifts, now, random)
        .into_iter()
        .map(|(at, number)| (at, Who::Agent(number)))
        .collect();
    if let Some(number) = troublemaker {
        let (start, span) = (incident_start(now), incident.minutes * MINUTE);
        slots.extend((0..troubles).map(|_| (start + random.i64(0..span), Who::Troublemaker(number))));
    }
    for (at, _) in &mut slots {
        // As the log keeps them, so that a count of them equals that of the engine.
        *at -= at.rem_euclid(1000);
    }
    slots.sort_by_key(|(at, _)| *at);
    slots
}

/// The value, or one of a list of them. `{number}` stands for a number of six digits.
fn one_of(value: &Value, random: &mut Rng) -> Value {
    match value {
        Value::Array(values) => random.choice(values).map_or(Value::Null, |value| one_of(value, random)),
        Value::String(text) if text.contains("{number}") => {
            text.replace("{number}", &random.u32(100_000..1_000_000).to_string()).into()
        }
        other => other.clone(),
    }
}

/// Milliseconds: mostly near `usual`, some far from it.
fn duration(usual: f64, random: &mut Rng) -> i64 {
    let bell = (-2.0 * (1.0 - random.f64()).ln()).sqrt() * (TAU * random.f64()).cos();
    let slow = if random.f64() < SLOW { random.f64().mul_add(30.0, 8.0) } else { 1.0 };
    (usual * (SPREAD * bell).exp() * slow).round().max(1.0) as i64
}
