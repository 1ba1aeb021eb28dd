// All that one entry holds, and where to go from there.
import type { AuditEntry } from "kavachos-wasm";
import { ArrowDown, ArrowUp, CircleHelp } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { agentName } from "../agents/directory";
import { agentLink, auditLink, whyLink } from "../links";
import { OutcomeBadge, outcomeOf } from "../log/outcome";
import { kindOf } from "../overview/reasons";
import { Code, CopyButton } from "../ui/copy";
import { ago } from "../ui/time";
import { momentOf } from "./filters";

/** The members that have their own place; whatever else a server sends comes after them. */
const KNOWN = new Set([
  "id",
  "agentId",
  "userId",
  "action",
  "resource",
  "parameters",
  "result",
  "reason",
  "durationMs",
  "tokensCost",
  "timestamp",
]);
const AROUND = 5 * 60_000;

interface Props {
  entry: AuditEntry;
  /** Shows the entry before or after this one; absent where there is none. */
  onNewer?: () => void;
  onOlder?: () => void;
}

export function EntryDetails({ entry, onNewer, onOlder }: Props) {
  const { id, agentId, userId, action, resource, parameters, result, reason, durationMs, tokensCost, timestamp } =
    entry;
  const moment = Date.parse(timestamp);
  const others = Object.entries(entry).filter(([name, value]) => !KNOWN.has(name) && value !== undefined);
  const isRefused = result !== "allowed";
  const ended = outcomeOf(entry);
  return (
    <div class="details stack">
      <div class="spread">
        <OutcomeBadge entry={entry} />
        <div class="row">
          <button type="button" class="button quiet small" disabled={!onNewer} onClick={onNewer}>
            <ArrowUp size={16} aria-hidden /> Newer
          </button>
          <button type="button" class="button quiet small" disabled={!onOlder} onClick={onOlder}>
            <ArrowDown size={16} aria-hidden /> Older
          </button>
        </div>
      </div>
      {reason && <p class="why">{reason}</p>}
      {isRefused && (
        <Link class="button primary" href={whyLink(entry)}>
          <CircleHelp size={16} aria-hidden /> Why was this denied?
        </Link>
      )}
      <dl>
        <Member name="Time">
          {momentOf(timestamp)} {Number.isNaN(moment) || <span class="muted">{ago(moment)}</span>}
        </Member>
        <Member name="Agent">
          <Link href={agentLink(agentId)}>
            <bdi>{agentName(agentId)}</bdi>
          </Link>
        </Member>
        <Member name="Owner">{userId}</Member>
        <Member name="Action">{action}</Member>
        <Member name="Resource">
          <span class="mono">{resource}</span>
        </Member>
        <Member name="Result">
          <span class="mono">{result}</span>
        </Member>
        <Member name="Took">{durationMs} ms</Member>
        {tokensCost !== undefined && tokensCost !== null && <Member name="Tokens">{tokensCost}</Member>}
        <Member name="Agent id" copy={agentId}>
          <span class="mono">{agentId}</span>
        </Member>
        <Member name="Entry id" copy={id}>
          <span class="mono">{id}</span>
        </Member>
        {others.map(([name, value]) => (
          <Member key={name} name={name}>
            <span class="mono">{typeof value === "string" ? value : JSON.stringify(value)}</span>
          </Member>
        ))}
      </dl>
      <section class="stack tight">
        <h3>Parameters</h3>
        {Object.keys(parameters).length > 0 ? (
          <Code text={JSON.stringify(parameters, null, 2)} label="Copy parameters" />
        ) : (
          <p class="muted">None were sent.</p>
        )}
      </section>
      <div class="row">
        <CopyButton text={JSON.stringify(entry, null, 2)} label="Copy entry as JSON" />
        <CopyButton text={linkTo(entry)} label="Copy link" />
      </div>
      <nav aria-label="Others like this" class="stack tight">
        <h3>Others like this</h3>
        <Link href={auditLink({ agent: agentId })}>All of this agent</Link>
        {isRefused && (
          <Link href={auditLink({ agent: agentId, outcome: "refused" })}>All that this agent was refused</Link>
        )}
        {isRefused && <Link href={auditLink({ outcome: ended, reason: kindOf(reason) })}>All with this reason</Link>}
        <Link href={auditLink({ resource })}>All on this resource</Link>
        {Number.isNaN(moment) || (
          <Link href={auditLink({ since: isoAt(moment - AROUND), until: isoAt(moment + AROUND), entry: id })}>
            Five minutes before and after
          </Link>
        )}
      </nav>
    </div>
  );
}

function Member({ name, copy, children }: { name: string; copy?: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {children} {copy && <CopyButton text={copy} label="Copy" />}
      </dd>
    </>
  );
}

// An entry cannot be asked for by its id: the link is to its second, with the entry open.
function linkTo({ id, agentId, timestamp }: AuditEntry): string {
  const moment = Number.isNaN(Date.parse(timestamp)) ? {} : { since: timestamp, until: timestamp };
  return new URL(auditLink({ agent: agentId, ...moment, entry: id }), location.origin).href;
}

function isoAt(moment: number): string {
  return new Date(moment).toISOString();
}
