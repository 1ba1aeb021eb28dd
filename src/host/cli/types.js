// `npx kavachos-wasm types policy.json`: the actions and resources of a policy, as TypeScript types.
// Node.js runs this file as it is; it imports nothing.

/**
 * The types of a policy: a list of permissions, or an object whose members are such lists, at any depth.
 *
 * @param {unknown} policy
 * @param {string} [from] where it comes from, for the first line
 * @returns {string} a module
 * @throws {Error} that names what is wrong
 */
export function policyTypes(policy, from = "a policy") {
  /** @type {Set<string>} */
  const actions = new Set();
  /** @type {Set<string>} */
  const resources = new Set();
  const found = collect(policy, "policy", actions, resources, 0);
  if (found === 0) throw new Error("policy must have at least one permission { resource, actions }");
  return [
    `// Written by \`npx kavachos-wasm types\` from ${from.replaceAll(/[\r\n\u2028\u2029]/g, " ")}. Do not edit.`,
    "",
    `export type Action = ${union(actions)};`,
    `export type Resource = ${union(resources)};`,
    "/** For `KavachClient<PolicyVocabulary>`. */",
    "export interface PolicyVocabulary {",
    "  actions: Action;",
    "  resources: Resource;",
    "}",
    "",
  ].join("\n");
}

const DEEPEST = 16;

/**
 * @param {any} value
 * @param {string} path
 * @param {Set<string>} actions
 * @param {Set<string>} resources
 * @param {number} depth
 * @returns {number} how many permissions there are
 */
function collect(value, path, actions, resources, depth) {
  if (typeof value !== "object" || value === null || depth > DEEPEST)
    throw new Error(`${path} must be a permission, a list of permissions, or an object of such lists`);
  if (Array.isArray(value))
    return value.reduce(
      (sum, item, index) => sum + collect(item, `${path}[${index}]`, actions, resources, depth + 1),
      0,
    );
  if (!Object.hasOwn(value, "resource") && !Object.hasOwn(value, "actions"))
    return Object.entries(value).reduce(
      (sum, [name, item]) => sum + collect(item, `${path}.${name}`, actions, resources, depth + 1),
      0,
    );
  const { resource, actions: words } = value;
  if (typeof resource !== "string" || resource === "") throw new Error(`${path}.resource must be a non-empty string`);
  if (!Array.isArray(words) || !words.every((word) => typeof word === "string"))
    throw new Error(`${path}.actions must be an array of strings`);
  for (const word of words) actions.add(word === "*" ? "string" : JSON.stringify(word));
  for (const type of resourceTypes(resource)) resources.add(type);
  return 1;
}

/** A `*` segment covers the whole rest, including nothing. @param {string} pattern */
function resourceTypes(pattern) {
  const segments = pattern.split(":");
  const star = segments.indexOf("*");
  if (star < 0) return [JSON.stringify(pattern)];
  if (star === 0) return ["string"];
  const stem = segments.slice(0, star).join(":");
  return [JSON.stringify(stem), `\`${stem.replaceAll(/[\\`$]/g, "\\$&")}:\${string}\``];
}

/** @param {Set<string>} types */
function union(types) {
  if (types.has("string")) return "string";
  return types.size === 0 ? "never" : [...types].sort().join(" | ");
}

/**
 * Runs the command.
 *
 * @param {string[]} args the policy file, and optionally `--out FILE`
 * @param {{ readFile(file: string): string, writeFile(file: string, text: string): void, print(text: string): void, fail(text: string): void }} host
 * @returns {number} the exit code
 */
export function typesCommand(args, { readFile, writeFile, print, fail }) {
  const [file, flag, out, ...rest] = args;
  if (!file || file.startsWith("-") || rest.length > 0 || (flag !== undefined && (flag !== "--out" || !out))) {
    fail("usage: kavachos-wasm types <policy.json> [--out <file.ts>]");
    return 2;
  }
  try {
    const text = policyTypes(JSON.parse(readFile(file)), file);
    if (out) writeFile(out, text);
    else print(text);
    return 0;
  } catch (error) {
    fail(`${file}: ${/** @type {Error} */ (error).message}`);
    return 1;
  }
}
