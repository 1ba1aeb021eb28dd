// The public keys of an issuer (RFC 7517) as a set that is fetched.
/** @import { JsonWebKeySet } from "./entry.js" */
import { invalid } from "../errors/light.js";
import { own } from "../validate/own.js";
import { isAmount, smallOptions } from "../validate/small-options.js";
import { fetchJson } from "./fetch-json.js";

const COOLDOWN = 30_000; // Between fetches because of unknown keys: anyone can make up key ids.

/** @type {typeof import("./entry.js").remoteKeySet} */
export function remoteKeySet(address, options) {
  const { fetch, maxAge, timeout } = smallOptions(options ?? {}, {
    fetch: [(value) => value === undefined || typeof value === "function", "a function"],
    maxAge: [(value) => isAmount(value) && value <= 86_400_000, "at most a day in milliseconds", 600_000],
    timeout: [(value) => isAmount(value) && value <= 60_000, "at most a minute in milliseconds", 5_000],
  });
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url))))
    throw invalid("url must be an https URL, or one of this machine");
  /** @type {JsonWebKeySet | undefined} */
  let known;
  let fetchedAt = 0;

  // Concurrent calls may fetch at the same time: on Workers no promise may be shared between requests.
  return async (isUnknownKey) => {
    const age = Math.abs(Date.now() - fetchedAt); // A clock that is put back does not prolong it.
    if (known && age < (isUnknownKey ? Math.min(COOLDOWN, maxAge) : maxAge)) return known;
    const set = await fetchJson(fetch, url.href, timeout);
    if (!Array.isArray(own(set, "keys"))) throw invalid("the key set cannot be read", "DECODE_ERROR");
    fetchedAt = Date.now();
    known = set;
    return set;
  };
}

/** Whether a URL is one of this machine. @param {URL} url */
export const isLoopback = ({ hostname }) => /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
