// A handler behind a guard.
import { invalid } from "../js/invalid.js";
import { checkClient } from "./client.js";
import { passed } from "./guard.js";
import { unavailable } from "./refusal.js";
import { checkRule } from "./rule.js";
import { guardSettings } from "./settings.js";

export function protect(kavach, rule, handler, options) {
  const isMade = typeof kavach === "function";
  if (!isMade) checkClient(kavach);
  checkRule(rule);
  if (typeof handler !== "function") throw invalid("handler must be a function");
  const settings = guardSettings(options);
  const onRefusal = options?.onRefusal ?? undefined;
  if (onRefusal !== undefined && typeof onRefusal !== "function") throw invalid("options.onRefusal must be a function");

  return async (request, ...rest) => {
    const found = await checked(request, rest);
    if (found.ok) return handler(request, found, ...rest);
    try {
      return (await onRefusal?.(found, request, ...rest)) ?? found.response;
    } catch {
      return found.response;
    }
  };

  async function checked(request, rest) {
    let client;
    try {
      client = isMade ? checkClient(await kavach(request, ...rest), "the client that the function returns") : kavach;
    } catch (error) {
      return unavailable(error);
    }
    return passed(client, request, rule, settings);
  }
}
