//! Deciding without asking the server: the functions of the entry `kavachos-wasm/permissions`.
//!
//! They are the boundary of [`crate::permissions`], and compile to a module of their own (feature `permissions`), for which
//! nobody pays who does not import it.

mod advice;
mod engine;
mod host;
mod question;
mod rules;
mod types;

use crate::permissions::NO_GRANT;
use engine::Engine;
use js_sys::Array;
use rules::{Kind, Options};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/permissions/evaluator.js")]
extern "C" {
    type Evaluator;
    #[wasm_bindgen(constructor, catch)]
    fn new(engine: Engine, rules: Array, mode: &str, memory: JsValue, words: Array) -> Result<Evaluator, JsValue>;
    #[wasm_bindgen(js_name = decideOnce, catch)]
    fn decide_once(
        engine: Engine,
        rules: Array,
        mode: &str,
        memory: JsValue,
        words: Array,
        request: &JsValue,
        context: &JsValue,
    ) -> Result<JsValue, JsValue>;
}

type Made = Result<JsValue, JsValue>;

/// Decides here, without a request, whether permissions allow a call.
///
/// Returns the decision that the server would make, with its reason word for word, as far as it can be known: the first
/// permission that matches decides, and the constraints are looked at in the server's order. What only the server knows is
/// never guessed: `needs` then names what `context` has to tell, and `allowed` is `false`. A constraint that fails denies
/// even if something is not known about another. Neither an audit entry is written nor a call counted.
///
/// A pattern that is no regular expression, of which the server answers 500, denies with the host's message as the reason.
/// Patterns are matched in linear time, and within one budget for the whole decision: what takes more steps denies, and so
/// does a pattern with a backreference. All of these name `allowedArgPatterns` as the constraint.
///
/// The request is looked at as it would be sent. What JSON would change or drop is `INVALID_ARGUMENT`, and so are members of
/// permissions and constraints that are not known, unless `context.allowUnknown` lets them through: then the permission that
/// has one cannot be decided, and `needs` names it.
///
/// With `mode: "strict"` permissions are read as the public documentation has it; the README lists the differences.
/// Throws `INVALID_ARGUMENT` for arguments of another form: `permissions[1].actions must be an array of strings`.
///
/// ```ts
/// const decision = evaluate(agent.permissions, { action: "read", resource: "mcp:github:repos" });
/// if (!decision.allowed) console.log(decision.reason);
/// ```
#[wasm_bindgen(unchecked_return_type = "Decision")]
pub fn evaluate(
    #[wasm_bindgen(unchecked_param_type = "readonly PermissionInput[]")] permissions: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "AuthorizeRequest")] request: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "EvaluationContext | null")] context: &JsValue,
) -> Made {
    let options = Options(context, Kind::Context);
    let mode = options.mode()?;
    let rules = options.permissions(permissions, "permissions")?;
    let list = rules.list.clone();
    decide_once(Engine::new(mode, rules), list, mode.name(), wasm_bindgen::memory(), words(), request, context)
}

/// Prepares permissions for many questions: in a hot loop, at the edge.
///
/// Returns an evaluator that decides as `evaluate` does, in a fraction of a microsecond whatever their number. It keeps the
/// permissions as they are now. Throws `INVALID_ARGUMENT` as `evaluate` does.
///
/// ```ts
/// const evaluator = compile(agent.permissions);
/// const readable = names.filter((name) => evaluator.allows("read", `mcp:github:${name}`));
/// ```
#[wasm_bindgen(unchecked_return_type = "Evaluator")]
pub fn compile(
    #[wasm_bindgen(unchecked_param_type = "readonly PermissionInput[]")] permissions: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CompileOptions | null")] options: &JsValue,
) -> Made {
    let options = Options(options, Kind::Compile);
    let mode = options.mode()?;
    let rules = options.permissions(permissions, "permissions")?;
    let list = rules.list.clone();
    Ok(Evaluator::new(Engine::new(mode, rules), list, mode.name(), wasm_bindgen::memory(), words())?.into())
}

/// The words of the reason where no permission matches.
fn words() -> Array {
    NO_GRANT.into_iter().map(JsValue::from_str).collect()
}
