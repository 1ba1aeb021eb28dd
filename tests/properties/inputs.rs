//! Where the cases come from: JSON that is nearly right, texts with the characters that matter, and plain noise.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Words that the client looks for, so that cases come close to what it reads.
const KEYS: &[&str] = &[
    "allowed",
    "auditId",
    "reason",
    "data",
    "success",
    "error",
    "code",
    "message",
    "details",
    "error_description",
    "id",
    "ownerId",
    "name",
    "type",
    "token",
    "permissions",
    "resource",
    "actions",
    "constraints",
    "status",
    "expiresAt",
    "createdAt",
    "updatedAt",
    "entries",
    "total",
    "user",
    "session",
    "email",
    "userId",
    "metadata",
    "durationMs",
    "timestamp",
    "parameters",
    "result",
    "fromAgent",
    "toAgent",
    "depth",
    "endpoint",
    "tools",
    "authRequired",
    "action",
    "agentId",
    "since",
    "limit",
    "password",
    "__proto__",
    "",
];

fn key() -> impl Strategy<Value = String> {
    prop_oneof![9 => proptest::sample::select(KEYS).prop_map(str::to_owned), 1 => any::<String>()]
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(&[
            "", "*", "a", "mcp:github:*", "mcp:github:repos", "2026-01-01T00:00:00.000Z", "Route not found",
            "Route GET /x not found", "agentId: Required", ".", "..", "kv_token", "1", "active", "allowed",
        ][..]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[ -~]{0,40}",
    ]
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..5u8).prop_map(Value::from),
        word().prop_map(Value::from),
        Just(Value::from(true)),
        Just(json!([])),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(5, 40, 8, |inner| {
        prop_oneof![
            1 => vec(inner.clone(), 0..5).prop_map(Value::from),
            4 => vec((key(), inner), 0..8).prop_map(|members| members.into_iter().collect::<Value>()),
        ]
    })
}

/// A value of the wire, with some of its members replaced or left out.
fn nearly(right: Value) -> impl Strategy<Value = Value> {
    vec((key(), prop_oneof![3 => any_json(), 1 => Just(json!("\u{0}left out"))]), 0..3).prop_map(move |changes| {
        let mut value = right.clone();
        let target = if value.is_array() { &mut value[0] } else { &mut value };
        for (key, changed) in changes {
            if changed == "\u{0}left out" {
                target.as_object_mut().map(|members| members.remove(&key));
            } else {
                target[key] = changed;
            }
        }
        value
    })
}

fn agent() -> Value {
    json!({"id": "a1", "ownerId": "u1", "name": "n", "type": "service", "token": "kv_1", "permissions": [],
        "status": "active", "expiresAt": null, "createdAt": "c", "updatedAt": "u"})
}

fn body() -> impl Strategy<Value = Value> {
    let right = prop_oneof![
        Just(agent()),
        Just(json!([agent()])),
        Just(json!({"allowed": true, "auditId": "d"})),
        Just(json!({"allowed": false, "reason": "no", "auditId": "d"})),
        Just(json!({"user": {"id": "u", "email": "e", "createdAt": "c"}, "session": {"token": "t"}})),
        Just(json!({"entries": [], "total": 0})),
        Just(json!({"error": {"code": "X", "message": "Route not found"}})),
    ];
    let near = right.prop_flat_map(nearly);
    prop_oneof![
        2 => near.clone(),
        1 => near.prop_map(|value| json!({ "data": value })),
        1 => any_json(),
    ]
}

fn status() -> impl Strategy<Value = u16> {
    prop_oneof![3 => Just(200u16), 3 => proptest::sample::select(&[201, 204, 304, 400, 401, 403, 404, 405, 422, 429, 500, 503][..]), 1 => 200..600u16]
}

fn reply() -> impl Strategy<Value = Value> {
    let payload = prop_oneof![
        6 => body().prop_map(|body| json!({ "json": body })),
        1 => word().prop_map(|text| json!({ "text": text })),
        1 => Just(json!({ "malformed": true })),
        1 => Just(json!({})),
    ];
    let content_type =
        proptest::sample::select(&["", "application/json", "text/html; charset=utf-8", "TEXT/HTML", "text/htm"][..]);
    (status(), content_type, payload)
        .prop_map(|(status, kind, payload)| json!({"status": status, "type": kind, "payload": payload}))
}

pub fn answers() -> impl Strategy<Value = Value> {
    (0..24u8, proptest::sample::select(&["auto", "sdk", "adapter"][..]), vec(reply(), 2)).prop_map(
        |(operation, dialect, replies)| json!({"operation": operation, "dialect": dialect, "replies": replies}),
    )
}

pub fn refusals() -> impl Strategy<Value = Value> {
    reply()
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![2 => any::<String>(), 2 => "[./%?#&:a ü]{0,8}", 1 => "[a-f0-9-]{36}"]
}

pub fn requests() -> impl Strategy<Value = Value> {
    (id(), any::<String>(), vec(word(), 0..4), any::<u32>())
        .prop_map(|(id, user, actions, limit)| json!({"id": id, "user": user, "actions": actions, "limit": limit}))
}

pub fn arguments() -> impl Strategy<Value = Value> {
    prop_oneof![
        nearly(
            json!({"ownerId": "u", "name": "n", "type": "service", "permissions": [{"resource": "r", "actions": ["a"]}]})
        ),
        nearly(json!({"action": "read", "resource": "r", "arguments": {"x": 1}})),
        nearly(json!({"email": "e@x.example", "password": "secret word", "name": "n"})),
        nearly(json!({"fromAgent": "a", "toAgent": "b", "permissions": [], "expiresAt": "2099-01-01T00:00:00Z"})),
        any_json(),
    ]
}

fn pattern() -> impl Strategy<Value = String> {
    prop_oneof![5 => "(a|b|\\*)(:(a|b|c|\\*|)){0,4}", 1 => any::<String>()]
}

fn permission() -> impl Strategy<Value = Value> {
    let action = proptest::sample::select(&["read", "write", "*", ""][..]);
    let constraints = proptest::option::of((
        proptest::option::of(0..3u32),
        proptest::option::of(any::<bool>()),
        proptest::option::of(("[0-9:]{0,6}", "[0-9:]{0,6}")),
        proptest::option::of(vec("[0-9./]{0,18}", 0..3)),
    ));
    (pattern(), vec(action, 0..3), constraints).prop_map(|(resource, actions, constraints)| {
        let mut permission = json!({ "resource": resource, "actions": actions });
        if let Some((calls, approval, window, addresses)) = constraints {
            let mut members = json!({});
            if let Some(calls) = calls {
                members["maxCallsPerHour"] = calls.into();
            }
            if let Some(approval) = approval {
                members["requireApproval"] = approval.into();
            }
            if let Some((start, end)) = window {
                members["timeWindow"] = json!({ "start": start, "end": end });
            }
            if let Some(addresses) = addresses {
                members["ipAllowlist"] = json!(addresses);
            }
            permission["constraints"] = members;
        }
        permission
    })
}

pub fn permissions() -> impl Strategy<Value = Value> {
    let resource = prop_oneof![4 => "(a|b)(:(a|b|c|\\*|)){0,4}", 1 => any::<String>()];
    (vec(permission(), 0..6), resource, proptest::sample::select(&["read", "write", "*", "x"][..]), "[0-9.]{0,15}")
        .prop_map(|(permissions, resource, action, address)| {
            json!({"permissions": permissions, "resource": resource, "action": action, "address": address})
        })
}

pub fn coverage() -> impl Strategy<Value = Value> {
    (permission(), permission(), permission()).prop_map(|(a, b, c)| json!([a, b, c]))
}

/// Two lists of permissions, from a world so small that they meet.
pub fn lists() -> impl Strategy<Value = Value> {
    (vec(permission(), 0..12), vec(permission(), 0..12)).prop_map(|(one, other)| json!([one, other]))
}

/// A regular expression, a value, and how long a tail the value has.
pub fn patterns() -> impl Strategy<Value = Value> {
    let atom = proptest::sample::select(
        &[
            "a", "b", ".", "[ab]", "[^a]", "\\w", "\\W", "\\d", "\\s", "\\b", "\\B", "^", "$", "", "\\x61", "[a-c]",
            "[^]", "[]", "/",
        ][..],
    )
    .prop_map(str::to_owned);
    let pattern = atom.prop_recursive(4, 24, 4, |inner| {
        let quantifier = proptest::sample::select(&["", "*", "+", "?", "{2}", "{0,2}", "{2,}", "*?"][..]);
        prop_oneof![
            3 => vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            1 => (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("{one}|{other}")),
            3 => (inner.clone(), quantifier).prop_map(|(inner, quantifier)| format!("(?:{inner}){quantifier}")),
            1 => (inner, proptest::sample::select(&["(?=", "(?!", "(?<=", "(?<!"][..]))
                .prop_map(|(inner, look)| format!("{look}{inner})")),
        ]
    });
    let pattern = prop_oneof![6 => pattern, 1 => "[ -~]{0,12}", 1 => any::<String>()];
    (pattern, "[ab1/\n]{0,7}", 0..4_000u32)
        .prop_map(|(pattern, value, tail)| json!({"pattern": pattern, "value": value, "tail": tail}))
}

pub fn retry_after() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        3 => "[0-9]{0,18}(\\.[0-9]{0,18})?",
        2 => "[0-9 .eE+-]{0,12}",
        1 => Just("Wed, 21 Oct 2026 07:28:00 GMT".to_owned()),
        1 => any::<String>(),
    ];
    let measured = prop_oneof![Just(f64::NAN), Just(f64::INFINITY), any::<f64>(), -1e6..1e6];
    (proptest::option::of(text.clone()), proptest::option::of(text), measured)
        .prop_map(|(ms, seconds, until)| json!({"ms": ms, "seconds": seconds, "until": until}))
}
