// Numbers as people read them.
const whole = new Intl.NumberFormat("en");
const share = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" });
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** “50,000”. */
export function count(number: number): string {
  return whole.format(number);
}

/** “≥ 50,000”, of which not all have been counted. */
export function atLeast(number: number): string {
  return `≥ ${count(number)}`;
}

/** “1 agent”, “2 agents”. */
export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A part of a whole: “93.1%”; a dash if there is no whole. */
export function percent(part: number, all: number): string {
  if (all === 0) return "–";
  // Almost all is not all, and almost none is not none.
  const ratio = part / all;
  if (ratio > 0 && ratio < 0.001) return "<0.1%";
  return ratio > 0.999 && ratio < 1 ? "99.9%" : share.format(ratio);
}

/** How much more that is than before: “+12%”; empty if there was nothing before. */
export function change(now: number, before: number): string {
  return before === 0 ? "" : signed.format(now / before - 1);
}

/** A duration in milliseconds: “3.4 ms”, “1.2 s”. */
export function duration(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return "–";
  return milliseconds < 1000 ? `${short.format(milliseconds)} ms` : `${short.format(milliseconds / 1000)} s`;
}
