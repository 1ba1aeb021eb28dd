// What cancels a request. Node takes longer to make an AbortController than a call takes for all else, so one whose signal
// has never fired serves again – a few times, for a fetch leaves its listener on it. Not where the caller's own function
// gets the signal, which may keep it; and not in a Worker, where it belongs to one request.
import { isolated } from "../fetch/isolation.js";

const MOST_USES = 12; // Each leaves a listener, and fetch looks at all of them.
const MOST_IDLE = 64;
const idle = [];

// `{ controller }`, which nobody else uses meanwhile.
export function borrow(host) {
  const found = host.isGlobal ? idle.pop() : undefined;
  return found ?? { controller: new AbortController(), uses: 0, isShared: host.isGlobal && !isolated() };
}

// Takes it back, once its request has come to its own end.
export function giveBack(cancellation) {
  if (!cancellation.isShared || ++cancellation.uses >= MOST_USES || idle.length >= MOST_IDLE) return;
  if (!cancellation.controller.signal.aborted) idle.push(cancellation);
}
