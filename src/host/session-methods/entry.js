// What a session loads when it is used: passkeys, OAuth, the renewal of tokens, and the rest that most pages do without.
import { ENDPOINTS } from "../../../generated/session-methods-endpoints.js";
import { methodsOf } from "./methods.js";
import { oauthOf } from "./oauth.js";
import { passkeysOf } from "./passkey.js";
import { renewOf } from "./renew.js";
import { resetPassword } from "./reset-password.js";

/** @type {typeof import("./entry.js").laterOf} */
export function laterOf(given) {
  const core = /** @type {import("../session/core.js").Core & import("../session/sign-in.js").Ways} */ (given);
  core.ask.knows(ENDPOINTS);
  return {
    passkey: passkeysOf(core, core.adopt, core.as),
    oauth: oauthOf(core),
    methods: methodsOf(core.ask),
    async upgrade(/** @type {unknown} */ input) {
      await core.as("upgrade", input);
      await core.check();
    },
    verifyEmail: (/** @type {string} */ token) => core.ask("verifyEmail", [{ token }]),
    requestPasswordReset: (/** @type {string} */ email) => core.ask("requestPasswordReset", [{ email }]),
    changePassword: (/** @type {unknown} */ input) => core.as("changePassword", input),
    resetPassword: (/** @type {unknown} */ input) => resetPassword(core, input),
    renew: renewOf(core),
  };
}
