// The audit log: every decision, as far back as there are any, narrowed by what is in the URL.
import type { AuditEntry } from "kavachos-wasm";
import { ArrowUp, Download, X } from "lucide-preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { useSearchParams } from "wouter-preact";
import { agentName, useDirectory } from "../agents/directory";
import { session } from "../connection/session";
import { Dialog } from "../ui/dialog";
import { Empty } from "../ui/empty";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { useMedia } from "../ui/use-media";
import "./audit.css";
import { EntryDetails } from "./entry-details";
import { EntryTable } from "./entry-table";
import { ExportDialog } from "./export-dialog";
import { type Feed, feedAgain, feedOf, MOST_NEW } from "./feed";
import { FilterBar, knownOwners } from "./filter-bar";
import { FilterChips } from "./filter-chips";
import { FILTERS, type Filters, filtersIn, sentenceOf, ZONE } from "./filters";

/** How often what is new is counted, in milliseconds. */
const PACE = 10_000;
const numbers = new Intl.NumberFormat("en");

export default function AuditPage() {
  useDirectory();
  const [query, setQuery] = useSearchParams();
  const filters = filtersIn(query);
  const key = JSON.stringify(filters);
  const [round, setRound] = useState(0);
  const [isExporting, setExporting] = useState(false);
  const current = session.value;
  const feed = useMemo(() => current && feedOf(current, filters), [current, key, round]);
  const [open, setOpen] = useOpenEntry(query, setQuery);

  useEffect(() => {
    if (feed === null) return;
    if (feed.count.peek() === 0 || feed.state.peek().state === "failed") feed.more();
    const controller = new AbortController();
    const timer = setInterval(() => {
      if (!document.hidden && feed.state.peek().state !== "loading") feed.look(controller.signal);
    }, PACE);
    return () => {
      clearInterval(timer);
      controller.abort();
      feed.stop();
    };
  }, [feed, current]);

  function change(part: Filters) {
    const next = new URLSearchParams(query);
    next.delete("entry");
    for (const [name, value] of Object.entries(part)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setQuery(next);
  }
  const [isNarrowed, setNarrowed] = useState(false);
  const isSmall = useMedia("(max-width: 760px)");
  const set = Object.keys(filters).length;
  if (feed === null) return null;
  return (
    <>
      <header>
        <div class="audit-title">
          <h1>Audit</h1>
          <p class="muted">
            {sentenceOf(filters, agentName)}, newest first. Times are in {ZONE}.
          </p>
        </div>
        <div class="row">
          {isSmall && (
            <button
              type="button"
              class="button"
              aria-expanded={isNarrowed}
              aria-controls="audit-filters"
              onClick={() => setNarrowed(!isNarrowed)}
            >
              Filters{set > 0 && ` (${set})`}
            </button>
          )}
          <button type="button" class="button" onClick={() => setExporting(true)}>
            <Download size={16} aria-hidden /> Export
          </button>
        </div>
      </header>
      <section id="audit-filters" aria-label="Filters" hidden={isSmall && !isNarrowed}>
        <FilterBar filters={filters} onChange={change} owners={knownOwners()} actions={actionsOf(feed)} />
      </section>
      <FilterChips
        filters={filters}
        onRemove={(names) => change(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
      <List
        // Another feed is another list, which begins at its top.
        key={`${key} ${round}`}
        feed={feed}
        open={open}
        isSmall={isSmall}
        isFiltered={set > 0}
        onOpen={setOpen}
        onClear={() => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
        onNewest={() => {
          feedAgain(feed, filters);
          setOpen(undefined);
          setRound(round + 1);
        }}
      />
      {isExporting && <ExportDialog filters={filters} onClose={() => setExporting(false)} />}
    </>
  );
}

/** Which entry is open: at once on the page, and a little later in the URL, which browsers let one change so often only. */
function useOpenEntry(query: URLSearchParams, setQuery: ReturnType<typeof useSearchParams>[1]) {
  const inUrl = query.get("entry") ?? undefined;
  const [id, setId] = useState(inUrl);
  useEffect(() => setId(inUrl), [inUrl]);
  useEffect(() => {
    if (id === inUrl) return;
    const timer = setTimeout(() => {
      const next = new URLSearchParams(query);
      if (id) next.set("entry", id);
      else next.delete("entry");
      setQuery(next, { replace: true });
    }, 300);
    return () => clearTimeout(timer);
  }, [id, inUrl]);
  const open = useCallback((entry: AuditEntry | undefined) => setId(entry?.id), []);
  return [id, open] as const;
}

interface ListProps {
  feed: Feed;
  open: string | undefined;
  isSmall: boolean;
  isFiltered: boolean;
  onOpen: (entry: AuditEntry | undefined) => void;
  onClear: () => void;
  onNewest: () => void;
}

function List({ feed, open, isSmall, isFiltered, onOpen, onClear, onNewest }: ListProps) {
  const hasRoom = useMedia("(min-width: 1180px)");
  const count = feed.count.value;
  const status = feed.state.value;
  const newer = feed.newer.value;
  const index = useMemo(
    () => (open === undefined ? -1 : feed.entries.findIndex(({ id }) => id === open)),
    [open, count, feed],
  );
  const entry = feed.entries[index];
  const step = (by: number) => {
    const next = feed.entries[index + by];
    return next && (() => onOpen(next));
  };
  const details = entry && <EntryDetails entry={entry} onNewer={step(-1)} onOlder={step(1)} />;

  if (count === 0 && status.state === "ended")
    return (
      <Empty title={isFiltered ? "No entry is like that" : "No decisions yet"}>
        <p>
          {isFiltered
            ? "Servers record what waits for approval or is over its limit as denied, with a reason."
            : "As soon as an agent asks whether it may do something, the answer is here."}
        </p>
        <div class="row">
          {isFiltered && (
            <button type="button" class="button" onClick={onClear}>
              Show all entries
            </button>
          )}
          <News count={newer} onClick={onNewest} />
        </div>
      </Empty>
    );
  if (count === 0 && status.state === "failed")
    return <Failure what="The audit log could not be loaded" error={status.error} onRetry={() => feed.more()} />;
  if (count === 0) return <Loading what="the audit log" />;
  return (
    <>
      <div class={details && hasRoom ? "audit-list beside" : "audit-list"}>
        <div class="card entries-card">
          <News count={newer} onClick={onNewest} />
          <EntryTable
            // Rows of another height are other rows.
            key={isSmall}
            feed={feed}
            rowHeight={isSmall ? 64 : 37}
            open={open}
            onOpen={onOpen}
            follows={hasRoom}
          />
          <p class="entries-end muted" role="status">
            {status.state === "ended"
              ? `All ${numbers.format(count)} ${count === 1 ? "entry" : "entries"}`
              : `${numbers.format(count)} entries so far${status.state === "loading" ? ", loading more…" : ""}`}
          </p>
        </div>
        {details && hasRoom && (
          <aside
            class="card entry-panel"
            aria-labelledby="entry-title"
            onKeyDown={({ key }) => key === "Escape" && onOpen(undefined)}
          >
            <header>
              <h2 id="entry-title">Entry</h2>
              <button type="button" class="button quiet small" onClick={() => onOpen(undefined)}>
                <X size={16} aria-hidden />
                <span class="visually-hidden">Close the entry</span>
              </button>
            </header>
            {details}
          </aside>
        )}
      </div>
      {status.state === "failed" && (
        <Failure what="Tried to load more" error={status.error} onRetry={() => feed.more()} />
      )}
      {details && !hasRoom && (
        <Dialog title="Entry" onClose={() => onOpen(undefined)}>
          {details}
        </Dialog>
      )}
    </>
  );
}

function News({ count, onClick }: { count: number; onClick: () => void }) {
  return (
    <div role="status" class="news">
      {count > 0 && (
        <button type="button" class="button small" onClick={onClick}>
          <ArrowUp size={14} aria-hidden />
          {count >= MOST_NEW ? `${MOST_NEW} or more` : count} new {count === 1 ? "entry" : "entries"}
        </button>
      )}
    </div>
  );
}

/** The actions of what has been loaded, the most frequent first. */
function actionsOf(feed: Feed): string[] {
  feed.count.value; // The array is the same when it has grown.
  const counts = new Map<string, number>();
  for (const { action } of feed.entries.slice(0, 1000)) counts.set(action, (counts.get(action) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([action]) => action);
}
