// A handler behind a guard.
import { checkClient } from "./client.js";
import { shared } from "./cors.js";
import { now, within } from "./deadline.js";
import { invalid } from "./errors.js";
import { passed } from "./guard.js";
import { guardSettings } from "./options.js";
import { checkRule } from "./rule.js";

export function protect(kavach, rule, handler, options) {
  const client = typeof kavach === "function" ? kavach : () => kavach;
  if (client !== kavach) checkClient(kavach);
  const asked = checkRule(rule);
  if (typeof handler !== "function") throw invalid("handler must be a function");
  const settings = guardSettings(options, "onRefusal");
  const { onRefusal, signal, deadline } = settings;

  return async (request, ...rest) => {
    const end = now() + deadline;
    const { found, headers } = await passed(() => client(request, ...rest), request, asked, settings);
    if (found.ok) return shared(await handler(request, found, ...rest), headers);
    if (!onRefusal || found.reason === "preflight") return found.response;
    try {
      // It has the time that is left; at no time left, the time it takes to return.
      const left = Math.max(end - now(), 0);
      const response = await within(left, signal, () => onRefusal(found, request, ...rest));
      return response ? shared(response, headers, true) : found.response;
    } catch {
      if (signal?.aborted) throw signal.reason;
      return found.response;
    }
  };
}
