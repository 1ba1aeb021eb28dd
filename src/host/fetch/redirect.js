// Where a redirect leads, and whether the request may follow: never to another origin. Left to itself, fetch would
// send a body (a 307 repeats a password) and headers of the caller's own wherever the answer says.
import { dismiss, header } from "./response.js";

// Why a redirect is not followed, as src/http/exchange.rs knows it.
const ELSEWHERE = 1;
const UNKNOWN = 2;
const NOT_REPEATED = 3;
export const TOO_MANY = 4;

// Whether there is anything to decide.
export function isRedirect(response, status) {
  if (response.redirected === true) return true;
  if (status >= 200 && status <= 299) return false;
  if (response.type === "opaqueredirect") return true;
  return [301, 302, 303, 307, 308].includes(status) && header(response, "location") !== undefined;
}

// Resolves to `{ target }` without a problem, the URL to follow the redirect to, or to `{ problem, target }` with the origin that it leads
// to, where that is known.
export async function redirection(response, url, init, send) {
  if (response.type === "opaqueredirect") return unseen(url, init, send);
  const { status } = response;
  // Whoever made a response that has been redirected followed by itself, with all that was sent.
  const followed = response.redirected === true;
  const target = parsed(followed ? response.url : header(response, "location"), url);
  if (!target) return { problem: UNKNOWN, target: undefined };
  return judge(target, url, !followed && (init.method === "GET" || status === 307 || status === 308));
}

function parsed(target, base) {
  try {
    return new URL(target, base);
  } catch {
    return undefined;
  }
}

function judge(target, url, repeats) {
  const { origin } = new URL(url);
  if (target.origin !== origin) return { problem: ELSEWHERE, target: target.origin };
  return repeats ? { problem: undefined, target: target.href } : { problem: NOT_REPEATED, target: origin };
}

// Browsers do not say where a redirect leads; a request without credentials finds out.
async function unseen(url, { method, signal }, send) {
  try {
    const bare = { method: "GET", signal, credentials: "omit", referrerPolicy: "no-referrer" };
    const probe = await send(url, bare);
    await dismiss(probe);
    if (!probe.redirected) return { problem: UNKNOWN, target: undefined };
    return judge(new URL(probe.url), url, method === "GET");
  } catch {
    return { problem: UNKNOWN, target: undefined };
  }
}
