// The entries that the audit page shows, pulled out of `audit.iterate` as they are wanted, and what is newer than they are.
import { type Signal, signal } from "@preact/signals";
import type { AuditEntry, AuditFilters, AuditIterator } from "kavachos-wasm";
import type { Session } from "../connection/session";
import { reportOutcome, unrecorded } from "../inspector/recorder";
import { clientFilters, type Filters, keepsOf } from "./filters";

export type FeedState =
  | { state: "idle" | "loading" | "ended" }
  /** What came before stays. */
  | { state: "failed"; error: unknown };

/** How many entries are asked for at a time. With a filter by action, which the client applies, most may not be wanted. */
const PAGE = 200;
const PAGE_OF_ACTIONS = 1000;
/** How long entries are collected before they are shown, in milliseconds. */
const SHOWN_EVERY = 100;
/** How many new ones are counted. */
export const MOST_NEW = 500;

export class Feed {
  /** What has come, the newest first. The array grows; `count` says when. */
  readonly entries: AuditEntry[] = [];
  readonly count: Signal<number> = signal(0);
  readonly state: Signal<FeedState> = signal<FeedState>({ state: "idle" });
  /** How many entries have been written since, as far as they were counted. */
  readonly newer: Signal<number> = signal(0);
  /** Where one was: how far it was scrolled, in pixels. */
  scrolled = 0;
  /** Whether its list is what one has just asked for. */
  wantsFocus = false;
  readonly #ids = new Set<string>();
  #iterator: AuditIterator | undefined;
  /** The last entry that has come, kept or not. */
  #oldest: AuditEntry | undefined;

  constructor(
    public session: Session,
    readonly filters: AuditFilters,
    /** What servers cannot filter by. */
    readonly keeps: ((entry: AuditEntry) => boolean) | undefined,
  ) {}

  /** Pulls the next entries, unless that is under way or there are no more. */
  async more(): Promise<void> {
    const { state } = this.state.peek();
    if (state === "loading" || state === "ended") return;
    this.state.value = { state: "loading" };
    this.#iterator ??= this.#start();
    const iterator = this.#iterator;
    const wanted = this.entries.length + PAGE;
    let shown = performance.now();
    let isAtEnd = false;
    try {
      while (this.entries.length < wanted) {
        const { done, value } = await iterator.next();
        if (iterator !== this.#iterator) return; // Nobody waits for it any more.
        if (done) {
          isAtEnd = true;
          break;
        }
        if (this.#ids.has(value.id)) continue;
        this.#ids.add(value.id);
        this.#oldest = value;
        if (this.keeps?.(value) === false) continue;
        this.entries.push(value);
        if (performance.now() - shown > SHOWN_EVERY) {
          this.count.value = this.entries.length;
          shown = performance.now();
        }
      }
      this.state.value = { state: isAtEnd ? "ended" : "idle" };
    } catch (error) {
      if (iterator !== this.#iterator) return;
      this.#iterator = undefined; // It has ended: the next one goes on where this one stopped.
      this.state.value = { state: "failed", error };
    } finally {
      this.count.value = this.entries.length;
    }
  }

  /** Stops what is under way. What has come stays, and `more` goes on from there. */
  stop(): void {
    const iterator = this.#iterator;
    this.#iterator = undefined;
    iterator?.return().catch(() => {});
    if (this.state.peek().state === "loading") this.state.value = { state: "idle" };
  }

  /**
   * Counts what has been written since. Not shown in the inspector, since it is asked over and over.
   *
   * Never rejects: what does not come this time comes the next.
   */
  async look(signal: AbortSignal): Promise<void> {
    const { until, actions, ...filters } = this.filters;
    if (until && Date.parse(String(until)) < Date.now() - 60_000) return; // Nothing is written into the past.
    const since = this.entries[0]?.timestamp ?? filters.since;
    try {
      const query = { ...filters, since, until, limit: MOST_NEW };
      const found = await unrecorded(() => this.session.bare.audit.query(query, { signal }));
      const isNew = (entry: AuditEntry) =>
        !this.#ids.has(entry.id) &&
        (!actions?.length || actions.includes(entry.action)) &&
        this.keeps?.(entry) !== false;
      this.newer.value = found.filter(isNew).length;
      reportOutcome(null);
    } catch (error) {
      if (!signal.aborted && error instanceof Error) reportOutcome(error);
    }
  }

  #start(): AuditIterator {
    const oldest = this.#oldest;
    // Others of the same second come again, and are known by their ids.
    const filters = oldest ? { ...this.filters, until: oldest.timestamp } : this.filters;
    const pageSize = filters.actions?.length || this.keeps ? PAGE_OF_ACTIONS : PAGE;
    return this.session.kavach.audit.iterate(filters, { pageSize });
  }
}

let kept: { key: string; feed: Feed } | undefined;

/** The feed of these filters: the last one if it was the same, so that one who comes back is where they were. */
export function feedOf(session: Session, wanted: Filters): Feed {
  const key = JSON.stringify(wanted);
  // Who has signed in again on the page goes on with the same settings.
  if (kept?.key === key && kept.feed.session.settings === session.settings) kept.feed.session = session;
  else kept = { key, feed: new Feed(session, clientFilters(wanted), keepsOf(wanted)) };
  return kept.feed;
}

/** A feed of the same filters that begins again with what is newest. */
export function feedAgain({ session }: Feed, wanted: Filters): Feed {
  kept = undefined;
  const feed = feedOf(session, wanted);
  feed.wantsFocus = true;
  return feed;
}
