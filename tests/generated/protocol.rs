//! `protocol.js`, `failures.js`, `error-codes.d.ts`: the numbers and words that both sides know.

use super::{constant, head};
use kavachos_wasm::http::{
    Action, Dialect, ErrorCode, Facts, FailureReason, Form, MAX_REDIRECTS, Memory, RedirectFacts, Step, Traits,
    UserChange, Verdict,
};
use kavachos_wasm::schema::Schema;
use serde_json::json;

/// The kinds of schemas that JavaScript tells apart.
const KINDS: [Schema; 25] = [
    Schema::Text,
    Schema::Id,
    Schema::Word,
    Schema::Flag,
    Schema::Number,
    Schema::Count,
    Schema::Moment,
    Schema::Map,
    Schema::List(&Schema::Text),
    Schema::Object(&[]),
    Schema::Function,
    Schema::Signal,
    Schema::Duration,
    Schema::Token,
    Schema::Choice(&[], ""),
    Schema::Headers,
    Schema::Url,
    Schema::Repeats,
    Schema::Instance,
    Schema::FlagOrNames,
    Schema::Init,
    Schema::PathId,
    Schema::Bearer,
    Schema::Path,
    Schema::Json,
];

/// Every constant with its number.
pub fn constants() -> Vec<(String, u32)> {
    let mut all = Vec::new();
    let mut add = |prefix: &str, name: &str, number: u32| all.push((format!("{prefix}_{name}"), number));
    for kind in &KINDS {
        let name = format!("{kind:?}");
        add("KIND", &constant(name.split('(').next().unwrap_or_default()), kind.kind());
    }
    for (number, name) in ["ID", "BODY", "QUERY", "TOKEN", "OPTIONAL_TOKEN"].iter().enumerate() {
        add("ARGUMENT", name, number as u32);
    }
    for (number, name) in ["REASON", "NEST", "COPY", "TOKEN", "UNWRAP", "WRAP"].iter().enumerate() {
        add("REPAIR", name, number as u32);
    }
    for (form, name) in Form::NAMES {
        add("FORM", name, form as u32);
    }
    for (number, name) in Action::NAMES.iter().enumerate() {
        add("ACTION", name, number as u32);
    }
    for (name, number) in Facts::NAMES {
        add("FACT", name, *number);
    }
    for (name, memory) in [
        ("AUTO", Memory::new(None, false)),
        ("SDK", Memory::new(Some(Dialect::Sdk), false)),
        ("ADAPTER", Memory::new(Some(Dialect::Adapter), false)),
        ("AUTH_URL", Memory::new(None, true)),
    ] {
        add("MEMORY", name, memory.pack());
    }
    for (name, number) in UserChange::NAMES {
        add("CHANGE", name, number);
    }
    add("VERDICT", "APPLIED", Verdict::Applied as u32);
    add("VERDICT", "LOOK_UP_ANOTHER", Verdict::LookUpAnother as u32);
    for (name, number) in RedirectFacts::NAMES {
        add("REDIRECT", name, *number);
    }
    for (name, number) in
        Traits::NAMES.iter().filter(|(name, _)| ["AUTH", "RAW", "RETRY_DECISION", "RETRY_NEVER_TWICE"].contains(name))
    {
        add("TRAIT", name, *number);
    }
    all
}

pub fn numbers() -> String {
    let constants: String =
        constants().iter().map(|(name, number)| format!("export const {name} = {number};\n")).collect();
    let parts: String = Step::PARTS
        .iter()
        .filter(|(name, ..)| *name != "asked")
        .map(|(name, first, bits)| {
            let mask = (1u32 << bits) - 1;
            format!(
                "/** The part `{name}` of a step. @param {{number}} step @returns {{number}} */\n\
                 export const {name}Of = (step) => (step >>> {first}) & {mask};\n"
            )
        })
        .collect();
    format!(
        "{}\n{constants}\nexport const MAX_REDIRECTS = {MAX_REDIRECTS};\n\n{parts}",
        head("the numbers that Rust and JavaScript both know.")
    )
}

pub fn failures() -> String {
    let rows: String = FailureReason::ALL
        .iter()
        .map(|reason| {
            let row = json!([reason.class().name(), reason.code().name(), reason.message(), reason.is_transient()]);
            format!("  {row},\n")
        })
        .collect();
    let names: String = FailureReason::ALL
        .iter()
        .map(|reason| format!("export const {} = {};\n", constant(reason.name()), *reason as u32))
        .collect();
    format!(
        "{}\n/**\n * The class, the code and the sentence of each reason, and whether another attempt can help.\n *\n \
         * @type {{[keyof typeof import(\"../src/host/errors/errors.js\").CLASSES, string, string, boolean][]}}\n */\n\
         export const FAILURES = [\n{rows}];\n\n{names}",
        head("why calls fail, out of src/http/failure_reason.rs.")
    )
}

pub fn error_codes() -> String {
    let explained: String = ErrorCode::ALL
        .iter()
        .filter(|(_, about)| !about.is_empty())
        .map(|(code, about)| {
            let line = format!(" * - `{}`: {about}", code.name());
            format!("{line}\n")
        })
        .collect();
    let defaults: Vec<_> = ErrorCode::ALL
        .iter()
        .filter(|(_, about)| about.is_empty())
        .map(|(code, _)| format!("`{}`", code.name()))
        .collect();
    let mut names: Vec<_> = ErrorCode::ALL.iter().map(|(code, _)| code.name()).collect();
    names.sort_unstable();
    let union: String = names.iter().map(|name| format!("\n    | \"{name}\"")).collect();
    format!(
        "/**\n * The error codes that this package sets. Any other code comes from the server.\n *\n{explained} * - {}: the \
         defaults of errors that are made by hand\n */\nexport type KavachErrorCode ={union};\n",
        defaults.join(", ")
    )
}
