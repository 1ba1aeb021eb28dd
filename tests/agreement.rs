//! In the npm package JavaScript validates values against the schemas that Rust declares (`src/host/validate`); natively Rust
//! does (`src/schema/native.rs`), and all native tests rely on that. Here both are given the same values.
#![cfg(target_arch = "wasm32")]

mod values;

use js_sys::{JSON, Reflect};
use kavachos_wasm::schema::{
    Agent, AgentFilters, AuditEntry, AuditFilters, AuthResponse, AuthorizeRequest, AuthorizeResult, CreateAgentInput,
    DelegateInput, DelegationChain, ExportOptions, Json, McpServer, Mismatch, PaginatedAuditLogs, Permission,
    RegisterMcpServerInput, Schema, Session, SignUpInput, UpdateAgentInput, Wire,
};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn in_javascript(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).expect("serde writes JSON")
}

fn parsed(text: Option<String>) -> Option<Value> {
    text.map(|text| serde_json::from_str(&text).expect("this is JSON"))
}

#[wasm_bindgen(module = "/.build/host/validate.js")]
extern "C" {
    #[wasm_bindgen(js_name = schemas, thread_local_v2)]
    static SCHEMAS: JsValue;
    type Difference;
    #[wasm_bindgen(method, getter)]
    fn path(this: &Difference) -> String;
    #[wasm_bindgen(method, getter)]
    fn expected(this: &Difference) -> String;
    fn validate(value: &JsValue, schema: &JsValue) -> Option<Difference>;
    #[wasm_bindgen(js_name = wireCopy, catch)]
    fn wire_copy(value: &JsValue, schema: &JsValue) -> Result<JsValue, Difference>;
}

fn mismatch(difference: Difference) -> Mismatch {
    Mismatch { path: difference.path(), expected: difference.expected() }
}

/// What both say of `value`, which must be the same. `name` is the constant of the schema in `generated/schemas.js`.
fn assert_agreement(value: &Value, schema: &'static Schema, name: &str) {
    let twin = in_javascript(value);
    let known = SCHEMAS.with(|schemas| Reflect::get(schemas, &name.into()).expect("there are schemas"));
    let check = |value: &JsValue| validate(value, &known).map_or(Ok(()), |difference| Err(mismatch(difference)));
    assert_eq!(check(&twin), value.check(schema), "checking {value}");
    let (copy, twin) = match (value.sendable(schema, &|_| false), wire_copy(&twin, &known).map_err(mismatch)) {
        (Ok(copy), Ok(twin)) => (copy, twin),
        (copy, twin) => {
            // JavaScript also says which name is probably meant.
            let (copy, twin) = (copy.expect_err("both refuse it"), twin.expect_err("both refuse it"));
            assert_eq!(twin.path, copy.path, "copying {value}");
            assert!(twin.expected.starts_with(&copy.expected), "copying {value}: {} {}", twin.expected, copy.expected);
            return;
        }
    };
    let written = JSON::stringify(&twin).expect("JSON can be written");
    assert_eq!(parsed(Some(String::from(written))), Some(copy.clone()), "copying {value}");
    assert_eq!(check(&twin), copy.check(schema), "checking the copy of {value}");
}

/// Everything that could stand in the place of something else.
fn strangers() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(4_294_967_296_u64),
        json!(""),
        json!("a,b"),
        json!("words"),
        json!("2026-01-31"),
        json!("2026-01-31T09:30:00.123+05:30"),
        json!("2026-01-31T24:00:00Z"),
        json!("2026-1-31"),
        json!("autonomous"),
        json!([]),
        json!([null]),
        json!(["x", ""]),
        json!([{}]),
        json!({}),
        json!({"start": null}),
        json!({"resource": "r", "actions": ["a"], "constraints": null}),
    ]
}

/// `value` with each part of it replaced by each stranger, and left out.
fn variants(value: &Value) -> Vec<Value> {
    let mut variants = strangers();
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                for variant in self::variants(member) {
                    let mut changed = members.clone();
                    changed.insert(key.clone(), variant);
                    variants.push(changed.into());
                }
                let mut without = members.clone();
                without.shift_remove(key);
                variants.push(without.into());
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                for variant in self::variants(item) {
                    let mut changed = items.clone();
                    changed[index] = variant;
                    variants.push(changed.into());
                }
            }
        }
        _ => {}
    }
    variants
}

fn permission() -> Value {
    json!({"resource": "r", "actions": ["a", "b"], "constraints": {
        "maxCallsPerHour": 5, "allowedArgPatterns": ["^a"], "requireApproval": true,
        "timeWindow": {"start": "09:00", "end": "17:00"}, "ipAllowlist": ["10.0.0.0/8"], "later": {"x": null},
    }})
}

#[wasm_bindgen_test]
fn both_say_the_same_of_every_type() {
    let account = json!({"user": values::user(), "session": values::session()});
    let mut agent = values::agent();
    agent["permissions"] = json!([permission()]);
    agent["metadata"] = json!({"any": [1, null]});
    let create = json!({"ownerId": "u", "name": "n", "type": "service", "permissions": [permission()],
        "expiresAt": "2030-01-01T00:00:00Z", "metadata": {"a": null}});
    let filters = json!({"agentId": "a", "userId": "u", "since": "2026-01-01", "until": "2026-01-02T00:00:00Z",
        "actions": ["read", "write"], "result": "denied", "limit": 5, "offset": 0});
    let lend = json!({"fromAgent": "a", "toAgent": "b", "permissions": [permission()],
        "expiresAt": "2030-01-01T00:00:00Z", "maxDepth": 2});
    let server = json!({"name": "n", "endpoint": "https://x.example", "tools": ["t"], "authRequired": true,
        "rateLimit": {"rpm": 5}});
    let mut registered = server.clone();
    registered["id"] = json!("m1");
    registered["createdAt"] = json!("2026-01-01T00:00:00.000Z");
    // Rows are held against those before them: with members that others lack, in another order, and with their own ones.
    let mut refused = values::entry();
    refused["reason"] = json!("why");
    let mut charged = json!({"tokensCost": 3, "later": null});
    charged.as_object_mut().expect("an object").extend(values::entry().as_object().cloned().expect("an object"));
    let rows = json!([values::entry(), refused, charged, values::entry(), refused]);
    let cases: [(Value, &'static Schema, &str); 20] = [
        (permission(), &Permission::SCHEMA, "PERMISSION"),
        (agent, &Agent::SCHEMA, "AGENT"),
        (values::entry(), &AuditEntry::SCHEMA, "AUDIT_ENTRY"),
        (values::chain(), &DelegationChain::SCHEMA, "DELEGATION_CHAIN"),
        (account, &AuthResponse::SCHEMA, "AUTH_RESPONSE"),
        (values::session(), &Session::SCHEMA, "SESSION"),
        (create, &CreateAgentInput::SCHEMA, "CREATE_AGENT_INPUT"),
        (json!({"name": "n", "permissions": [permission()]}), &UpdateAgentInput::SCHEMA, "UPDATE_AGENT_INPUT"),
        (json!({"userId": "u", "status": "active", "type": "service"}), &AgentFilters::SCHEMA, "AGENT_FILTERS"),
        (filters, &AuditFilters::SCHEMA, "AUDIT_FILTERS"),
        (json!({"entries": [values::entry()], "total": 1}), &PaginatedAuditLogs::SCHEMA, "PAGINATED_AUDIT_LOGS"),
        (json!({"format": "csv", "since": "2026-01-01", "until": null}), &ExportOptions::SCHEMA, "EXPORT_OPTIONS"),
        (
            json!({"action": "a", "resource": "r", "arguments": {"x": null}}),
            &AuthorizeRequest::SCHEMA,
            "AUTHORIZE_REQUEST",
        ),
        (json!({"allowed": true, "auditId": "", "reason": null}), &AuthorizeResult::SCHEMA, "AUTHORIZE_RESULT"),
        (lend, &DelegateInput::SCHEMA, "DELEGATE_INPUT"),
        (server, &RegisterMcpServerInput::SCHEMA, "REGISTER_MCP_SERVER_INPUT"),
        (registered, &McpServer::SCHEMA, "MCP_SERVER"),
        (json!({"email": "e", "password": "p", "name": "n"}), &SignUpInput::SCHEMA, "SIGN_UP_INPUT"),
        (json!([permission(), permission()]), &<Vec<Permission>>::SCHEMA, "PERMISSIONS"),
        (rows, &<Vec<AuditEntry>>::SCHEMA, "AUDIT_ENTRIES"),
    ];
    let mut compared = 0;
    for (value, schema, name) in cases {
        assert_eq!(value.check(schema), Ok(()), "{value} has its form");
        for variant in std::iter::once(value.clone()).chain(variants(&value)) {
            assert_agreement(&variant, schema, name);
            compared += 1;
        }
    }
    assert!(compared > 5000, "{compared} values were compared");
}
