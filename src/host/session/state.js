// The state as programs see it.
/** @import { SessionState } from "./entry.js" */
import { outReasonOf, PHASE_LOADING, PHASE_SIGNED_OUT, PHASES, phaseOf, REASONS } from "../../../generated/session.js";

/**
 * @param {number} bits the state, as Rust packs it
 * @param {import("./record.js").SessionRecord | undefined} record
 * @returns {SessionState} without a token
 */
export function stateOf(bits, record) {
  const phase = phaseOf(bits);
  /** @type {any} */
  const state = { status: PHASES[phase] };
  if (phase === PHASE_SIGNED_OUT) state.reason = REASONS[outReasonOf(bits)];
  else if (phase !== PHASE_LOADING && record) {
    const { user, expiresAt, method, below } = record;
    Object.assign(state, { user, expiresAt, method, impersonator: below.at(-1)?.user });
    for (const name of ["expiresAt", "impersonator"]) if (state[name] === undefined) delete state[name];
  }
  return Object.freeze(state);
}
