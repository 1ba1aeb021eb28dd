// The options of `verifyWebhook` and `signWebhook`.
import { TOLERANCE } from "../../../generated/webhooks.js";
import { isAmount, isText, smallOptions } from "../validate/small-options.js";

const AMOUNT = "a number that is not negative";
const TEXT = "text that is not empty";

/** @param {unknown} options */
export const verifyOptions = (options) =>
  smallOptions(options, {
    // A secret that is not there must not be taken for an empty one.
    secrets: [
      (secrets) => secretsOf(secrets).every(isText) && secretsOf(secrets).length > 0,
      `one ${TEXT}, or several`,
    ],
    tolerance: [isAmount, AMOUNT, TOLERANCE],
    scheme: [(scheme) => /^(auto|[ABC])$/.test(scheme), "auto, A, B or C", "auto"],
    now: [isAmount, AMOUNT, Date.now() / 1000],
    replays: [(replays) => !replays || typeof replays.add === "function", "an object with a method add"],
  });

/** @param {unknown} input */
export const signInput = (input) =>
  smallOptions(
    input,
    {
      secret: [isText, TEXT],
      type: [isText, TEXT],
      data: [(data) => typeof data === "object", "an object", {}],
      scheme: [(scheme) => /^[ABC]$/.test(scheme), "A, B or C", "A"],
      timestamp: [isAmount, AMOUNT, Date.now() / 1000],
      deliveryId: [isText, TEXT, crypto.randomUUID()],
    },
    "input",
  );

/** @param {any} given @returns {any[]} */
export const secretsOf = (given) => [given].flat();
