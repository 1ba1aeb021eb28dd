// Reads what an MCP server asks for in `WWW-Authenticate` (RFC 9110, 11.6.1; RFC 6750, 3; RFC 9728, 5.1).

const LONGEST = 4096;
const PARAMETER = /[\s,]*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y;
const SCHEME = /[\s,]*([\w-]+)(?=\s|$)/y;

/**
 * The parameters of the challenges of the scheme Bearer, by their names in lower case: the first of each name.
 *
 * @param {Headers} headers of a response
 * @returns {Record<string, string>} without a prototype
 */
export function challengeOf(headers) {
  const text = (headers.get("www-authenticate") ?? "").slice(0, LONGEST);
  const found = Object.create(null);
  let isBearer = false;
  for (let at = 0; ; ) {
    PARAMETER.lastIndex = SCHEME.lastIndex = at;
    const parameter = PARAMETER.exec(text);
    const match = parameter ?? SCHEME.exec(text);
    if (!match) return found;
    const name = match[1].toLowerCase();
    if (!parameter) isBearer = name === "bearer";
    else if (isBearer) found[name] ??= parameter[3] ?? parameter[2].replace(/\\(.)/g, "$1");
    at += match[0].length;
  }
}
