//! `session.js`: what both sides know of the sessions of people.

use super::head;
use kavachos_wasm::session::{Effects, Event, Facts, Phase, Reason, Step};
use serde_json::json;

pub fn text() -> String {
    let number = |prefix: &str, name: &str, number: u32| format!("export const {prefix}_{name} = {number};\n");
    let numbered = |prefix: &'static str, names: &'static [&'static str]| {
        names.iter().enumerate().map(move |(index, name)| number(prefix, name, index as u32))
    };
    let flags = |prefix: &'static str, names: &'static [(&'static str, u32)]| {
        names.iter().map(move |(name, flag)| number(prefix, name, *flag))
    };
    let numbers: String = numbered("PHASE", &Phase::NAMES)
        .chain(numbered("OUT", &Reason::NAMES))
        .chain(numbered("EVENT", Event::NAMES))
        .chain(flags("FACT", Facts::NAMES))
        .chain(flags("EFFECT", Effects::NAMES))
        .collect();
    let parts: String = Step::PARTS
        .iter()
        .map(|(name, first, bits)| {
            let mask = (1u32 << bits) - 1;
            format!(
                "/** The part `{name}` of a state. @param {{number}} state @returns {{number}} */\n\
                 export const {name}Of = (state) => (state >>> {first}) & {mask};\n"
            )
        })
        .collect();
    format!(
        "{}\n{numbers}\n{parts}\n// The words for phases and reasons, by their numbers.\n\
         export const PHASES = {};\nexport const REASONS = {};\n",
        head("the numbers of people's sessions, out of src/session."),
        json!(Phase::WORDS),
        json!(Reason::WORDS)
    )
}
