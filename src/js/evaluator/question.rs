//! Questions, which JavaScript reads and checks (`question.js`).

use crate::permissions::Mode;
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/evaluator/question.js")]
extern "C" {
    /// A request and its context.
    pub type Question;
    #[wasm_bindgen(constructor, catch)]
    fn ask(request: &JsValue, context: &JsValue, mode: &str) -> Result<Question, JsValue>;
    /// The action.
    #[wasm_bindgen(method, getter)]
    pub fn action(this: &Question) -> String;
    /// The resource.
    #[wasm_bindgen(method, getter)]
    pub fn resource(this: &Question) -> String;
    #[wasm_bindgen(method, getter, catch)]
    fn arguments(this: &Question) -> Result<Array, JsValue>;
    /// The agent's name, if it is known.
    #[wasm_bindgen(method, getter, js_name = agentName)]
    pub fn agent_name(this: &Question) -> Option<String>;
    /// The caller's address, if there is one.
    #[wasm_bindgen(method, getter)]
    pub fn ip(this: &Question) -> Option<String>;
    /// Whether it is known what the address is, or that the server does not know it.
    #[wasm_bindgen(method, getter, js_name = knowsIp)]
    pub fn knows_ip(this: &Question) -> bool;
    /// How many calls are counted, if that is known.
    #[wasm_bindgen(method, getter)]
    pub fn calls(this: &Question) -> Option<f64>;
    /// Whether the time of day is known: in the server's time zone, or UTC where that is meant.
    #[wasm_bindgen(method, getter, js_name = knowsTime)]
    pub fn knows_time(this: &Question) -> bool;
    /// The time of day, if it is known.
    #[wasm_bindgen(method, getter, js_name = timeOfDay)]
    pub fn time_of_day(this: &Question) -> String;
}

impl Question {
    /// Checks a request and its context.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, as a JavaScript error.
    pub fn new(request: &JsValue, context: &JsValue, mode: Mode) -> Result<Self, JsValue> {
        Self::ask(request, context, mode.name())
    }

    /// The string arguments.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, as a JavaScript error.
    pub fn pairs(&self) -> Result<Vec<(String, String)>, JsValue> {
        let flat = self.arguments()?;
        let text = |index| flat.get(index).as_string().unwrap_or_default();
        Ok((0..flat.length() / 2).map(|pair| (text(2 * pair), text(2 * pair + 1))).collect())
    }
}
