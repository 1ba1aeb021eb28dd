// The tables of “what if”: what changes, what history cannot tell, what differed already.
import type { AuditEntry } from "kavachos-wasm";
import type { Need } from "kavachos-wasm/permissions";
import { ArrowRight } from "lucide-preact";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { playgroundLink } from "../links";
import { OutcomeSign, outcomeOf } from "../log/outcome";
import type { ChangeKind, Group, Undecided } from "./replay";

const SHOWN = 20;

interface Props<T> {
  groups: readonly T[];
  /** The agent whose permissions the page is about. */
  agentId?: string;
}

export function Changes(props: Props<Group>) {
  return <Groups {...props} title="What changes" decision="Decision" />;
}

export function Differing(props: Props<Group>) {
  return (
    <Groups
      {...props}
      title="What differed already"
      note="Recorded otherwise than the stored permissions decide today: they were changed since, or a delegated permission decided, or the agent was not active."
      decision="Recorded, and today"
    />
  );
}

interface GroupsProps extends Props<Group> {
  title: string;
  note?: string;
  /** What the first column says. */
  decision: string;
}

function Groups({ groups, agentId, title, note, decision }: GroupsProps) {
  if (groups.length === 0) return null;
  return (
    <Table
      title={title}
      note={note}
      head={[decision, "Call", "Entries", "Why"]}
      groups={groups}
      row={(group) => (
        <>
          <td>
            <Shift group={group} />
          </td>
          <td>
            <Call {...group} agentId={agentId} />
          </td>
          <td class="numeric">{group.count.toLocaleString("en")}</td>
          <td class="muted">{whyOf(group)}</td>
        </>
      )}
    />
  );
}

const NEEDS: Record<Need, string> = {
  ip: "the address of each call",
  timezone: "the server's time zone: say it above",
  callsInLastHour: "how many calls the server had counted",
};

export function Unknown({ groups, agentId }: Props<Undecided>) {
  if (groups.length === 0) return null;
  return (
    <Table
      title="What history cannot tell"
      head={["Call", "Entries", "It would take"]}
      groups={groups}
      row={(group) => (
        <>
          <td>
            <Call {...group} agentId={agentId} />
          </td>
          <td class="numeric">{group.count.toLocaleString("en")}</td>
          <td class="muted">{group.needs.map((need) => NEEDS[need]).join("; ")}</td>
        </>
      )}
    />
  );
}

interface TableProps<T> {
  title: string;
  note?: string;
  head: readonly string[];
  groups: readonly T[];
  row: (group: T) => preact.ComponentChildren;
}

function Table<T extends { action: string; resource: string; kind?: ChangeKind; needs?: readonly Need[] }>({
  title,
  note,
  head,
  groups,
  row,
}: TableProps<T>) {
  const [all, setAll] = useState(false);
  const shown = all ? groups : groups.slice(0, SHOWN);
  return (
    <div class="stack tight">
      <h3>{title}</h3>
      {note && <p class="muted">{note}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scrolls" tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col" class={name === "Entries" ? "numeric" : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => (
              <tr key={JSON.stringify([group.kind, group.needs, group.action, group.resource])} data-kind={group.kind}>
                {row(group)}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {groups.length > shown.length && (
        <div class="row">
          <button type="button" class="button small" onClick={() => setAll(true)}>
            Show all {groups.length}
          </button>
        </div>
      )}
    </div>
  );
}

function Shift({ group: { kind, before, after } }: { group: Group }) {
  const was = outcomeOf({ result: kind === "denied" ? "allowed" : "denied", reason: before });
  const is = outcomeOf({ result: kind === "allowed" ? "allowed" : "denied", reason: after });
  return (
    <span class="shift">
      <OutcomeSign outcome={was} /> <ArrowRight size={14} aria-label="becomes" /> <OutcomeSign outcome={is} />
    </span>
  );
}

function whyOf({ kind, before, after }: Group): string {
  if (kind === "reason") return `${inShort(before)} → ${inShort(after)}`;
  return inShort(kind === "allowed" ? before : after);
}

// Several agents may have made the same call; the reason names the latest.
function inShort(reason: string | undefined): string {
  return reason?.replace(/ agent ".*?" access to/, " access to") ?? "no reason";
}

function Call({
  action,
  resource,
  sample,
  agentId,
}: {
  action: string;
  resource: string;
  sample: AuditEntry;
  agentId?: string;
}) {
  const { parameters, timestamp } = sample;
  const args = Object.keys(parameters).length > 0 ? JSON.stringify(parameters) : undefined;
  // Of the agent whose permissions were edited, so that its edits are what is looked at.
  const href = playgroundLink({ agentId: agentId ?? "", action, resource, arguments: args, at: timestamp });
  return (
    <Link href={href} title="Open the latest in the playground">
      {action} on <code>{resource}</code>
    </Link>
  );
}
