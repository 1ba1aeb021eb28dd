//! Looking at permissions: why a decision falls out as it does, what may be lent, what has changed, what is wrong.

use super::host::{Surroundings, problem};
use super::question::Question;
use super::{Made, rules};
use crate::permissions::{self, Call};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/evaluator/answers.js")]
extern "C" {
    fn explanation(json: &str, permissions: &JsValue) -> JsValue;
    fn coverage(json: &str, parent: &JsValue, child: &JsValue) -> JsValue;
    fn difference(json: &str, before: &JsValue, after: &JsValue) -> JsValue;
    fn findings(json: &str) -> JsValue;
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
    let mode = rules::mode(context, "context")?;
    let list = rules::permissions(permissions, "permissions")?;
    let question = Question::new(request, context, mode)?;
    let (action, resource, pairs) = (question.action(), question.resource(), question.pairs()?);
    let arguments: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let call = Call { agent: "", action: &action, resource: &resource, arguments: &arguments };
    let agent = question.agent_name();
    let json = permissions::explain(mode, &list, agent.as_deref(), &call, &mut Surroundings(&question));
    Ok(explanation(&json, permissions))
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
) -> Made {
    let json = permissions::coverage(&rules::one_or_more(parent, "parent")?, &rules::one_or_more(child, "child")?);
    Ok(coverage(&json, parent, child))
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
) -> Made {
    let json = permissions::diff(&rules::permissions(before, "before")?, &rules::permissions(after, "after")?);
    Ok(difference(&json, before, after))
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
pub fn lint(#[wasm_bindgen(unchecked_param_type = "readonly PermissionInput[]")] permissions: &JsValue) -> Made {
    let list = rules::permissions(permissions, "permissions")?;
    Ok(findings(&permissions::lint(&list, problem)))
}
