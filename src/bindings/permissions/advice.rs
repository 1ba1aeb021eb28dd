//! Looking at permissions: why a decision falls out as it does, what may be lent, what has changed, what is wrong.

use super::Made;
use super::host::{Surroundings, problem};
use super::question::{Question, borrowed};
use super::rules::{Kind, Options};
use crate::permissions::{self, Call};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/permissions/answers.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn explanation(json: &str, permissions: &Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    fn coverage(json: &str, parents: &Array, children: &Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    fn difference(json: &str, before: &Array, after: &Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    fn findings(json: &str) -> Result<JsValue, JsValue>;
}

/// Explains a decision: for each permission whether it matched or why not, and for each of its constraints the verdict.
///
/// Takes what `evaluate` takes, and decides alike. Returns plain data, made for a user interface; its `text` is the same
/// for people, in lines. Constraints are judged for every permission that matches, also where another one decides.
///
/// ```ts
/// console.log(explain(agent.permissions, { action: "read", resource: "mcp:github:repos" }).text);
/// ```
#[wasm_bindgen(unchecked_return_type = "Explanation")]
pub fn explain(
    #[wasm_bindgen(unchecked_param_type = "readonly PermissionInput[]")] permissions: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "AuthorizeRequest")] request: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "EvaluationContext | null")] context: &JsValue,
) -> Made {
    let options = Options(context, Kind::Context);
    let mode = options.mode()?;
    let rules = options.permissions(permissions, "permissions")?;
    let question = Question::new(request, context, mode)?;
    let (action, resource, pairs) = (question.action()?, question.resource()?, question.pairs()?);
    let (agent, arguments) = (question.agent_name()?, borrowed(&pairs));
    let call = Call { agent: "", action: &action, resource: &resource, arguments: arguments.as_deref() };
    let mut surroundings = Surroundings::new(&question)?;
    let json =
        permissions::explain(mode, &rules.permissions, &rules.unknown, agent.as_deref(), &call, &mut surroundings);
    explanation(&json, &rules.list)
}

/// Whether an agent with the permissions `parent` may lend `child` to another: the server's rule, without asking it.
///
/// Each permission of `child` must be covered by a single one of `parent`: its resource equal or below, and every action
/// held. Constraints play no part, and are lost. Returns what is not covered, with what is lacking. Ask before
/// `delegation.create`: servers of the `adapter` dialect answer 500 where this says no.
///
/// ```ts
/// const { covered, uncovered } = covers(lender.permissions, [read("mcp:github:repos")]);
/// ```
#[wasm_bindgen(unchecked_return_type = "Coverage")]
pub fn covers(
    #[wasm_bindgen(unchecked_param_type = "PermissionInput | readonly PermissionInput[]")] parent: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "PermissionInput | readonly PermissionInput[]")] child: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReadingOptions | null")] options: &JsValue,
) -> Made {
    let options = Options(options, Kind::Reading);
    options.mode()?;
    let (parents, children) = (options.one_or_more(parent, "parent")?, options.one_or_more(child, "child")?);
    let json = permissions::coverage(&parents.permissions, &children.permissions);
    coverage(&json, &parents.list, &children.list)
}

/// What has changed from one list of permissions to another: for a review, before `agents.update`.
///
/// Permissions on the same resource are compared with each other; the order of actions does not matter. `reordered` says
/// that those that stayed have another order: since the first that matches decides, that may change decisions.
///
/// ```ts
/// const { added, removed, changed } = diff(agent.permissions, wanted);
/// ```
#[wasm_bindgen(unchecked_return_type = "Difference")]
pub fn diff(
    #[wasm_bindgen(unchecked_param_type = "readonly PermissionInput[]")] before: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "readonly PermissionInput[]")] after: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReadingOptions | null")] options: &JsValue,
) -> Made {
    let options = Options(options, Kind::Reading);
    options.mode()?;
    let (before, after) = (options.permissions(before, "before")?, options.permissions(after, "after")?);
    let json = permissions::diff(before.listed(), after.listed());
    difference(&json, &before.list, &after.list)
}

/// Looks for what is wrong with permissions, or not what it seems, on a running server.
///
/// Returns the findings in the order of the permissions, each with a `code` for programs, a message and advice; an empty
/// array if there are none. The README lists the codes.
///
/// ```ts
/// const errors = lint(permissions).filter(({ severity }) => severity === "error");
/// ```
#[wasm_bindgen(unchecked_return_type = "Finding[]")]
pub fn lint(
    #[wasm_bindgen(unchecked_param_type = "readonly PermissionInput[]")] permissions: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReadingOptions | null")] options: &JsValue,
) -> Made {
    let options = Options(options, Kind::Reading);
    options.mode()?;
    let rules = options.permissions(permissions, "permissions")?;
    findings(&permissions::lint(&rules.permissions, problem))
}
