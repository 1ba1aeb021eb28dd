//! `guard.js`: how refusals look, and which denials mean which.

use super::head;
use kavachos_wasm::guard::{NOT_ALLOWED, Problem, Said, TOKEN_ONLY};
use serde_json::json;

/// What a reason must match, as the source of a regular expression.
fn alternative(said: &Said) -> String {
    match said {
        Said::Starts(start) => (*start).to_owned(),
        Said::Is(sentence) => format!("{sentence}$"),
        Said::Around(start, middle, words) => format!("{start}.*{middle}(?:{})$", words.join("|")),
    }
}

pub fn text() -> String {
    let said = Problem::ALL.iter().map(|problem| problem.row()).filter(|row| !row.said.is_empty());
    let reasons: String = said
        .map(|row| {
            let all: Vec<String> = row.said.iter().map(alternative).collect();
            assert!(all.iter().all(|source| !source.contains(['/', '\\', '+', '[', '\n'])), "{all:?} need escapes");
            let pattern = match &all[..] {
                [one] => format!("/^{one}/"),
                several => format!("/^(?:{})/s", several.join("|")),
            };
            format!("  [{}, {pattern}],\n", json!(row.name))
        })
        .collect();
    let rows = Problem::ALL.iter().map(|problem| problem.row());
    let odd = rows.filter(|row| (row.status, row.title, row.error) != (403, NOT_ALLOWED, None));
    let problems: String = odd
        .map(|row| {
            let title = if row.title == NOT_ALLOWED { "NOT_ALLOWED".to_owned() } else { json!(row.title).to_string() };
            let error = row.error.map(|error| format!(", {}", json!(error))).unwrap_or_default();
            format!("  {}: [{}, {title}{error}],\n", json!(row.name), row.status)
        })
        .collect();
    let (action, resource) = TOKEN_ONLY;
    let sections = [
        format!(
            "// The kinds of denials, and the reasons that mean them.\n/** @type {{[kind: string, reason: RegExp][]}} */\nexport const REASONS = [\n{reasons}];\n"
        ),
        format!(
            "// The title of every problem that is not below. Its status is 403.\nexport const NOT_ALLOWED = {};\n",
            json!(NOT_ALLOWED)
        ),
        format!(
            "// The other problems: status, title, and the error code (RFC 6750) where another token would help.\n/** @type {{Record<string, [status: number, title: string, code?: string]>}} */\nexport const PROBLEMS = {{\n{problems}}};\n"
        ),
        format!(
            "// What stands for \"is this token valid?\", because the server has no route for that. Usually no permission grants it: that denial\n// shows that the token is valid.\nexport const TOKEN_ONLY = Object.freeze({{ action: {}, resource: {} }});\n",
            json!(action),
            json!(resource)
        ),
    ];
    format!("{}\n{}", head("why the guard refuses, and how its refusals look, out of src/guard."), sections.join("\n"))
}
