// The audit log that the overview, the agents and the playground look at: the newest entries, held in wasm by `scan`, narrowed by a
// range of time, and kept up to date. Of a range that the newest do not cover, its own entries.
import { batch, computed, effect, signal } from "@preact/signals";
import { AuthenticationError, RateLimitError } from "kavachos-wasm";
import type { Scan } from "kavachos-wasm/audit";
import { useEffect } from "preact/hooks";
import { type Session, session } from "../connection/session";
import { codeOf } from "../inspector/call-code";
import { recordCall, reportOutcome, unrecorded } from "../inspector/recorder";
import { type Loaded, loadNewest, loadRange, MOST, totalIn, writtenAt } from "./loading";
import { choice, type Range, rangeOf } from "./range";

export { type Range, writtenAt };

/** What pages show if no range was chosen. */
const USUAL = { last: "7d" } as const;
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
  | ({
      state: "ready";
      /** Whether older entries are still being loaded, and how many have come; or that this stopped before the end. */
      rest: { loaded: number } | "stopped" | null;
    } & Loaded);

/** The newest entries, as far as they are loaded. */
const newest = signal<LogState>({ state: "idle" });

/** The entries of a range that the newest do not cover. */
const past = signal<{ range: Range; log: LogState } | null>(null);

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
export const range = computed<Range | null>(() => rangeOf(choice.value ?? USUAL, clock.value));

/** A range that does not go on with time, if one was chosen. */
const fixed = computed(() => (choice.value !== null && !("last" in choice.value) ? choice.value : null));

const isCovered = computed(() => newest.value.state === "ready" && newest.value.since <= (range.value?.since ?? 0));

/** The log that covers the chosen range, as far as it is loaded. */
export const auditLog = computed<LogState>(() => {
  const known = newest.value;
  if (fixed.value !== null && !isCovered.value) {
    return past.value?.range === fixed.value ? past.value.log : { state: "loading", loaded: 0 };
  }
  // More of it is being loaded.
  if (known.state === "ready" && !isCovered.value && isComing(known.rest))
    return { state: "loading", loaded: known.rest.loaded };
  return known;
});

const log = computed(() => (auditLog.value.state === "ready" ? auditLog.value.log : null));

/** One entry for each decision, whatever the range: servers write two where delegation was asked as well. */
export const decided = computed(() => {
  version.value; // A view keeps the entries that it was made of.
  return log.value?.decisions() ?? null;
});

/** The decisions within the range; `null` before they are loaded. It is another whenever its entries are. */
export const view = computed(() => decided.value?.filter(range.value ?? {}) ?? null);

/** How many entries were written for them. */
export const written = computed(() => {
  version.value;
  return log.value?.filter(range.value ?? {}).count() ?? 0;
});

/** What of the range is not loaded: all that is older than `since`. `null` if all of it is here. */
export const missing = computed(() => {
  const { value } = auditLog;
  return value.state === "ready" && value.since > (range.value?.since ?? 0) ? { since: value.since } : null;
});

function isComing<Rest>(rest: Rest | "stopped" | null): rest is Rest {
  return rest !== null && rest !== "stopped";
}

/** How many entries the range has at the server, where not all are loaded and the server says it. */
export const total = signal<number | undefined>(undefined);

let loading: AbortController | undefined;
let loadingPast: AbortController | undefined;

/** Loads the log, unless it is loaded or being loaded: the chosen range first. */
export async function loadAuditLog(again = false): Promise<void> {
  const current = session.value;
  if (current === null) return;
  const chosen = fixed.peek();
  if (chosen !== null && !isCovered.peek()) await loadPast(current, chosen, again);
  if (session.peek() === current && isWatched.peek()) await loadAll(current, again);
}

async function loadAll(current: Session, again: boolean): Promise<void> {
  const known = newest.peek();
  const part = known.state === "ready" && known.rest === "stopped" ? known : undefined;
  if (known.state === "loading" || (known.state === "ready" && !part && !again)) return;
  loading?.abort();
  const controller = new AbortController();
  const { signal } = controller;
  loading = controller;
  clock.value = Math.max(clock.peek(), Date.now());
  newest.value = part ? { ...part, rest: { loaded: 0 } } : { state: "loading", loaded: 0 };
  const show = (found: Loaded, rest: { loaded: number } | null) =>
    batch(() => {
      newest.value = { state: "ready", ...found, rest };
      keepTime(found.log);
    });
  try {
    const whole = await recordCall("scan", scanCode({ limit: MOST }), () =>
      loadNewest(current.bare, {
        signal,
        covered: part?.since,
        needed: () => range.peek()?.since ?? 0,
        onPart: (found) => show(found, { loaded: found.log.count() }),
        onProgress(loaded) {
          if (signal.aborted) return;
          const { value } = newest;
          newest.value = value.state === "ready" ? { ...value, rest: { loaded } } : { state: "loading", loaded };
        },
      }),
    );
    if (signal.aborted) whole.log.free();
    else show(whole, null);
  } catch (error) {
    if (signal.aborted) return;
    // What has come stays.
    const { value } = newest;
    newest.value = value.state === "ready" ? { ...value, rest: "stopped" } : { state: "failed", error };
  }
}

async function loadPast(current: Session, range: Range, again: boolean): Promise<void> {
  const known = past.peek();
  if (known?.range === range && known.log.state !== "failed" && !again) return;
  loadingPast?.abort();
  const controller = new AbortController();
  const { signal } = controller;
  loadingPast = controller;
  past.value = { range, log: { state: "loading", loaded: 0 } };
  const onProgress = (loaded: number) => {
    if (!signal.aborted) past.value = { range, log: { state: "loading", loaded } };
  };
  const filters = { since: new Date(range.since), until: new Date(range.until), limit: MOST };
  try {
    const found = await recordCall("scan", scanCode(filters), () =>
      loadRange(current.bare, range, { signal, onProgress }),
    );
    if (signal.aborted) return found.log.free();
    batch(() => {
      past.value = { range, log: { state: "ready", ...found, rest: null } };
      if (newest.peek().state !== "ready") heard.value = Date.now();
    });
  } catch (error) {
    if (!signal.aborted) past.value = { range, log: { state: "failed", error } };
  }
}

function scanCode(filters: object): string {
  return codeOf("scan", [filters]).replace("scan(", "scan(kavach, ");
}

function giveUp(): void {
  loading?.abort();
  loadingPast?.abort();
  loading = loadingPast = undefined;
  newest.value = { state: "idle" };
  past.value = null;
}

// The newest entry may be later than now: clocks differ.
function keepTime(log: Scan): void {
  heard.value = Date.now();
  clock.value = log.count() > 0 ? Math.max(heard.value, writtenAt(log, 0)) : heard.value;
  liveError.value = undefined;
}

const watchers = signal(0);
const isWatched = computed(() => watchers.value > 0);

/** Has the log loaded for as long as the component is shown, also when the session changes. */
export function useAuditLog(): LogState {
  const current = session.value;
  const chosen = fixed.value;
  useEffect(() => {
    watchers.value += 1;
    return () => {
      watchers.value -= 1;
    };
  }, []);
  useEffect(() => {
    loadAuditLog();
  }, [current, chosen]);
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
    const known = newest.peek();
    if (known.state === "loading" || past.peek()?.log.state === "loading") giveUp();
    else if (known.state === "ready" && isComing(known.rest)) {
      loading?.abort();
      newest.value = { ...known, rest: "stopped" };
    }
  }, PATIENCE);
  return () => clearTimeout(timer);
});

// The server is asked how many there are where not all are loaded.
const counted = computed(() => (missing.value === null ? null : (choice.value ?? USUAL)));
effect(() => {
  const current = session.value;
  total.value = undefined;
  if (counted.value === null || current === null) return;
  const controller = new AbortController();
  const { signal } = controller;
  unrecorded(() => totalIn(current.bare, range.peek(), signal)).then(
    (found) => {
      if (!signal.aborted) total.value = found;
    },
    () => {}, // The number says “at least” without it.
  );
  return () => controller.abort();
});

const newestLog = computed(() => (newest.value.state === "ready" ? newest.value.log : null));

// Asks for what is new, while anybody can see it. One asking ends before the next begins.
effect(() => {
  const log = newestLog.value;
  if (!live.value || !isWatched.value || log === null) return;
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
  // What failed before may work again.
  const known = newest.peek();
  if (known.state === "ready" && known.rest === "stopped") loadAuditLog();
}
