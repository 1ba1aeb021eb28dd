// The audit log that the overview, the agents and the playground look at: up to 50,000 of the latest entries, held in
// wasm by `scan`, narrowed by a range of time, and kept up to date.
import { computed, effect, signal } from "@preact/signals";
import { type Scan, scan } from "kavachos-wasm/audit";
import { useEffect } from "preact/hooks";
import { session } from "../connection/session";
import { codeOf } from "../inspector/call-code";
import { recordCall, reportOutcome } from "../inspector/recorder";

const MOST = 50_000;
const DAYS = 7;
/** How often the server is asked for what is new, in milliseconds. */
const PACE = 3000;

/** A range of time, in milliseconds since 1970; both ends are in it. */
export interface Range {
  since: number;
  until: number;
}

export type LogState =
  | { state: "idle" }
  | { state: "loading"; loaded: number }
  | { state: "failed"; error: unknown }
  | { state: "ready"; log: Scan };

/** The log, as far as it is loaded. */
export const auditLog = signal<LogState>({ state: "idle" });

/** Changes whenever entries were added. */
export const version = signal(0);

/** The range that everything is narrowed to; `null` for all there is. */
export const range = signal<Range | null>(null);

/** Whether what is new is asked for. */
export const live = signal(true);

/** What the last asking for what is new failed with. */
export const liveError = signal<unknown>(undefined);

/** The entries within the range; `null` before they are loaded. */
export const view = computed(() => {
  version.value; // A view keeps the entries that it was made of.
  if (auditLog.value.state !== "ready") return null;
  const { log } = auditLog.value;
  return range.value === null ? log : log.filter(range.value);
});

/** Loads the log, unless it is loaded or being loaded. */
export async function loadAuditLog(again = false): Promise<void> {
  const current = session.value;
  const { state } = auditLog.value;
  if (current === null || state === "loading" || (state === "ready" && !again)) return;
  auditLog.value = { state: "loading", loaded: 0 };
  const filters = { since: new Date(Date.now() - DAYS * 86_400_000), limit: MOST };
  const onProgress = (loaded: number) => {
    if (session.value === current) auditLog.value = { state: "loading", loaded };
  };
  try {
    const code = codeOf("scan", [filters]).replace("scan(", "scan(kavach, ");
    const log = await recordCall("scan", code, () => scan(current.bare, filters, { onProgress }));
    if (session.value === current) auditLog.value = { state: "ready", log };
  } catch (error) {
    if (session.value === current) auditLog.value = { state: "failed", error };
  }
}

/** Has the log loaded for as long as the component is shown, also when the session changes. */
export function useAuditLog(): LogState {
  const current = session.value;
  useEffect(() => {
    loadAuditLog();
  }, [current]);
  return auditLog.value;
}

// What belongs to one server is nothing to the next.
effect(() => {
  session.value;
  auditLog.value = { state: "idle" };
  range.value = null;
});

// Asks for what is new, while anybody can see it. One asking ends before the next begins.
effect(() => {
  if (!live.value || auditLog.value.state !== "ready") return;
  const { log } = auditLog.value;
  const controller = new AbortController();
  let timer = 0;
  const ask = async () => {
    try {
      if (!document.hidden && (await log.update({ signal: controller.signal })) > 0) version.value += 1;
      liveError.value = undefined;
      reportOutcome(null);
    } catch (error) {
      if (controller.signal.aborted) return;
      liveError.value = error;
      if (error instanceof Error) reportOutcome(error);
    }
    if (!controller.signal.aborted) timer = window.setTimeout(ask, PACE);
  };
  timer = window.setTimeout(ask, PACE);
  return () => {
    controller.abort();
    clearTimeout(timer);
  };
});
