import { invalid } from "../errors/light.js";

const undecided = () => invalid("the request was not decided in time", "DEADLINE_EXCEEDED");

/**
 * Settles as `run` does, or rejects when the time is over, even if `run` never settles.
 *
 * @template T
 * @param {number} milliseconds
 * @param {(signal: AbortSignal) => Promise<T>} run gets a signal that aborts when the time is over
 * @param {() => Error} [late] makes the error
 * @returns {Promise<T>}
 */
export async function withDeadline(milliseconds, run, late = undecided) {
  const controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const over = new Promise((_, reject) => {
    timer = setTimeout(() => {
      reject(late());
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([run(controller.signal), /** @type {Promise<never>} */ (over)]);
  } finally {
    clearTimeout(timer);
  }
}
