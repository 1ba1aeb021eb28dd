//! `webhooks.js` and `webhook-events.d.ts`: what both sides know of webhooks.

use super::head;
use kavachos_wasm::webhooks::{
    AHEAD, B, C, EVENT_HEADER, SCHEMES, SIGNATURE_HEADER, STREAM_EVENTS, TIMESTAMP_HEADER, TOLERANCE,
};
use serde_json::json;

pub fn text() -> String {
    let header = |name: &str, header: &str| format!("export const {name} = {};\n", json!(header));
    let deliveries = [("DELIVERY_HEADER_B", &B), ("DELIVERY_HEADER_C", &C)]
        .map(|(name, scheme)| header(name, scheme.delivery_header.unwrap_or_default()));
    format!(
        "{}\n{}{}{}{}\n// In seconds.\nexport const TOLERANCE = {TOLERANCE};\nexport const AHEAD = {AHEAD};\n",
        head("what is known of webhooks, out of src/webhooks."),
        header("SIGNATURE_HEADER", SIGNATURE_HEADER),
        header("TIMESTAMP_HEADER", TIMESTAMP_HEADER),
        header("EVENT_HEADER", EVENT_HEADER),
        deliveries.concat()
    )
}

fn union(name: &str, about: &str, words: &[&str]) -> String {
    let words: String = words.iter().map(|word| format!("  | {}\n", json!(word))).collect();
    format!("\n/** {about} */\nexport type {name} =\n  {};\n", words.trim())
}

pub fn declarations() -> String {
    let schemes: String = SCHEMES
        .iter()
        .map(|scheme| {
            let about = format!("The events of webhooks in scheme {}.", scheme.name);
            union(&format!("WebhookEventType{}", scheme.name), &about, scheme.events)
        })
        .collect();
    format!("{}{schemes}", head("the events of webhooks, out of src/webhooks."))
}

pub fn stream_declarations() -> String {
    let stream = union("StreamEventType", "The events of the event stream.", STREAM_EVENTS);
    format!("{}{stream}", head("the events of the event stream, out of src/webhooks."))
}
