// Moments as people read them: “3 minutes ago”, or in full.
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const exact = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** A moment relative to now: the past in full units, the future in the nearest, so that 30 days stay 30 a second later. */
export function ago(moment: number, now = Date.now()): string {
  const difference = moment - now;
  // Half of the next smaller unit: from there on it rounds to one of the larger.
  const slack = difference > 0 ? [1_800_000, 30_000, 500] : [0, 0, 0];
  for (const [index, [unit, span]] of UNITS.entries()) {
    if (Math.abs(difference) + (slack[index] ?? 0) < span) continue;
    return relative.format(difference > 0 ? Math.round(difference / span) : Math.trunc(difference / span), unit);
  }
  return difference > 0 ? "in less than a minute" : "just now";
}

/** A moment in full, in the time zone of the reader. */
export function inFull(moment: number | string): string {
  return exact.format(new Date(moment));
}
