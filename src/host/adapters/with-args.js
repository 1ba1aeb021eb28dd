// Functions of rules and options receive what handlers of the framework receive, and not a web request.

/**
 * What the guard reads of a request, with the arguments for functions.
 *
 * @typedef {{ args: readonly any[] }} View
 */

/** The options that are functions of a request, which is their last argument. */
const OF_REQUESTS = ["cors", "permissions", "onRefusal"];

/**
 * @param {any} given a function whose last argument is a view, or any other value
 * @returns {any}
 */
export const withArgs = (given) =>
  typeof given === "function"
    ? (/** @type {any[]} */ ...all) => given(...all.slice(0, -1), .../** @type {View} */ (all.at(-1)).args)
    : given;

/** @type {(kavach: any, ...args: any[]) => any} */
export const resolved = (kavach, ...args) => (typeof kavach === "function" ? kavach(...args) : kavach);

/**
 * @param {any} rule
 * @returns {any}
 */
export function ruleWithArgs(rule) {
  if (typeof rule !== "function") return partsWithArgs(rule);
  const find = withArgs(rule);
  return async (/** @type {View} */ view) => partsWithArgs(await find(view));
}

/** @type {(options: any) => any} */
export const optionsWithArgs = (options) => partsWithArgs(options, OF_REQUESTS);

/**
 * An object without functions stays as it is: it may be a `Response`.
 *
 * @param {any} parts
 * @param {readonly string[]} [names] of the functions that are meant
 */
function partsWithArgs(parts, names) {
  let changed = parts;
  for (const [name, part] of Object.entries(parts ?? {}))
    if (typeof part === "function" && (names?.includes(name) ?? true)) changed = { ...changed, [name]: withArgs(part) };
  return changed;
}
