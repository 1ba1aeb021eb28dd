// The content security policy of the dashboard: its own files, WebAssembly, and requests to KavachOS servers.

/** Where requests may go unless one says otherwise: the page takes the address of any server, without TLS on loopback only. */
export const CONNECT_SRC = "http://127.0.0.1:* http://localhost:* https:";

const SCHEME = /^(?:https?|wss?):$/i;
const HOST =
  /^(?:(?:https?|wss?):\/\/)?(?:\*|(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*)(?::(?:\d{1,5}|\*))?(?:\/[\w\-.~!$&()*+=:@%/]*)?$/i;

/**
 * The policy, as a header has it.
 *
 * @param {object} [options]
 * @param {string} [options.connectSrc] Sources, separated by white space, to which requests may go beside the origin of the
 *   page: `"https://api.example.com"`. Defaults to `CONNECT_SRC`.
 * @param {boolean} [options.isElement] Leaves out what a `<meta>` element cannot say.
 * @returns {string}
 * @throws {TypeError} when a source is none: it could hold another directive.
 */
export function securityPolicy({ connectSrc = CONNECT_SRC, isElement = false } = {}) {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    ["connect-src 'self'", ...sourcesIn(connectSrc)].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    ...(isElement ? [] : ["frame-ancestors 'none'"]),
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** The same as an element of the page, for hosts that send no such header. */
export function policyElement(connectSrc) {
  return `<meta http-equiv="Content-Security-Policy" content="${securityPolicy({ connectSrc, isElement: true })}" />`;
}

/** The page without that element, where a header says it. */
export function withoutPolicyElement(html) {
  return html.replace(/<meta http-equiv="Content-Security-Policy" content="[^"]*" \/>/, "");
}

/** What the environment says, for servers and builds. An empty variable says nothing. */
export function connectSrcOf({ KAVACHOS_CONNECT_SRC }) {
  return KAVACHOS_CONNECT_SRC?.trim() || undefined;
}

// The origin of the page is always among them: it is where the WebAssembly comes from.
function sourcesIn(text) {
  const sources = text.split(/\s+/).filter((source) => source !== "" && source !== "'self'");
  const wrong = sources.find((source) => !SCHEME.test(source) && !HOST.test(source));
  if (wrong === undefined) return sources;
  throw new TypeError(
    `connect-src takes origins such as https://api.example.com, schemes such as https: and 'self', separated by spaces; it got ${JSON.stringify(wrong)}`,
  );
}
