// What other entries of the package have to know of a client: whose token a call would carry, and what has changed.
import { own } from "../validate/own.js";

/**
 * `{ token, tokenSource, mutations }` of a client. `token(callOptions)` resolves to the bearer token in effect for a call,
 * `tokenSource(callOptions)` is where it comes from.
 */
export function contractOf(options, mutations) {
  const source = ownOr(options, "token");
  const tokenSource = (callOptions) => ownOr(callOptions, "token", source) ?? undefined;
  const token = async (callOptions) => {
    const found = tokenSource(callOptions);
    return (
      (typeof found === "function" ? await found({ reason: "initial", operation: "authorize" }) : found) ?? undefined
    );
  };
  return { token, tokenSource, mutations };
}

const ownOr = (object, name, otherwise) =>
  typeof object === "object" && object !== null ? (own(object, name) ?? otherwise) : otherwise;
