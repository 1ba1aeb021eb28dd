// Notices when a server that did not answer is there again, so that pages need not be loaded anew.
import { effect, signal } from "@preact/signals";
import { reportOutcome, unrecorded } from "../inspector/recorder";
import { session, trouble } from "./session";

/** How often a server that does not answer is asked, in milliseconds. */
const PACE = 3000;

/** Changes whenever the server is there again: what failed meanwhile is worth another try. */
export const recovered = signal(0);

let wasUnreachable = false;
effect(() => {
  const isUnreachable = trouble.value?.kind === "unreachable";
  const current = session.value;
  if (wasUnreachable && trouble.value === null && current !== null) recovered.value = recovered.peek() + 1;
  wasUnreachable = isUnreachable;
  if (!isUnreachable || current === null) return;
  const controller = new AbortController();
  const { signal } = controller;
  const ask = async () => {
    try {
      if (!document.hidden) {
        await unrecorded(() => current.bare.audit.query({ limit: 1 }, { signal, maxRetries: 0, timeout: 10_000 }));
        if (!signal.aborted) return reportOutcome(null);
      }
    } catch {
      // It is still away, which the page says already.
    }
    if (!signal.aborted) timer = window.setTimeout(ask, PACE);
  };
  let timer = window.setTimeout(ask, PACE);
  return () => {
    controller.abort();
    clearTimeout(timer);
  };
});
