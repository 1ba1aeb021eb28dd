// Asks the host's own route for another token. What it is asked with is a cookie that no script sees.
import { EVENT_BEGAN, EVENT_REFRESH_REFUSED, EVENT_REFRESH_UNREACHABLE } from "../../../generated/session.js";
import { isToken } from "../session/record.js";
import { own } from "../validate/own.js";

const PATIENCE = 10_000;

/**
 * @param {(url: string, init: any) => Promise<any>} send
 * @param {string} url
 * @param {import("../session/host.js").Host} host
 * @returns {Promise<{ event: number, token?: string, expiresAt?: string, wait: number }>} `wait` is what the server asks for, in
 *   milliseconds
 */
export async function renewal(send, url, host) {
  const limit = new AbortController();
  const off = host.after(PATIENCE, () => limit.abort());
  try {
    const response = await send(url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: "{}",
      redirect: "error", // What comes back is a token: it comes from there and from nowhere else.
      signal: limit.signal,
      ...(host.isBrowser ? { credentials: "include", cache: "no-store" } : {}),
    });
    const { status } = response;
    const wait = Number(response.headers.get("retry-after")) * 1000 || 0;
    if (status === 401) return { event: EVENT_REFRESH_REFUSED, wait };
    if (status !== 200) return { event: EVENT_REFRESH_UNREACHABLE, wait };
    const answer = await response.json();
    const [token, expiresAt] = [own(answer, "accessToken"), own(answer, "accessTokenExpiresAt")];
    if (!isToken(token)) return { event: EVENT_REFRESH_UNREACHABLE, wait };
    return { event: EVENT_BEGAN, token, ...(typeof expiresAt === "string" ? { expiresAt } : {}), wait };
  } catch {
    return { event: EVENT_REFRESH_UNREACHABLE, wait: 0 };
  } finally {
    off();
  }
}
