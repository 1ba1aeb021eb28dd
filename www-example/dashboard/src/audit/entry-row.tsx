// One entry in a line, or on narrow screens in two.
import type { AuditEntry } from "kavachos-wasm";
import { Link } from "wouter-preact";
import { agentsById } from "../agents/directory";
import { agentLink } from "../links";
import { OutcomeBadge } from "../log/outcome";
import { ago, inFull } from "../ui/time";

export const COLUMNS = [
  { name: "when", title: "Time" },
  { name: "who", title: "Agent" },
  { name: "action", title: "Action" },
  { name: "resource", title: "Resource" },
  { name: "outcome", title: "Outcome" },
  { name: "reason", title: "Reason" },
  { name: "took", title: "Took" },
] as const;

const clock = new Intl.DateTimeFormat("en", {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

interface Props {
  entry: AuditEntry;
  index: number;
  /** Whether the tab key stops here. */
  isStop: boolean;
  isOpen: boolean;
  onOpen: () => void;
}

export function EntryRow({ entry, index, isStop, isOpen, onOpen }: Props) {
  const { agentId, action, resource, reason, durationMs, timestamp } = entry;
  const name = agentsById.value.get(agentId)?.name;
  const moment = Date.parse(timestamp);
  const isMoment = !Number.isNaN(moment);
  const tabIndex = isStop ? 0 : -1;
  return (
    <tr
      aria-rowindex={index + 2}
      data-index={index}
      data-entry={entry.id}
      class={isOpen ? "open" : undefined}
      onClick={({ target, currentTarget }) => {
        // Links are links, and words may be selected.
        if ((target as Element).closest("a") || getSelection()?.type === "Range") return;
        currentTarget.querySelector("button")?.focus({ preventScroll: true });
        onOpen();
      }}
    >
      <td class="when">
        <button
          type="button"
          tabIndex={tabIndex}
          aria-expanded={isOpen}
          title={isMoment ? `${inFull(moment)} (${ago(moment)})` : undefined}
        >
          <span class="visually-hidden">Open the entry of </span>
          {isMoment ? <time dateTime={timestamp}>{clock.format(moment)}</time> : timestamp}
        </button>
      </td>
      <td class="who truncate">
        <Link href={agentLink(agentId)} tabIndex={tabIndex} title={name ? undefined : agentId}>
          {name ? <bdi>{name}</bdi> : <span class="mono">{agentId}</span>}
        </Link>
      </td>
      <td class="action truncate">{action}</td>
      <td class="resource mono truncate" title={resource}>
        {resource}
      </td>
      <td class="outcome">
        <OutcomeBadge entry={entry} />
      </td>
      <td class="reason muted truncate" title={reason ?? undefined}>
        {reason}
      </td>
      <td class="took muted">{durationMs} ms</td>
    </tr>
  );
}
