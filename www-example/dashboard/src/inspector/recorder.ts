// Records the calls that the dashboard makes through the client, for the inspector: what was called, how it went,
// with how many attempts. Holds no tokens, no passwords and no answers.
import { signal } from "@preact/signals";
import type { KavachClientOptions, RequestEvent, ResponseEvent, RetryEvent, TokenContext } from "kavachos-wasm";
import { codeOf } from "./call-code";

/** One request of a call, and how it was answered. */
export interface Attempt {
  method: string;
  /** Without its origin. */
  path: string;
  status?: number;
  /** The code of the failure, if there was no answer. */
  code?: string;
  durationMs?: number;
  /** How long the client waits before the next one. */
  delayMs?: number;
}

export type Outcome = "pending" | "done" | "denied" | "failed" | "aborted";

export interface Call {
  id: number;
  /** The method: `agents.list`. */
  name: string;
  /** JavaScript that makes the same call, without its secrets. */
  code: string;
  /** In milliseconds since 1970. */
  startedAt: number;
  durationMs?: number;
  outcome: Outcome;
  /** What came of it, in a few words. */
  summary: string;
  attempts: Attempt[];
}

const KEPT = 200;
/** How often an iterator tells how far it is, in milliseconds. */
const TOLD_EVERY = 250;

/** The latest calls, the newest first. */
export const calls = signal<readonly Call[]>([]);

let made = 0;
let starting: Call | undefined;
// The iterator that was pulled last. Its pages are calls of the client, made when there is room for them.
let pulled: Call | undefined;
const byNumber = new Map<number, Call>();
/** Calls that wait for their token, by operation: their first request follows later. */
const awaiting = new Map<string, Call[]>();
type Listener = (error: Error | null, name: string) => void;
const listeners = new Set<Listener>();

/** Calls `listener` after each call: with the error that it rejected with, or `null` if it was answered, and its method. */
export function onOutcome(listener: Listener): void {
  listeners.add(listener);
}

/** Tells of a call that is not shown, because it is made over and over: that it was answered, or what it failed with. */
export function reportOutcome(error: Error | null, name = ""): void {
  for (const listener of listeners) listener(error, name);
}

/** Forgets all calls. */
export function clearCalls(): void {
  calls.value = [];
  byNumber.clear();
  awaiting.clear();
  pulled = undefined;
}

const UNSHOWN = {} as Call;

/** Makes a call that is not shown. */
export function unrecorded<T>(run: () => T): T {
  const outer = starting;
  starting = UNSHOWN;
  try {
    return run();
  } finally {
    starting = outer;
  }
}

/** The same client, or other object with methods, whose calls are recorded under `name`. */
export function recorded<T extends object>(target: T, name = "kavach"): T {
  return watched(target, name);
}

/** The same token function, after which the requests of the client are attributed to the calls that are recorded. */
export function attributed<T>(token: (context: TokenContext) => T): (context: TokenContext) => T {
  return (context) => {
    const { operation } = context;
    if (starting) awaiting.set(operation, [...(awaiting.get(operation) ?? []), starting]);
    return token(context);
  };
}

function callOf({ attempt, operation }: RequestEvent): Call | undefined {
  if (attempt > 1) return undefined;
  if (starting) return starting;
  // Calls that were aborted meanwhile send nothing.
  const waiting = awaiting.get(operation)?.filter((call) => call === UNSHOWN || call.outcome === "pending") ?? [];
  const call = waiting.shift();
  awaiting.set(operation, waiting);
  return call ?? (operation === "audit.iterate" ? pulled : undefined);
}

function watched<T extends object>(target: T, path: string): T {
  const seen = new Map<PropertyKey, unknown>();
  // Not of the target: the members of a frozen object cannot be shown as others.
  return new Proxy<T>(Object.create(Object.getPrototypeOf(target)), {
    get(_, key) {
      if (seen.has(key)) return seen.get(key);
      const member: unknown = Reflect.get(target, key);
      const name = `${path}.${String(key)}`;
      let shown = member;
      if (typeof member === "function")
        shown = (...args: unknown[]) => recordCall(name, codeOf(name, args), () => member.apply(target, args));
      else if (typeof member === "object" && member !== null) shown = watched(member, name);
      seen.set(key, shown);
      return shown;
    },
  });
}

/**
 * Records what `run` does as one call.
 *
 * Returns what it returns: a promise, or an async iterator, which is recorded until it ends.
 */
export function recordCall<T>(name: string, code: string, run: () => T): T {
  const call: Call = {
    id: ++made,
    name: name.replace(/^kavach\./, ""),
    code,
    startedAt: Date.now(),
    outcome: "pending",
    summary: "",
    attempts: [],
  };
  calls.value = [call, ...calls.value].slice(0, KEPT);
  const began = performance.now();
  const settle = (outcome: Outcome, summary: string) => {
    if (call.outcome !== "pending") return;
    Object.assign(call, { outcome, summary, durationMs: performance.now() - began });
    changed();
  };
  const succeed = (value: unknown) => {
    settle(isDenial(value) ? "denied" : "done", summaryOf(value));
    reportOutcome(null, name);
  };
  const fail = (error: unknown) => {
    const aborted = error instanceof DOMException && error.name === "AbortError";
    const { name: kind = "Error", code: word } = error as { name?: string; code?: string };
    settle(aborted ? "aborted" : "failed", aborted ? "aborted" : word ? `${kind} ${word}` : kind);
    if (!aborted && error instanceof Error) reportOutcome(error, name);
  };
  const outer = starting;
  starting = call;
  let value: T;
  try {
    value = run();
  } catch (error) {
    fail(error);
    throw error;
  } finally {
    starting = outer;
  }
  if (value instanceof Promise) value.then(succeed, fail);
  else if (isIterator(value)) return watchedIterator(value, call, succeed, fail) as T;
  else succeed(value);
  return value;
}

function watchedIterator<T extends AsyncIterableIterator<unknown>>(
  iterator: T,
  call: Call,
  succeed: (value: unknown) => void,
  fail: (error: unknown) => void,
): T {
  let count = 0;
  let waiting = 0;
  let waited = 0;
  let timer: number | undefined;
  // Who pulls entries as they are wanted may never come to the end: between two pulls nothing is under way.
  const tellLater = () => {
    if (isOver) return;
    timer ??= window.setTimeout(() => {
      timer = undefined;
      const outcome = waiting > 0 ? "pending" : "done";
      Object.assign(call, { outcome, summary: `${count} entries so far`, durationMs: waited });
      changed();
    }, TOLD_EVERY);
  };
  let isOver = false;
  const end = (settle: () => void) => {
    clearTimeout(timer);
    if (isOver) return;
    isOver = true;
    call.outcome = "pending";
    settle();
    call.durationMs = waited;
  };
  return new Proxy(iterator, {
    get(target, key, proxy) {
      if (key === Symbol.asyncIterator) return () => proxy;
      const member = Reflect.get(target, key);
      if (typeof member !== "function") return member;
      return async (...args: unknown[]) => {
        const began = performance.now();
        waiting += 1;
        pulled = call;
        tellLater();
        try {
          const step = await member.apply(target, args);
          waited += performance.now() - began;
          if (Array.isArray(step)) count += step.length;
          else if (key === "next" && !step.done) count += 1;
          if (Array.isArray(step) || step?.done) end(() => succeed(`${count} entries`));
          return step;
        } catch (error) {
          waited += performance.now() - began;
          end(() => fail(error));
          throw error;
        } finally {
          waiting -= 1;
        }
      };
    },
  });
}

/** The hooks of the client: they say which attempts a call took. */
export const hooks: Pick<KavachClientOptions, "onRequest" | "onResponse" | "onRetry"> = {
  onRequest(event: RequestEvent) {
    const call = callOf(event);
    if (call && call !== UNSHOWN) byNumber.set(event.call, call);
    const { pathname, search } = new URL(event.url);
    byNumber.get(event.call)?.attempts.push({ method: event.method, path: pathname + search });
  },
  onResponse(event: ResponseEvent) {
    const attempt = byNumber.get(event.call)?.attempts.at(-1);
    if (attempt) Object.assign(attempt, { status: event.status, code: event.code, durationMs: event.durationMs });
    changed();
  },
  onRetry(event: RetryEvent) {
    const attempt = byNumber.get(event.call)?.attempts.at(-1);
    if (attempt) attempt.delayMs = event.delayMs;
    changed();
  },
};

function changed(): void {
  calls.value = [...calls.value];
}

function isDenial(value: unknown): boolean {
  return typeof value === "object" && value !== null && "allowed" in value && value.allowed === false;
}

function isIterator(value: unknown): value is AsyncIterableIterator<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value && "next" in value;
}

// What an answer is, never what is in it.
function summaryOf(value: unknown): string {
  if (value === undefined) return "done";
  if (value === null) return "none";
  if (typeof value === "string") return value.length > 40 ? `${value.length} characters` : value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.length === 1 ? "1 item" : `${value.length} items`;
  if (typeof value === "object") {
    if ("allowed" in value) return value.allowed ? "allowed" : "denied";
    if ("name" in value && "id" in value) return `“${String(value.name)}”`;
  }
  return "done";
}
