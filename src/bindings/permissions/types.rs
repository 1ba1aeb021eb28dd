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

/// What a decision would have to know: a member of `EvaluationContext`; or the name of a member of the permission that is not
/// known here, which `allowUnknown` has let through.
#[derive(Tsify)]
#[tsify(type = "\"callsInLastHour\" | \"timezone\" | \"ip\" | (string & {})")]
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
    /// Names of members of permissions and constraints that need not be known, or `true` for all: for servers that are newer
    /// than this package. A permission that has one is never decided here. Unknown names are refused if left out.
    #[tsify(optional, type = "boolean | readonly string[] | null")]
    pub allow_unknown: (),
}

/// How `compile` reads permissions.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CompileOptions {
    /// How to read the permissions; `"server"` if left out.
    #[tsify(optional, type = "EvaluationMode | null")]
    pub mode: (),
    /// Names of members of permissions and constraints that need not be known, or `true` for all: for servers that are newer
    /// than this package. A permission that has one is never decided here. Unknown names are refused if left out.
    #[tsify(optional, type = "boolean | readonly string[] | null")]
    pub allow_unknown: (),
}

/// How `lint`, `covers` and `diff` read permissions.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ReadingOptions {
    /// Names of members of permissions and constraints that need not be known, or `true` for all: for servers that are newer
    /// than this package. A permission that has one is never decided here. Unknown names are refused if left out.
    #[tsify(optional, type = "boolean | readonly string[] | null")]
    pub allow_unknown: (),
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

/// Why a call is allowed or denied.
#[derive(Tsify)]
pub struct Explanation {
    /// Whether the agent may go ahead.
    #[tsify(type = "boolean")]
    pub allowed: (),
    /// Why not, in the words of the server.
    #[tsify(optional, type = "string")]
    pub reason: (),
    /// The constraint that is not met, or the first that cannot be decided here.
    #[tsify(optional, type = "ConstraintName")]
    pub constraint: (),
    /// What has to be known to decide, where the answer depends on it.
    #[tsify(optional, type = "Need[]")]
    pub needs: (),
    /// How the permissions were read.
    #[tsify(type = "EvaluationMode")]
    pub mode: (),
    /// Each permission, in order.
    #[tsify(type = "ExplainedPermission[]")]
    pub permissions: (),
    /// All this for people, in lines.
    #[tsify(type = "string")]
    pub text: (),
}

/// What one permission has to do with a call.
#[derive(Tsify)]
pub struct ExplainedPermission {
    /// Where it is in the list.
    #[tsify(type = "number")]
    pub index: (),
    /// The permission: the very object that was given.
    #[tsify(type = "Permission")]
    pub rule: (),
    /// Whether its resource and its actions match the call.
    #[tsify(type = "boolean")]
    pub matched: (),
    /// Whether it is the one that decides.
    #[tsify(type = "boolean")]
    pub decides: (),
    /// Why it decides, or does not.
    #[tsify(type = "string")]
    pub why: (),
    /// Its constraints, in the order in which the server looks at them. Empty if it did not match.
    #[tsify(type = "ExplainedConstraint[]")]
    pub constraints: (),
}

/// What a constraint has come to.
#[derive(Tsify)]
pub struct ExplainedConstraint {
    /// Which one it is.
    #[tsify(type = "ConstraintName")]
    pub name: (),
    /// What it asks for, in a few words: `"at most 100 calls per hour"`.
    #[tsify(type = "string")]
    pub condition: (),
    /// Whether the call meets it. `"unknown"` if that depends on something that `context` did not tell.
    #[tsify(type = "\"met\" | \"failed\" | \"unknown\"")]
    pub verdict: (),
    /// Why the call does not meet it, in the words of the server.
    #[tsify(optional, type = "string")]
    pub reason: (),
    /// What has to be known.
    #[tsify(optional, type = "Need")]
    pub needs: (),
}

/// Whether permissions may be lent.
#[derive(Tsify)]
pub struct Coverage {
    /// Whether all of them may be.
    #[tsify(type = "boolean")]
    pub covered: (),
    /// Those that may not; only there if there are any.
    #[tsify(optional, type = "Uncovered[]")]
    pub uncovered: (),
}

/// A permission that may not be lent.
#[derive(Tsify)]
pub struct Uncovered {
    /// Where it is in the list.
    #[tsify(type = "number")]
    pub index: (),
    /// The permission: the very object that was given.
    #[tsify(type = "Permission")]
    pub permission: (),
    /// The lender's permission that comes closest: on the resource or above it, with the fewest actions missing. None if no
    /// permission is above.
    #[tsify(optional, type = "ListedPermission")]
    pub closest: (),
    /// The actions that the closest one does not have; all of them if there is none.
    #[tsify(type = "string[]")]
    pub actions: (),
    /// What is lacking, in a sentence.
    #[tsify(type = "string")]
    pub message: (),
}

/// What has changed between two lists of permissions.
#[derive(Tsify)]
pub struct Difference {
    /// Whether nothing has.
    #[tsify(type = "boolean")]
    pub same: (),
    /// Whether the permissions that stayed have another order.
    #[tsify(type = "boolean")]
    pub reordered: (),
    /// Those that are new, by their place in the later list.
    #[tsify(type = "ListedPermission[]")]
    pub added: (),
    /// Those that are gone, by their place in the earlier list.
    #[tsify(type = "ListedPermission[]")]
    pub removed: (),
    /// Those on the same resource that have other actions or constraints.
    #[tsify(type = "ChangedPermission[]")]
    pub changed: (),
}

/// What has changed in a permission.
#[derive(Tsify)]
pub struct ChangedPermission {
    /// As it was.
    #[tsify(type = "ListedPermission")]
    pub before: (),
    /// As it is.
    #[tsify(type = "ListedPermission")]
    pub after: (),
    /// The actions that came and went.
    #[tsify(type = "{ added: string[]; removed: string[] }")]
    pub actions: (),
    /// The constraints that are not the same.
    #[tsify(type = "ChangedConstraint[]")]
    pub constraints: (),
}

/// A constraint that is not the same.
#[derive(Tsify)]
#[tsify(
    type = "{ [Name in ConstraintName]: { name: Name; before?: NonNullable<PermissionConstraints[Name]>; after?: NonNullable<PermissionConstraints[Name]> } }[ConstraintName]"
)]
pub struct ChangedConstraint;

/// Something that is wrong with a permission, or not what it seems.
#[derive(Tsify)]
pub struct Finding {
    /// What it is.
    #[tsify(type = "FindingCode")]
    pub code: (),
    /// `"error"`: it cannot be meant. `"warning"`: it may do something else than it seems to. `"info"`: good to know.
    #[tsify(type = "\"error\" | \"warning\" | \"info\"")]
    pub severity: (),
    /// Which permission it is about.
    #[tsify(type = "number")]
    pub index: (),
    /// Where it is: `"[2].constraints.timeWindow"`.
    #[tsify(type = "string")]
    pub path: (),
    /// What is wrong, in a sentence.
    #[tsify(type = "string")]
    pub message: (),
    /// What to do about it.
    #[tsify(type = "string")]
    pub advice: (),
}

/// What `lint` finds.
#[derive(Tsify)]
#[tsify(
    type = "\"address-never-matches\" | \"conflicting-constraints\" | \"constraints-lost\" | \"grants-everything\" | \"ignored-constraint\" | \"ignored-segments\" | \"invalid-pattern\" | \"literal-star\" | \"no-actions\" | \"prefix-escalation\" | \"shadowed-actions\" | \"slow-pattern\" | \"unanchored-pattern\" | \"unreachable\" | \"window-malformed\" | \"window-never-open\""
)]
pub struct FindingCode;

#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const EVALUATOR: &str = include_str!("../../host/permissions/evaluator.d.ts");
