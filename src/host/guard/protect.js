// Wraps a handler by a guard.
import { checkAuthorizer } from "./authorizer.js";
import { withHeaders } from "./cors.js";
import { now, withDeadline } from "./deadline.js";
import { invalid } from "./errors.js";
import { check } from "./guard.js";
import { guardOptions } from "./guard-options.js";
import { checkRule } from "./rule.js";

/** @type {typeof import("./entry.js").protect} */
export function protect(kavach, rule, handler, options) {
  const makeAuthorizer = typeof kavach === "function" ? kavach : () => kavach;
  if (makeAuthorizer !== kavach) checkAuthorizer(kavach);
  const checkedRule = checkRule(rule);
  if (typeof handler !== "function") throw invalid("handler must be a function");
  const settings = guardOptions(options, "onRefusal");
  const { onRefusal, signal, deadline } = settings;

  return async (request, ...rest) => {
    const end = now() + deadline;
    const { outcome, headers } = await check(() => makeAuthorizer(request, ...rest), request, checkedRule, settings);
    if (outcome.ok) return withHeaders(await handler(request, outcome, ...rest), headers);
    if (!onRefusal || outcome.reason === "preflight") return outcome.response;
    try {
      // After the deadline, `onRefusal` may still return at once.
      const left = Math.max(end - now(), 0);
      const response = await withDeadline(left, signal, () => onRefusal(outcome, request, ...rest));
      return response ? withHeaders(response, headers, true) : outcome.response;
    } catch {
      if (signal?.aborted) throw signal.reason;
      return outcome.response;
    }
  };
}
