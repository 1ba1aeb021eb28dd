// Where an agent is in its life, and how long it has left.
import type { Agent } from "kavachos-wasm";
import { ago } from "../ui/time";

/** Who expires within three days wants looking after. */
const SOON = 3 * 86_400_000;

export interface Life {
  /** The end, in milliseconds since 1970, if there is one. */
  ends?: number;
  /** Active, and about to expire, or overdue. */
  soon: boolean;
  /** Active, though its time is up: servers notice only when its token is next used. */
  overdue: boolean;
  /** When it expires or has expired, if that is worth a warning. */
  warning?: string;
}

export function lifeOf({ status, expiresAt }: Agent, now = Date.now()): Life {
  const ends = expiresAt ? Date.parse(expiresAt) : Number.NaN;
  if (status !== "active" || Number.isNaN(ends)) {
    return { ends: Number.isNaN(ends) ? undefined : ends, soon: false, overdue: false };
  }
  const overdue = ends <= now;
  const soon = ends - now < SOON;
  const warning = overdue ? `expired ${ago(ends, now)}` : soon ? `expires ${ago(ends, now)}` : undefined;
  return { ends, soon, overdue, warning };
}
