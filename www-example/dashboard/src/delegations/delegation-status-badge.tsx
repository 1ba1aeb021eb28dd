// How a delegation stands, for people: with a sign and in words, never by colour alone.
import type { DelegationChain } from "kavachos-wasm";
import { Check, CircleSlash, Clock, Hourglass } from "lucide-preact";
import { ago, inFull } from "../ui/time";
import { now, statusOf } from "./chains";
import { type DelegationStatus, isSoon } from "./delegation-status";

const ICONS = { active: Check, soon: Clock, listed: Hourglass, past: CircleSlash, revoked: CircleSlash } as const;

const HOUR = 3_600_000;
/** From so many days on the year is said. */
const YEARS = 1000;

/** The status, or `"soon"` if it is about to end. */
export function lookOf(chain: DelegationChain): DelegationStatus | "soon" {
  const status = statusOf(chain);
  return (status === "active" || status === "listed") && isSoon(chain, now.value) ? "soon" : status;
}

/** How long is left, in few words: “19 h”, “ended”, “revoked”. */
export function shortly(chain: DelegationChain): string {
  const status = statusOf(chain);
  if (status === "revoked") return "revoked";
  if (status === "past") return "ended";
  const left = Date.parse(chain.expiresAt) - now.value;
  if (Number.isNaN(left)) return chain.expiresAt;
  if (left < HOUR) return `${Math.ceil(left / 60_000)} min`;
  if (left < 48 * HOUR) return `${Math.floor(left / HOUR)} h`;
  const days = Math.floor(left / (24 * HOUR));
  return days < YEARS ? `${days} days` : `until ${new Date(chain.expiresAt).getFullYear()}`;
}

/** In a sentence. */
export function inWords(chain: DelegationChain): string {
  const end = inFull(chain.expiresAt);
  switch (statusOf(chain)) {
    case "active":
      return `Active until ${end}`;
    case "listed":
      return `Listed until ${end}; whether it was revoked before, this server does not say`;
    case "past":
      return `Ended on ${end}, or revoked before`;
    case "revoked":
      return "Revoked: the server does not count it any more";
  }
}

export function DelegationStatusBadge({ chain }: { chain: DelegationChain }) {
  const look = lookOf(chain);
  const Icon = ICONS[look];
  const end = Date.parse(chain.expiresAt);
  const far = end - now.value > YEARS * 24 * HOUR;
  const when = far ? `in ${new Date(end).getFullYear()}` : ago(end, now.value);
  const text = look === "revoked" ? "revoked" : look === "past" ? `ended ${when}` : `ends ${when}`;
  return (
    <span class={`badge delegation-${look}`} title={inWords(chain)}>
      <Icon size={13} aria-hidden /> {Number.isNaN(end) ? chain.expiresAt : text}
    </span>
  );
}
