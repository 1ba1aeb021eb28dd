/**
 * Makes the parts of a session that are loaded when they are used. `kavachos-wasm/session` calls it: programs use `createSession`.
 *
 * @param core the session
 * @returns the parts
 */
export function laterOf(core: object): object;
