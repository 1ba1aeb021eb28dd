//! What decisions and explanations look like to TypeScript. They are made as JSON; these declare them.

#![allow(dead_code)] // They exist to be declared in TypeScript.

use tsify::Tsify;

/// How permissions are read: as the running `"server"` does, or as the public documentation has it (`"strict"`).
#[derive(Tsify)]
#[tsify(type = "\"server\" | \"strict\"")]
pub struct EvaluationMode;

/// The name of a constraint.
#[derive(Tsify)]
#[tsify(type = "keyof PermissionConstraints")]
pub struct ConstraintName;

/// What a decision would have to know: a member of `EvaluationContext`.
#[derive(Tsify)]
#[tsify(type = "\"callsInLastHour\" | \"timezone\" | \"ip\"")]
pub struct Need;

/// What is known about a call besides the request itself. What is left out is not guessed.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct EvaluationContext {
    /// The agent's name, for the reason. Without it the sentence does not mention the agent.
    #[tsify(optional, type = "string | null")]
    pub agent_name: (),
    /// The address that the call comes from, as the server sees it. `null` if the server does not know it either: then an
    /// allowlist denies. If it is left out, a permission with an `ipAllowlist` cannot be decided.
    #[tsify(optional, type = "string | null")]
    pub ip: (),
    /// The time: a `Date`, milliseconds since 1970, or ISO 8601 text. The current time if left out.
    #[tsify(optional, type = "Date | number | string | null")]
    pub now: (),
    /// The server's time zone, by its IANA name: `"Europe/Berlin"`. Without it a permission with a `timeWindow` cannot be
    /// decided. Not used with mode `"strict"`, whose windows are in UTC.
    #[tsify(optional, type = "string | null")]
    pub timezone: (),
    /// How many calls of this agent on this resource the server has counted in the last hour. Without it a permission with
    /// `maxCallsPerHour` cannot be decided.
    #[tsify(optional, type = "number | null")]
    pub calls_in_last_hour: (),
    /// How to read the permissions; `"server"` if left out.
    #[tsify(optional, type = "EvaluationMode | null")]
    pub mode: (),
}

/// How `compile` reads permissions.
#[derive(Tsify)]
pub struct CompileOptions {
    /// How to read the permissions; `"server"` if left out.
    #[tsify(optional, type = "EvaluationMode | null")]
    pub mode: (),
}

/// A permission of the list that was given.
#[derive(Tsify)]
pub struct ListedPermission {
    /// Where it is in the list.
    #[tsify(type = "number")]
    pub index: (),
    /// The permission: the very object that was given.
    #[tsify(type = "Permission")]
    pub rule: (),
}

/// A decision that was made here. The server may know more: it decides anew whenever it is asked.
#[derive(Tsify)]
pub struct Decision {
    /// Whether the agent may go ahead.
    #[tsify(type = "boolean")]
    pub allowed: (),
    /// Why not, in the words of the server.
    #[tsify(optional, type = "string")]
    pub reason: (),
    /// The permission that decided; none if no permission speaks about that action on that resource.
    #[tsify(optional, type = "ListedPermission")]
    pub permission: (),
    /// The constraint that is not met, or the first that cannot be decided here.
    #[tsify(optional, type = "ConstraintName")]
    pub constraint: (),
    /// What has to be known to decide. Only there where the answer depends on it; the call is not allowed then.
    #[tsify(optional, type = "Need[]")]
    pub needs: (),
}

#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const EVALUATOR: &str = include_str!("evaluator.d.ts");
