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

use crate::permissions::{Mode, NO_GRANT};
use engine::Engine;
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/evaluator/evaluator.js")]
extern "C" {
    type Evaluator;
    #[wasm_bindgen(constructor)]
    fn new(engine: Engine, rules: Array, mode: &str, memory: JsValue, words: Array) -> Evaluator;
    #[wasm_bindgen(method, catch)]
    fn evaluate(this: &Evaluator, request: &JsValue, context: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn free(this: &Evaluator);
}

// What those import: declaring one of its functions is what takes a module along.
#[wasm_bindgen(module = "/src/js/invalid.js")]
#[allow(dead_code)]
extern "C" {
    fn invalid();
}
#[wasm_bindgen(module = "/src/js/errors.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = KavachError)]
    fn kavach_error();
}

type Made = Result<JsValue, JsValue>;

/// Decides here, without a request, whether permissions allow a call.
///
/// Returns the decision that the server would make, with its reason word for word, as far as it can be known: the first
/// permission that matches decides, and the constraints are looked at in the server's order. What only the server knows is
/// never guessed: `needs` then names what `context` has to tell, and `allowed` is `false`. A constraint that fails denies
/// even if something is not known about another. Neither an audit entry is written nor a call counted.
///
/// A pattern that is no regular expression, of which the server answers 500, denies with the host's message as the reason;
/// so does one that could take too long on the value at hand. Both name `allowedArgPatterns` as the constraint.
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
    let evaluator = evaluator(permissions, rules::mode(context, "context")?)?;
    let decision = evaluator.evaluate(request, context);
    evaluator.free();
    decision
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
    Ok(evaluator(permissions, rules::mode(options, "options")?)?.into())
}

fn evaluator(permissions: &JsValue, mode: Mode) -> Result<Evaluator, JsValue> {
    let read = rules::permissions(permissions, "permissions")?;
    let words = NO_GRANT.into_iter().map(JsValue::from_str).collect();
    // A list of its own: what is added to the caller's later is none of ours.
    let list = Array::from(permissions);
    Ok(Evaluator::new(Engine::new(mode, read), list, mode.name(), wasm_bindgen::memory(), words))
}
