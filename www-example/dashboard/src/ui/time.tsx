// Moments as people read them: “3 minutes ago”, with the exact one on hover.
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const exact = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** A moment relative to now. */
export function ago(moment: number, now = Date.now()): string {
  const difference = moment - now;
  for (const [unit, span] of UNITS) {
    if (Math.abs(difference) >= span) return relative.format(Math.trunc(difference / span), unit);
  }
  return difference > 0 ? "in less than a minute" : "just now";
}

/** A moment in full, in the time zone of the reader. */
export function inFull(moment: number | string): string {
  return exact.format(new Date(moment));
}

export function Time({ iso }: { iso: string }) {
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) return <span>{iso}</span>;
  return (
    <time dateTime={iso} title={inFull(moment)}>
      {ago(moment)}
    </time>
  );
}
