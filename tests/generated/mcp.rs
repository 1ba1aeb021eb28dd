//! `mcp.js`: the messages and refusals of the guard of MCP servers.

use super::head;
use kavachos_wasm::mcp::{Answer, BATCH_VERSIONS, CALL, LIST, NOTIFICATIONS, REQUESTS, Refusal};
use serde_json::json;

pub fn text() -> String {
    let list = |about: &str, name: &str, words: &[&str]| {
        let words = json!(words).to_string().replace(',', ", ");
        format!("\n// {about}\nexport const {name} = {words};\n")
    };
    let refusals: String = Refusal::ALL
        .iter()
        .map(|refusal| {
            let Answer { status, code, text, challenge } = refusal.answer();
            let challenge = challenge.map_or(String::new(), |error| format!(", {}", json!(error)));
            format!("  {}: [{status}, {code}, {}{challenge}],\n", json!(refusal.name()), json!(text))
        })
        .collect();
    format!(
        "{}\nexport const CALL = {};\nexport const LIST = {};\n{}{}{}\n\
         /**\n * Why a request is not forwarded: status, JSON-RPC code, what to say, and the error of the challenge if there is one.\n *\n \
         * @type {{Record<string, [status: number, code: number, text: string, challenge?: string]>}}\n */\n\
         export const REFUSALS = {{\n{refusals}}};\n",
        head("the messages and refusals of the guard of MCP servers, out of src/mcp."),
        json!(CALL),
        json!(LIST),
        list("Requests for which a valid token is enough.", "REQUESTS", &REQUESTS),
        list("Notifications, for which a valid token is enough.", "NOTIFICATIONS", &NOTIFICATIONS),
        list("The versions that have batches.", "BATCH_VERSIONS", &BATCH_VERSIONS),
    )
}
