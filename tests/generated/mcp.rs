//! `mcp.js`: the messages and refusals of the guard of MCP servers. `mcp-client.js`: what the client of such servers knows.

use super::head;
use kavachos_wasm::mcp::{
    Answer, BATCH_VERSIONS, CALL, ClientFailure, LIST, NOTIFICATIONS, OAUTH_ERRORS, REQUESTS, Refusal,
};
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

pub fn client_text() -> String {
    let errors: String = OAUTH_ERRORS.iter().map(|(name, error)| format!("  {name}: {},\n", *error as u8)).collect();
    let failures: String = ClientFailure::ALL
        .iter()
        .map(|failure| {
            let (code, sentence) = failure.told();
            format!(
                "export const {} = [{}, {}];\n",
                failure.name().to_uppercase().replace('-', "_"),
                json!(code.name()),
                json!(sentence)
            )
        })
        .collect();
    format!(
        "{}\n/**\n * What an error of OAuth means for the credentials: 0 that they are of no further use, 1 that the server may answer otherwise \
         later,\n * 2 that the server does not know the client.\n *\n * @type {{Record<string, number>}}\n */\n\
         export const OAUTH_ERRORS = {{\n{errors}}};\n\n\
         // What the client reports: an error code and a sentence.\n{failures}",
        head("what the client of MCP servers knows of OAuth, and its errors, out of src/mcp."),
    )
}
