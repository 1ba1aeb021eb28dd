// Tells the owner of a client what it does, in words that hold no secret: no headers, no bodies.
import { own } from "../validate/own.js";

const REQUEST = 0;
const RESPONSE = 1;

// Keeps what was asked for, or nothing. Whoever changes their options later changes nothing here.
export function observersOf(options) {
  try {
    const [onRequest, onResponse, onRetry, logger] = ["onRequest", "onResponse", "onRetry", "logger"].map((name) =>
      own(options, name),
    );
    const any = onRequest ?? onResponse ?? onRetry ?? logger;
    return any === undefined || any === null ? undefined : { onRequest, onResponse, onRetry, logger };
  } catch {
    return undefined; // A getter that throws has no value.
  }
}

export function observe(observers, kind, call, operation, method, url, attempt, status, code, milliseconds) {
  const event = { call, operation, method, url, attempt };
  if (status !== undefined) event.status = status;
  if (code !== undefined) event.code = code;
  const what = `kavachos ${operation}: ${method} ${url.split("?")[0]}`;
  if (kind === REQUEST) return tell(observers.onRequest, event);
  if (kind === RESPONSE) {
    tell(observers.onResponse, { ...event, durationMs: milliseconds });
    return log(observers.logger, "debug", `${what}: ${status ?? code} in ${Math.round(milliseconds)} ms`);
  }
  tell(observers.onRetry, { ...event, delayMs: milliseconds });
  log(observers.logger, "warn", `${what}: ${status ?? code}, trying again in ${Math.round(milliseconds)} ms`);
}

const warned = new Set();

// Says once for each origin that tokens would travel unencrypted.
export function warnIfInsecure(base, logger) {
  if (/^https:/i.test(base)) return; // As nearly always. There is nothing else but `http:`.
  const { hostname, origin } = new URL(base);
  if (/^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return;
  if (warned.has(origin)) return;
  warned.add(origin);
  const advice = "Use https:, or set the option allowInsecure if only trusted machines are in between.";
  log(logger ?? console, "warn", `kavachos-wasm: tokens and passwords travel unencrypted to ${origin}. ${advice}`);
}

function log(logger, level, text) {
  tell((line) => logger?.[level]?.(line), text);
}

// An observer cannot break what it observes.
function tell(observer, argument) {
  try {
    observer?.(argument)?.then?.(undefined, () => {});
  } catch {
    // Its own affair.
  }
}
