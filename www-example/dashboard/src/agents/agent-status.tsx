// The status of an agent, as an icon and a word, with a warning if it expires soon.
import type { Agent } from "kavachos-wasm";
import { Ban, CircleCheck, CircleHelp, Clock, TriangleAlert } from "lucide-preact";
import { inFull } from "../ui/time";
import { expiryStatus } from "./expiry-status";

const SIGNS: Record<string, { word: string; icon: typeof Ban }> = {
  active: { word: "Active", icon: CircleCheck },
  revoked: { word: "Revoked", icon: Ban },
  expired: { word: "Expired", icon: Clock },
};

/** The word for a status; servers may know further ones. */
export function statusWord(status: string): string {
  return SIGNS[status]?.word ?? status;
}

export function AgentStatus({ agent }: { agent: Agent }) {
  const Icon = SIGNS[agent.status]?.icon ?? CircleHelp;
  const { warning, ends } = expiryStatus(agent);
  return (
    <span class="agent-status">
      <span class={`badge status-${agent.status}`}>
        <Icon size={14} aria-hidden /> {statusWord(agent.status)}
      </span>
      {warning && (
        <span class="expiry" title={ends === undefined ? undefined : inFull(ends)}>
          <TriangleAlert size={13} aria-hidden /> {warning}
        </span>
      )}
    </span>
  );
}
