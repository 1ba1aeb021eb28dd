// How a delegation stands, for people: with a sign and in words, never by colour alone.
import type { DelegationChain } from "kavachos-wasm";
import { Check, CircleSlash, Clock, Hourglass } from "lucide-preact";
import { ago, inFull } from "../ui/time";
import { now, standingOf } from "./chains";
import { isSoon, type Standing } from "./standing";

const ICONS = { active: Check, soon: Clock, listed: Hourglass, past: CircleSlash, revoked: CircleSlash } as const;

/** The standing, or `"soon"` if it is about to end. */
export function lookOf(chain: DelegationChain): Standing | "soon" {
  const standing = standingOf(chain);
  return (standing === "active" || standing === "listed") && isSoon(chain, now.value) ? "soon" : standing;
}

/** In few words: “in 3 days”, “ended yesterday”, “revoked”. */
export function shortly(chain: DelegationChain): string {
  const standing = standingOf(chain);
  if (standing === "revoked") return "revoked";
  const end = Date.parse(chain.expiresAt);
  if (Number.isNaN(end)) return chain.expiresAt;
  if (standing === "past") return "ended";
  if (end - now.value > 3650 * 86_400_000) return "for years";
  return ago(end, now.value);
}

/** In a sentence. */
export function inWords(chain: DelegationChain): string {
  const end = inFull(chain.expiresAt);
  switch (standingOf(chain)) {
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

export function StandingBadge({ chain }: { chain: DelegationChain }) {
  const look = lookOf(chain);
  const Icon = ICONS[look];
  return (
    <span class={`badge standing-${look}`} title={inWords(chain)}>
      <Icon size={13} aria-hidden />{" "}
      {look === "past" ? `ended ${ago(Date.parse(chain.expiresAt), now.value)}` : textOf(chain)}
    </span>
  );
}

function textOf(chain: DelegationChain): string {
  const text = shortly(chain);
  return text === "revoked" ? "revoked" : `ends ${text}`;
}
