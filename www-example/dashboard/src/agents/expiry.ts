// When an agent's token stops working: after so long, at a moment, or with nothing said about it.
/** What one can choose; the first is to say nothing. */
export const TERMS = [
  { name: "", title: "", days: 0 },
  { name: "7d", title: "In 7 days", days: 7 },
  { name: "30d", title: "In 30 days", days: 30 },
  { name: "90d", title: "In 90 days", days: 90 },
  { name: "365d", title: "In a year", days: 365 },
  { name: "at", title: "At a moment…", days: 0 },
] as const;

export type Term = (typeof TERMS)[number]["name"];

export interface Expiry {
  term: Term;
  /** The moment, as `datetime-local` inputs have it, for `"at"`. */
  at: string;
}

/** The moment, from now on; `undefined` to say nothing. */
export function expiresAt({ term, at }: Expiry, now = Date.now()): Date | undefined {
  if (term === "at") return new Date(at);
  const days = TERMS.find(({ name }) => name === term)?.days ?? 0;
  return days > 0 ? new Date(now + days * 86_400_000) : undefined;
}

/** The moment as code: relative to when it runs, if that is what was chosen. */
export function expiryCode({ term, at }: Expiry): string | undefined {
  if (term === "at") return at === "" ? undefined : JSON.stringify(new Date(at).toISOString());
  const days = TERMS.find(({ name }) => name === term)?.days ?? 0;
  return days > 0 ? `new Date(Date.now() + ${days} * 24 * 3600 * 1000)` : undefined;
}
