// Turns a call of the tour and its result into text.

// The source of `() => kavach.agents.get("x")`, without the arrow and the indentation it had in its file.
export function sourceOf(call) {
  const source = call.toString().replace(/^\(\) =>\s*/, "");
  const lines = source.split("\n");
  const indents = lines.slice(1).map((line) => line.match(/^ */)[0].length);
  const indent = Math.min(...indents, 40);
  return lines.map((line, index) => (index === 0 ? line : line.slice(indent))).join("\n");
}

// Tokens are shortened: a transcript ends up in terminals, logs and screenshots.
export function resultOf(value) {
  if (value === undefined) return "undefined";
  if (typeof value === "string") return excerpt(value);
  return JSON.stringify(value, (key, member) => (key === "token" && member ? `${member.slice(0, 7)}…` : member), 2);
}

export function errorOf(error) {
  const status = error.statusCode === undefined ? "" : `, HTTP ${error.statusCode}`;
  return `${error.name} (code ${error.code}${status}): ${error.message}`;
}

function excerpt(text) {
  const lines = text.trimEnd().split("\n");
  const rest = lines.length > 4 ? [`… ${lines.length - 4} more lines`] : [];
  return [...lines.slice(0, 4), ...rest].join("\n");
}
