// Reads the options of `guardSession`. An invalid option is invalid for every request, so it throws instead of refusing.
import { invalid } from "../guard/errors.js";
import { functionOption, numberOption, readOptions } from "../guard/options.js";
import { jwtOptions } from "./jwt-options.js";
import { COOKIE } from "./session-from.js";

const LONGEST_TTL = 5_000; // Sign-outs and bans are not noticed for that long.
const QUOTABLE = /^[ !#-[\]-~]*$/;
const COOKIE_NAME = /^[\w!#$%&'*+\-.^`|~]+$/;
const ORIGIN = /^https?:\/\/[a-z\d.:[\]_-]+$/; // As browsers send it. "null" stands for any sandboxed page.
const NEUTRAL = ["signal", "timeout", "deadline", "maxRetries"];

/** @param {unknown} options */
export function sessionOptions(options) {
  const { given, call } = readOptions(options, ["realm", "cookie", "origins", "cacheTtl", "jwt", "onRefusal"]);
  const { realm = "KavachOS", cookie = COOKIE, origins = [] } = given;
  if (typeof realm !== "string" || !QUOTABLE.test(realm))
    throw invalid("options.realm must be visible ASCII without quotes and backslashes");
  if (typeof cookie !== "string" || !COOKIE_NAME.test(cookie)) throw invalid("options.cookie must be a cookie's name");
  if (!Array.isArray(origins) || !origins.every((origin) => typeof origin === "string" && ORIGIN.test(origin)))
    throw invalid('options.origins must be a list of origins such as "https://app.example"');
  const cacheTtl = numberOption(given, "cacheTtl", 0, 0, LONGEST_TTL);
  const jwt = given.jwt === undefined ? undefined : jwtOptions(given.jwt);
  if ((cacheTtl > 0 || jwt) && !globalThis.crypto?.subtle)
    throw invalid("options.cacheTtl and options.jwt need crypto.subtle", "NOT_SUPPORTED");
  return {
    call,
    signal: call.signal,
    deadline: numberOption(given, "deadline", 60_000, 1, undefined, 0),
    realm,
    cookie,
    origins: [...origins],
    // With other headers, another answer may be due.
    cacheTtl: Object.keys(call).every((name) => NEUTRAL.includes(name)) ? cacheTtl : 0,
    jwt,
    onRefusal: functionOption(given, "onRefusal"),
  };
}
