// Magic links. Their tokens can be used once: nothing here uses one up before somebody clicks.

/**
 * @param {(email: string) => Promise<void>} send
 * @param {(token: string) => Promise<any>} verify
 */
export const magicLinkOf = (send, verify) => ({
  send,
  verify,
  fromAddress() {
    const token = takeParameter("token");
    return token ? () => verify(token) : undefined;
  },
});

/**
 * Takes a parameter out of the address of this page, where it would be seen, kept and passed on.
 *
 * @param {string} name
 * @returns {string | null}
 */
export function takeParameter(name) {
  const { location, history } = globalThis;
  if (!location) return null;
  const url = new URL(location.href);
  const value = url.searchParams.get(name);
  url.searchParams.delete(name);
  if (value !== null) history.replaceState(history.state, "", url);
  return value;
}
