//! Functions that make permissions. They are pure: none changes its argument.

use super::errors;
use crate::http::InvalidArgument;
use crate::schema::shapes::allowing;
use crate::schema::{Json, ParseOptions, Permission, PermissionConstraints, Schema, Wire};
use js_sys::Array;
use wasm_bindgen::prelude::*;

type Made = Result<JsValue, JsValue>;

/// Grants reading a resource.
///
/// Returns a permission with the action `"read"`. Throws `INVALID_ARGUMENT` if the resource is empty.
///
/// ```ts
/// read("mcp:github:*"); // { resource: "mcp:github:*", actions: ["read"] }
/// ```
#[wasm_bindgen(unchecked_return_type = "Permission")]
pub fn read(
    #[wasm_bindgen(unchecked_param_type = "string")] resource: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PermissionConstraintsInput | null")] constraints: &JsValue,
) -> Made {
    permission(resource, &["read"], constraints)
}

/// Grants writing a resource.
///
/// Returns a permission with the action `"write"`.
///
/// ```ts
/// write("mcp:github:issues"); // { resource: "mcp:github:issues", actions: ["write"] }
/// ```
#[wasm_bindgen(unchecked_return_type = "Permission")]
pub fn write(
    #[wasm_bindgen(unchecked_param_type = "string")] resource: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PermissionConstraintsInput | null")] constraints: &JsValue,
) -> Made {
    permission(resource, &["write"], constraints)
}

/// Grants executing a resource.
///
/// Returns a permission with the action `"execute"`.
///
/// ```ts
/// execute("mcp:deploy:staging"); // { resource: "mcp:deploy:staging", actions: ["execute"] }
/// ```
#[wasm_bindgen(unchecked_return_type = "Permission")]
pub fn execute(
    #[wasm_bindgen(unchecked_param_type = "string")] resource: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PermissionConstraintsInput | null")] constraints: &JsValue,
) -> Made {
    permission(resource, &["execute"], constraints)
}

/// Grants reading and writing a resource.
///
/// Returns a permission with the actions `"read"` and `"write"`.
///
/// ```ts
/// readWrite("mcp:github:issues", { ipAllowlist: ["10.0.0.0/8"] });
/// ```
#[wasm_bindgen(js_name = readWrite, unchecked_return_type = "Permission")]
pub fn read_write(
    #[wasm_bindgen(unchecked_param_type = "string")] resource: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PermissionConstraintsInput | null")] constraints: &JsValue,
) -> Made {
    permission(resource, &["read", "write"], constraints)
}

/// Grants reading, writing, executing and deleting a resource.
///
/// Returns a permission with those four actions. Actions with other names are not granted; `"*"` would grant them.
///
/// ```ts
/// fullAccess("mcp:sandbox:*"); // actions: ["read", "write", "execute", "delete"]
/// ```
#[wasm_bindgen(js_name = fullAccess, unchecked_return_type = "Permission")]
pub fn full_access(
    #[wasm_bindgen(unchecked_param_type = "string")] resource: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PermissionConstraintsInput | null")] constraints: &JsValue,
) -> Made {
    permission(resource, &["read", "write", "execute", "delete"], constraints)
}

/// Asks for a human's approval of each call.
///
/// Returns a copy of the permission with `requireApproval: true` among its constraints.
///
/// ```ts
/// withApproval(execute("mcp:deploy:production"));
/// ```
#[wasm_bindgen(js_name = withApproval, unchecked_return_type = "Permission")]
pub fn with_approval(#[wasm_bindgen(unchecked_param_type = "PermissionInput")] permission: &JsValue) -> Made {
    constrained(permission, "requireApproval", &JsValue::TRUE)
}

/// Limits how often a permission can be used.
///
/// Returns a copy of the permission with `maxCallsPerHour` among its constraints.
/// Throws `INVALID_ARGUMENT` unless that is a whole number of 1 or more.
///
/// ```ts
/// rateLimited(read("mcp:github:*"), 100);
/// ```
#[wasm_bindgen(js_name = rateLimited, unchecked_return_type = "Permission")]
pub fn rate_limited(
    #[wasm_bindgen(unchecked_param_type = "PermissionInput")] permission: &JsValue,
    #[wasm_bindgen(js_name = maxCallsPerHour, unchecked_param_type = "number")] max_calls_per_hour: &JsValue,
) -> Made {
    if !max_calls_per_hour.as_f64().is_some_and(|calls| calls >= 1.0 && calls.fract() == 0.0) {
        return Err(invalid("maxCallsPerHour", "must be a whole number of 1 or more"));
    }
    constrained(permission, "maxCallsPerHour", max_calls_per_hour)
}

/// Checks permissions that come from outside: a configuration file, a database.
///
/// `raw` is an array, or JSON text that holds one. Returns them as a new array, without `null`s for absent members.
/// Throws `INVALID_ARGUMENT` naming the first that is wrong: `raw[1].actions must be an array of strings`. A name that is
/// not known is wrong too, unless `options.allowUnknown` is `true` or lists it: a misspelt constraint would not constrain.
///
/// ```ts
/// const permissions = parsePermissions('[{ "resource": "mcp:github:*", "actions": ["read"] }]');
/// ```
#[wasm_bindgen(js_name = parsePermissions, unchecked_return_type = "Permission[]")]
pub fn parse_permissions(
    #[wasm_bindgen(unchecked_param_type = "unknown")] raw: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ParseOptions | null")] options: &JsValue,
) -> Made {
    let allowed = if options.is_absent() {
        JsValue::UNDEFINED
    } else {
        copied(options, &ParseOptions::SCHEMA, "options")?.get("allowUnknown")
    };
    let parsed = match raw.as_string() {
        Some(text) => js_sys::JSON::parse(&text).map_err(|_| invalid("raw", "must be an array or JSON text"))?,
        None => raw.clone(),
    };
    allowing(&allowed, || copied(&parsed, &PERMISSIONS, "raw"))
}

static PERMISSIONS: Schema = <Vec<Permission>>::SCHEMA;

fn permission(resource: &JsValue, actions: &[&str], constraints: &JsValue) -> Made {
    copied(resource, &Schema::Id, "resource")?;
    let mut permission = JsValue::object();
    permission.set("resource", resource);
    permission.set("actions", &actions.iter().copied().map(JsValue::from_str).collect::<Array>());
    if !constraints.is_absent() {
        permission.set("constraints", &copied(constraints, &PermissionConstraints::SCHEMA, "constraints")?);
    }
    Ok(permission)
}

fn constrained(permission: &JsValue, name: &'static str, value: &JsValue) -> Made {
    let mut permission = copied(permission, &Permission::SCHEMA, "permission")?;
    let mut constraints = permission.get("constraints");
    if constraints.is_absent() {
        constraints = JsValue::object();
    }
    constraints.set(name, value);
    permission.set("constraints", &constraints);
    Ok(permission)
}

/// A copy that shares nothing a caller would change with the original, without `null`s for absent members.
fn copied(value: &JsValue, schema: &'static Schema, name: &str) -> Made {
    value.conforming(schema).map_err(|mismatch| errors::invalid(InvalidArgument::mismatch(name, &mismatch)))
}

fn invalid(name: &str, problem: &str) -> JsValue {
    errors::invalid(InvalidArgument::new(name, problem))
}
