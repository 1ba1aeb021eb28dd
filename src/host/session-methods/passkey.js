// Passkeys: the ceremony between the server, the browser and an authenticator.

import { bytesOf, textOf } from "../session/base64url.js";
import { attempt } from "../session/host.js";
import { own } from "../validate/own.js";

/**
 * @param {import("../session/core.js").Core} core
 * @param {(method: string, answer: unknown) => Promise<any>} adopt
 * @param {(route: string, ...values: unknown[]) => Promise<any>} as calls a route as the person who is signed in
 */
export function passkeysOf({ ask, start, owed, check, contract: { invalid } }, adopt, as) {
  const unavailable = () => invalid("this browser has no passkeys", "NOT_SUPPORTED");

  /** The request that waits, if one does: browsers have one at a time. @type {{ limit: AbortController, done: Promise<unknown> } | undefined} */
  let pending;

  /**
   * Asks the authenticator.
   *
   * @param {"create" | "get"} kind
   * @param {object} publicKey
   * @param {any} options
   * @returns {Promise<any>}
   */
  async function ceremony(kind, publicKey, options) {
    const signal = signalOf(options);
    // The next request is refused as long as the one before has not let go.
    while (pending) {
      pending.limit.abort();
      await pending.done;
    }
    signal?.throwIfAborted();
    const limit = new AbortController();
    const give = () => limit.abort();
    signal?.addEventListener("abort", give);
    const mediation = own(options ?? {}, "conditional") === true ? { mediation: "conditional" } : {};
    // Password managers replace these functions: theirs may throw.
    const request = (async () =>
      navigator.credentials[kind](/** @type {any} */ ({ publicKey, signal: limit.signal, ...mediation })))();
    const mine = {
      limit,
      done: request.then(
        () => {},
        () => {},
      ),
    };
    pending = mine;
    try {
      return await request;
    } catch (error) {
      signal?.throwIfAborted();
      throw failure(/** @type {any} */ (error), invalid);
    } finally {
      signal?.removeEventListener("abort", give);
      if (pending === mine) pending = undefined;
    }
  }

  /** @param {any} options */
  function signalOf(options) {
    const signal = own(options ?? {}, "signal");
    if (signal !== undefined && typeof signal?.throwIfAborted !== "function")
      throw invalid("options.signal must be an AbortSignal");
    signal?.throwIfAborted();
    return signal;
  }

  return {
    async isSupported(/** @type {unknown} */ options) {
      const api = /** @type {any} */ (globalThis).PublicKeyCredential;
      if (!api || !globalThis.navigator?.credentials) return false;
      if (own(options ?? {}, "conditional") !== true) return true;
      return (await attempt(() => api.isConditionalMediationAvailable?.())) === true;
    },

    /** @param {any} options */
    async register(options) {
      if (!globalThis.navigator?.credentials) throw unavailable();
      signalOf(options);
      const [deviceName, userName] = ["deviceName", "userName"].map((name) => own(options ?? {}, name));
      // Options are good for one ceremony: each attempt asks for new ones.
      const asked = await as("passkey.register", userName === undefined ? {} : { userName });
      const credential = await ceremony("create", creation(asked), options);
      const { clientDataJSON, attestationObject } = credential.response;
      const transports = attempt(() => credential.response.getTransports());
      const response = {
        ...encoded(credential, { clientDataJSON, attestationObject }),
        ...(deviceName === undefined ? {} : { deviceName }),
        ...(Array.isArray(transports) ? { transports } : {}),
      };
      return as("passkey.register.verify", { response });
    },

    /** @param {any} options */
    async signIn(options) {
      if (!globalThis.navigator?.credentials) throw unavailable();
      signalOf(options);
      await start();
      const userId = own(options ?? {}, "userId");
      const asked = await ask("passkey.signIn", [userId === undefined ? {} : { userId }]);
      const credential = await ceremony("get", requested(asked), options);
      const { clientDataJSON, authenticatorData, signature } = credential.response;
      const response = encoded(credential, { clientDataJSON, authenticatorData, signature });
      if (owed()) await check(); // A sign-out that is sent later would end what begins now.
      return adopt("passkey", await ask("passkey.signIn.verify", [{ response }]));
    },

    list: () => as("passkey.list"),

    async remove(/** @type {string} */ credentialId) {
      await as("passkey.remove", credentialId);
      // Servers say that it is removed in any case.
      const left = await as("passkey.list");
      if (left.some((/** @type {any} */ passkey) => passkey.credentialId === credentialId))
        throw invalid("the server still has the passkey", "NOT_APPLIED");
    },
  };
}

/** @param {any} options what the server asks for */
function creation({ challenge, user, excludeCredentials, authenticatorSelection, ...rest }) {
  return {
    ...rest,
    challenge: bytesOf(challenge),
    // An id is text here, and not base64.
    user: { ...user, id: new TextEncoder().encode(user.id) },
    excludeCredentials: credentials(excludeCredentials),
    // Without it, the key would not be offered to somebody who has not said who they are.
    authenticatorSelection: { residentKey: "preferred", ...authenticatorSelection },
  };
}

/** @param {any} options what the server asks for */
function requested({ challenge, allowCredentials, ...rest }) {
  // Transports that a server has kept would hide the way by a phone.
  const allowed = credentials(allowCredentials).map(({ id, type }) => ({ id, type }));
  return { ...rest, challenge: bytesOf(challenge), allowCredentials: allowed };
}

/** @param {any} list @returns {any[]} */
const credentials = (list) =>
  (list ?? []).map((/** @type {any} */ credential) => ({ ...credential, id: bytesOf(credential.id) }));

/**
 * A credential as servers read it. It is read member by member: password managers return objects that only look like one.
 *
 * @param {any} credential
 * @param {Record<string, any>} buffers
 */
const encoded = ({ id, rawId, type }, buffers) => ({
  id,
  rawId: textOf(rawId),
  type,
  response: Object.fromEntries(Object.entries(buffers).map(([name, buffer]) => [name, textOf(buffer)])),
});

/**
 * What went wrong, as far as browsers tell: a cancellation and a timeout are one.
 *
 * @param {any} error
 * @param {(message: string, code: string) => Error} invalid
 */
function failure(error, invalid) {
  if (error?.name === "InvalidStateError")
    return invalid("this device has a passkey for this account already", "PASSKEY_EXISTS");
  if (["NotAllowedError", "AbortError"].includes(error?.name))
    return invalid("the passkey request was cancelled", "PASSKEY_CANCELLED");
  return invalid(`the passkey cannot be used: ${error?.message}`, "PASSKEY_FAILED");
}
