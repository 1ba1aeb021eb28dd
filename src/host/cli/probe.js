// One request of the doctor: its status, headers and the beginning of its body.

const TIMEOUT = 10_000;
const MOST_BYTES = 64 * 1024;

/**
 * @typedef {{ status: number, headers: Headers, text: string, json: any }} Probed
 */

/**
 * @param {string} url
 * @param {RequestInit} [init]
 * @returns {Promise<Probed>}
 */
export async function probe(url, init) {
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT), ...init });
  const text = await beginning(response);
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** @param {Response} response */
async function beginning(response) {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; reader && size < MOST_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
