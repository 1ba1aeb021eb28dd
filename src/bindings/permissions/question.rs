//! Questions, which JavaScript reads and checks (`question.js`).

use crate::permissions::Mode;
use crate::permissions::pattern::STEPS;
use js_sys::Array;
use wasm_bindgen::prelude::*;

// Reading these cannot fail by itself, but hosts throw anywhere where their stack ends; nothing may be thrown across a call.
#[wasm_bindgen(module = "/src/host/permissions/question.js")]
extern "C" {
    /// A request and its context.
    pub type Question;
    #[wasm_bindgen(constructor, catch)]
    fn ask(request: &JsValue, context: &JsValue, mode: &str) -> Result<Question, JsValue>;
    /// The action.
    #[wasm_bindgen(method, getter, catch)]
    pub fn action(this: &Question) -> Result<String, JsValue>;
    /// The resource.
    #[wasm_bindgen(method, getter, catch)]
    pub fn resource(this: &Question) -> Result<String, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn arguments(this: &Question) -> Result<Option<Array>, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn size(this: &Question) -> Result<f64, JsValue>;
    /// The agent's name, if it is known.
    #[wasm_bindgen(method, getter, catch, js_name = agentName)]
    pub fn agent_name(this: &Question) -> Result<Option<String>, JsValue>;
    /// The caller's address, empty if there is none; if that is known.
    #[wasm_bindgen(method, getter, catch)]
    pub fn address(this: &Question) -> Result<Option<String>, JsValue>;
    /// How many calls are counted, if that is known.
    #[wasm_bindgen(method, getter, catch)]
    pub fn calls(this: &Question) -> Result<Option<f64>, JsValue>;
    /// The time of day, in the server's time zone, or UTC where that is meant; if it is known.
    #[wasm_bindgen(method, getter, catch, js_name = timeOfDay)]
    pub fn time_of_day(this: &Question) -> Result<Option<String>, JsValue>;
}

impl Question {
    /// Checks a request and its context.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, as a JavaScript error.
    pub fn new(request: &JsValue, context: &JsValue, mode: Mode) -> Result<Self, JsValue> {
        Self::ask(request, context, mode.name())
    }

    /// Whether the arguments are longer than a decision has steps. Then they stay where they are.
    ///
    /// # Errors
    /// What the host throws.
    pub fn is_too_long(&self) -> Result<bool, JsValue> {
        Ok(self.size()? > f64::from(STEPS))
    }

    /// The string arguments; `None` if the request has no arguments. None of them if they are too long.
    ///
    /// # Errors
    /// What the host throws.
    pub fn pairs(&self) -> Result<Option<Vec<(String, String)>>, JsValue> {
        if self.is_too_long()? {
            return Ok(Some(Vec::new()));
        }
        let Some(flat) = self.arguments()? else { return Ok(None) };
        let text = |index| flat.get(index).as_string().unwrap_or_default();
        Ok(Some((0..flat.length() / 2).map(|pair| (text(2 * pair), text(2 * pair + 1))).collect()))
    }
}

/// Pairs, borrowed.
pub fn borrowed(pairs: &Option<Vec<(String, String)>>) -> Option<Vec<(&str, &str)>> {
    pairs.as_ref().map(|pairs| pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect())
}
