// The state of a session in the form of the official packages.

/** @typedef {import("kavachos-wasm/session").SessionState} SessionState */

/**
 * @typedef {object} View
 * @property {{ user: any, expiresAt?: string, method: string, impersonator?: any } | null} session
 * @property {any} user
 * @property {boolean} isLoading
 * @property {boolean} isAuthenticated
 * @property {SessionState} state
 */

/**
 * @param {SessionState} state
 * @returns {View}
 */
export function viewOf(state) {
  // Somebody whose server cannot be asked is not authenticated: `state` tells who it was.
  const session = state.status === "signedIn" ? withoutStatus(state) : null;
  return {
    session,
    user: session?.user ?? null,
    isLoading: state.status === "loading",
    isAuthenticated: session !== null,
    state,
  };
}

/** @param {Extract<SessionState, { status: "signedIn" }>} state */
function withoutStatus({ status, ...session }) {
  return session;
}

/** What is known before anybody has asked, on a server too. */
export const LOADING = viewOf({ status: "loading" });
