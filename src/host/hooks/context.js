// What all hooks of an application share: its session, its client, and their actions.
import { invalid } from "../errors/light.js";
import { failure, resultOf } from "./action-result.js";
import { LOADING, viewOf } from "./view.js";

const UNUSABLE = "The server does not accept sessions that begin with a password. Offer a link by e-mail.";

/**
 * What makes the clients and the session of a context.
 *
 * @typedef {object} Makers
 * @property {(options: any) => any} client
 * @property {(client: any, options: any) => any} session
 */

/** @typedef {ReturnType<typeof contextOf>} Context */

const OPTIONS = ["basePath", "session", "kavach", "storage", "agentId", "initial"];

/**
 * @param {any} options
 * @param {Makers} make
 */
export function contextOf(options, make) {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown) throw invalid(`${unknown} is none of ${OPTIONS}`);
  const { basePath = "/api/kavach", storage = "local", session: given, kavach, agentId, initial } = options;
  if (given && typeof given.subscribe !== "function") throw invalid("session must be of createSession");
  if (initial && !initial.user?.id) throw invalid("initial must be null, or have a user.id");
  /** @type {{ session: any, kavach: any } | undefined} */
  let made;
  // Made when it is first used: rendering on a server needs neither, and has no page that a base path belongs to.
  const use = () => {
    if (!made) {
      const own = { storage, ...(initial === undefined ? {} : { initial }) };
      const session = given ?? make.session(make.client({ baseUrl: basePath }), own);
      made = { session, kavach: kavach ?? make.client({ baseUrl: basePath, token: session.token }) };
    }
    return made;
  };
  let seen = LOADING;
  const get = () => {
    const { state } = use().session;
    if (state !== seen.state) seen = viewOf(state);
    return seen;
  };
  const signedIn = async (/** @type {(session: any) => Promise<any>} */ action) => {
    const result = await resultOf(() => action(use().session));
    if (!result.success) return result;
    return result.data.session.usable ? { success: true, data: undefined } : failure(UNUSABLE, "NOT_SUPPORTED");
  };
  return {
    /** The agent that decisions are about, unless a hook names another. */
    agentId,
    get session() {
      return use().session;
    },
    get kavach() {
      return use().kavach;
    },
    get,
    /** What a server renders: the session that was found there, or nothing yet. */
    initially: initial === undefined ? LOADING : viewOf(stateOf(initial)),
    subscribe: (/** @type {() => void} */ listener) => use().session.subscribe(listener),
    signIn: (/** @type {string} */ email, /** @type {string} */ password) =>
      signedIn((session) => session.signIn({ email, password })),
    signUp: (/** @type {string} */ email, /** @type {string} */ password, /** @type {string} */ name) =>
      signedIn((session) => session.signUp({ email, password, ...(name === undefined ? {} : { name }) })),
    signOut: async () => {
      await use().session.signOut();
    },
    refresh: async () => {
      await use().session.refresh();
    },
    /** Ends what was made here: a session of the caller's goes on. */
    stop: () => {
      if (!given) made?.session.stop();
    },
  };
}

/** @param {any} initial @returns {any} */
function stateOf(initial) {
  if (!initial) return { status: "signedOut", reason: "none" };
  const { user, expiresAt } = initial;
  return { status: "signedIn", user, method: "initial", ...(expiresAt === undefined ? {} : { expiresAt }) };
}

/** Who is signed in: empty if nobody is, `undefined` if that is not known yet. @param {Pick<Context, "get">} context */
export function personOf(context) {
  const { isLoading, user } = context.get();
  return isLoading ? undefined : `${user?.id ?? ""}`;
}

/**
 * Calls a function as soon as it is known who is signed in, and whenever that is another person, or nobody any more.
 *
 * @param {Pick<Context, "get" | "subscribe">} context
 * @param {() => void} changed
 */
export function onPerson(context, changed) {
  /** @type {string | undefined} */
  let last;
  const look = () => {
    const id = personOf(context);
    if (id === undefined || id === last) return;
    last = id;
    changed();
  };
  const end = context.subscribe(look);
  look();
  return end;
}
