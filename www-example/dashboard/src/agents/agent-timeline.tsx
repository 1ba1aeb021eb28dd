// What an agent asked for and what came of it, the newest first, more of it on demand.
import type { AuditEntry, AuditFilters, AuditIterator } from "kavachos-wasm";
import { RotateCw } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { kavach } from "../connection/session";
import { whyLink } from "../links";
import { OutcomeBadge } from "../log/outcome";
import { Failure } from "../ui/failure";

const PAGE = 25;
const day = new Intl.DateTimeFormat("en", { weekday: "long", month: "long", day: "numeric" });
const clock = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

interface Shown {
  entries: readonly AuditEntry[];
  over: boolean;
}

export function AgentTimeline({ id }: { id: string }) {
  const [refusedOnly, setRefusedOnly] = useState(false);
  const [round, setRound] = useState(0);
  const [shown, setShown] = useState<Shown>({ entries: [], over: false });
  const [busy, setBusy] = useState(true);
  const [error, setError] = useState<unknown>();
  const source = useRef<AuditIterator>();

  async function more(from: AuditIterator, before: readonly AuditEntry[]) {
    setBusy(true);
    setError(undefined);
    try {
      const page = await take(from, PAGE);
      if (source.current !== from) return;
      setShown({ entries: [...before, ...page.entries], over: page.over });
    } catch (reason) {
      if (source.current !== from) return;
      setError(reason);
    }
    setBusy(false);
  }

  useEffect(() => {
    const controller = new AbortController();
    const filters: AuditFilters = { agentId: id, ...(refusedOnly && { result: "denied" }) };
    const iterator = kavach().audit.iterate(filters, { signal: controller.signal, pageSize: PAGE });
    source.current = iterator;
    more(iterator, []);
    return () => {
      source.current = undefined;
      controller.abort();
      iterator.return(undefined).catch(() => {});
    };
  }, [id, refusedOnly, round]);

  const { entries, over } = shown;
  const again = () => setRound((before) => before + 1);
  return (
    <section class="card timeline" aria-labelledby="timeline">
      <header>
        <h2 id="timeline">Timeline</h2>
        <div class="row">
          <label class="choice">
            <input
              type="checkbox"
              checked={refusedOnly}
              onChange={({ currentTarget }) => setRefusedOnly(currentTarget.checked)}
            />
            Only what was refused
          </label>
          <button type="button" class="button quiet small" onClick={again} disabled={busy}>
            <RotateCw size={14} aria-hidden /> Newest
          </button>
        </div>
      </header>
      {byDay(entries).map(([title, those]) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <ol>
            {those.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
      {error !== undefined && (
        // An iterator that failed has ended: what comes next begins anew.
        <Failure error={error} what="The log could not be loaded" onRetry={again} />
      )}
      {!busy && error === undefined && entries.length === 0 && (
        <p class="muted">{refusedOnly ? "It was refused nothing." : "It has asked for nothing yet."}</p>
      )}
      {error === undefined && !over && (
        <button
          type="button"
          class="button small"
          disabled={busy}
          onClick={() => source.current && more(source.current, entries)}
        >
          {busy ? "Loading…" : "Show more"}
        </button>
      )}
      {over && entries.length > 0 && <p class="muted">That is all.</p>}
    </section>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { action, resource, reason, result, timestamp, durationMs } = entry;
  const moment = new Date(timestamp);
  return (
    <li>
      <time dateTime={timestamp} class="muted">
        {Number.isNaN(moment.getTime()) ? timestamp : clock.format(moment)}
      </time>
      <OutcomeBadge entry={entry} />
      <div>
        <p>
          {action} <code>{resource}</code> <span class="muted">{durationMs} ms</span>
        </p>
        {result !== "allowed" && (
          <p class="muted">
            {reason} <Link href={whyLink(entry)}>Why?</Link>
          </p>
        )}
      </div>
    </li>
  );
}

async function take(from: AuditIterator, most: number): Promise<Shown> {
  const entries: AuditEntry[] = [];
  while (entries.length < most) {
    const step = await from.next();
    if (step.done) return { entries, over: true };
    entries.push(step.value);
  }
  return { entries, over: false };
}

/** The entries of each day, in their order. */
function byDay(entries: readonly AuditEntry[]): [string, readonly AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>();
  for (const entry of entries) {
    const title = dayOf(entry.timestamp);
    const those = days.get(title);
    if (those) those.push(entry);
    else days.set(title, [entry]);
  }
  return [...days];
}

function dayOf(timestamp: string): string {
  const moment = new Date(timestamp);
  return Number.isNaN(moment.getTime()) ? "At some time" : day.format(moment);
}
