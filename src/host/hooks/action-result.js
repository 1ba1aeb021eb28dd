// What an action comes to, in the form of the official packages: a failure is a value with a sentence for people.

/**
 * @template T
 * @typedef {{ success: true, data: T } | { success: false, error: string, code?: string }} ActionResult
 */

/**
 * @template T
 * @param {() => T | Promise<T>} action may throw at once, too
 * @returns {Promise<ActionResult<T>>}
 */
export async function resultOf(action) {
  try {
    return { success: true, data: await action() };
  } catch (/** @type {any} */ problem) {
    return failure(
      problem instanceof Error ? problem.message : "The action failed.",
      /** @type {any} */ (problem)?.code,
    );
  }
}

/**
 * @param {string} error
 * @param {unknown} [code]
 * @returns {{ success: false, error: string, code?: string }}
 */
export const failure = (error, code) => ({ success: false, error, ...(typeof code === "string" && { code }) });
