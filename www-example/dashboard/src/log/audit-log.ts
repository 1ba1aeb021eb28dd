// The audit log that the overview, the agents and the playground look at: up to 50,000 of the latest entries, held in
// wasm by `scan`, narrowed by a range of time, and kept up to date.
import { batch, computed, effect, signal } from "@preact/signals";
import { AuthenticationError, RateLimitError } from "kavachos-wasm";
import { type Scan, scan } from "kavachos-wasm/audit";
import { useEffect } from "preact/hooks";
import { session } from "../connection/session";
import { codeOf } from "../inspector/call-code";
import { recordCall, reportOutcome } from "../inspector/recorder";
import { choice, type Range, rangeOf } from "./range";

export type { Range };

const MOST = 50_000;
/** How far back it goes, in days. */
export const DAYS = 7;
/** How often the server is asked for what is new, in milliseconds. */
const PACE = 3000;
/** How often a range that goes on with time is moved on when nothing is new, in milliseconds. */
const STRIDE = 30_000;
/** For how long nobody may look before loading is given up, in milliseconds: going to another page takes a moment. */
const PATIENCE = 1000;

export type LogState =
  | { state: "idle" }
  | { state: "loading"; loaded: number }
  | { state: "failed"; error: unknown }
  | {
      state: "ready";
      log: Scan;
      /** Since when all entries are here, in milliseconds since 1970. */
      since: number;
      /** Whether there are older ones of these days, which were too many. */
      isCut: boolean;
    };

/** The log, as far as it is loaded. */
export const auditLog = signal<LogState>({ state: "idle" });

/** Changes whenever entries were added. */
export const version = signal(0);

/** Whether what is new is asked for. */
export const live = signal(true);

/** When the log was last known to be up to date, in milliseconds since 1970. */
export const heard = signal(0);

/** What the last asking for what is new failed with. */
export const liveError = signal<unknown>(undefined);

// What ranges that go on with time take for now.
const clock = signal(Date.now());

/** The range that everything is narrowed to; `null` for all there is. It is what `choice` comes to now. */
export const range = computed<Range | null>(() => (choice.value === null ? null : rangeOf(choice.value, clock.value)));

/** The entries within the range; `null` before they are loaded. It is another whenever its entries are. */
export const view = computed(() => {
  version.value; // A view keeps the entries that it was made of.
  return auditLog.value.state === "ready" ? auditLog.value.log.filter(range.value ?? {}) : null;
});

let loading: AbortController | undefined;

/** Loads the log, unless it is loaded or being loaded. */
export async function loadAuditLog(again = false): Promise<void> {
  const current = session.value;
  const { state } = auditLog.value;
  if (current === null || state === "loading" || (state === "ready" && !again)) return;
  auditLog.value = { state: "loading", loaded: 0 };
  const controller = new AbortController();
  const { signal } = controller;
  loading = controller;
  const since = new Date(Date.now() - DAYS * 86_400_000);
  const filters = { since, limit: MOST };
  const onProgress = (loaded: number) => {
    if (!signal.aborted) auditLog.value = { state: "loading", loaded };
  };
  try {
    const code = codeOf("scan", [filters]).replace("scan(", "scan(kavach, ");
    const log = await recordCall("scan", code, () => scan(current.bare, filters, { signal, onProgress }));
    if (signal.aborted) return log.free();
    const isCut = log.count() >= MOST;
    batch(() => {
      auditLog.value = { state: "ready", log, since: isCut ? writtenAt(log, MOST - 1) : since.getTime(), isCut };
      keepTime(log);
    });
  } catch (error) {
    if (!signal.aborted) auditLog.value = { state: "failed", error };
  }
}

function giveUp(): void {
  loading?.abort();
  loading = undefined;
  auditLog.value = { state: "idle" };
}

// The newest entry may be later than now: clocks differ.
function keepTime(log: Scan): void {
  heard.value = Date.now();
  clock.value = log.count() > 0 ? Math.max(heard.value, writtenAt(log, 0)) : heard.value;
  liveError.value = undefined;
}

/** When an entry was written, in milliseconds since 1970; now, if that cannot be read. */
export function writtenAt(log: Pick<Scan, "row">, index: number): number {
  return Date.parse(log.row(index)?.timestamp ?? "") || Date.now();
}

const watchers = signal(0);
const isWatched = computed(() => watchers.value > 0);

/** Has the log loaded for as long as the component is shown, also when the session changes. */
export function useAuditLog(): LogState {
  const current = session.value;
  useEffect(() => {
    loadAuditLog();
  }, [current]);
  useEffect(() => {
    watchers.value += 1;
    return () => {
      watchers.value -= 1;
    };
  }, []);
  return auditLog.value;
}

// What belongs to one session is nothing to the next.
effect(() => {
  session.value;
  giveUp();
});
const server = computed(() => session.value?.settings.baseUrl);
let known: string | undefined;
effect(() => {
  // Who signs in again goes on where they were.
  if (server.value !== undefined && server.value !== known) {
    if (known !== undefined) choice.value = null;
    known = server.value;
  }
});

// What nobody waits for any more is not loaded.
effect(() => {
  if (isWatched.value) return;
  const timer = setTimeout(() => {
    if (auditLog.peek().state === "loading") giveUp();
  }, PATIENCE);
  return () => clearTimeout(timer);
});

// Asks for what is new, while anybody can see it. One asking ends before the next begins.
effect(() => {
  if (!live.value || !isWatched.value || auditLog.value.state !== "ready") return;
  const { log } = auditLog.value;
  const controller = new AbortController();
  const { signal } = controller;
  let timer = 0;
  const ask = async () => {
    let pause = PACE;
    try {
      // It is asked again anyway: a viewer should see a failure at once.
      if (!document.hidden) await update(log, signal);
    } catch (error) {
      if (signal.aborted) return;
      liveError.value = error;
      if (error instanceof Error) reportOutcome(error);
      // Signing in again loads everything again.
      if (error instanceof AuthenticationError) return;
      if (error instanceof RateLimitError) pause = Math.max(pause, (error.retryAfter ?? 0) * 1000);
    }
    if (!signal.aborted) timer = window.setTimeout(ask, pause);
  };
  timer = window.setTimeout(ask, heard.peek() + PACE - Date.now());
  return () => {
    controller.abort();
    clearTimeout(timer);
  };
});

async function update(log: Scan, signal: AbortSignal): Promise<void> {
  const added = await log.update({ signal, maxRetries: 0 });
  if (signal.aborted) return;
  batch(() => {
    if (added > 0) version.value += 1;
    if (added > 0 || Date.now() - clock.peek() > STRIDE) keepTime(log);
    heard.value = Date.now();
    liveError.value = undefined;
  });
  reportOutcome(null);
}
