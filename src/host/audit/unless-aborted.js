/**
 * Resolves when `promise` does, unless `signal` is aborted before: then rejects with its reason.
 * @param {Promise<unknown>} promise
 * @param {any} signal checked by the client, if it is none
 */
export async function unlessAborted(promise, signal) {
  if (typeof signal?.addEventListener !== "function") {
    await promise;
    return;
  }
  let stop = () => {};
  const aborted = new Promise((_, reject) => {
    stop = () => reject(signal.reason);
  });
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
