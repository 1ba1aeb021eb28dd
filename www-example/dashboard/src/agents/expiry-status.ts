// When an agent expires, and whether that is soon or overdue.
import type { Agent } from "kavachos-wasm";
import { ago } from "../ui/time";

/** An agent that expires within three days gets a warning. */
const SOON = 3 * 86_400_000;

export interface ExpiryStatus {
  /** The end, in milliseconds since 1970, if there is one. */
  ends?: number;
  /** Active, and about to expire, or overdue. */
  soon: boolean;
  /** Active, though its time is up: servers notice only when its token is next used. */
  overdue: boolean;
  /** When it expires or has expired, if that is worth a warning. */
  warning?: string;
}

export function expiryStatus({ status, expiresAt }: Agent, now = Date.now()): ExpiryStatus {
  const ends = expiresAt ? Date.parse(expiresAt) : Number.NaN;
  if (status !== "active" || Number.isNaN(ends)) {
    return { ends: Number.isNaN(ends) ? undefined : ends, soon: false, overdue: false };
  }
  const overdue = ends <= now;
  const soon = ends - now < SOON;
  const warning = overdue ? `expired ${ago(ends, now)}` : soon ? `expires ${ago(ends, now)}` : undefined;
  return { ends, soon, overdue, warning };
}
