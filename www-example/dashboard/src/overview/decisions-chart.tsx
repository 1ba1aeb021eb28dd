// Decisions over time: stacked bars by outcome, what was refused at the bottom, where it can be compared.
import { useMemo } from "preact/hooks";
import uPlot from "uplot";
import { missing } from "../log/audit-log";
import { OUTCOME_COLOURS, OUTCOME_WORDS, type Outcome } from "../log/outcome";
import type { Choice } from "../log/range";
import { Chart } from "../ui/chart";
import { count, countOf } from "../ui/numbers";
import { type PatternKind, pattern } from "../ui/pattern";
import { colour } from "../ui/theme";
import { inFull } from "../ui/time";
import { binAt, rangeOfBins, stepWords } from "./bins";
import { AsTable, LegendTime, pointed, pointedBin } from "./over-time";
import { bins, decisions } from "./summary";

/** From the bottom up. */
const STACK = ["denied", "needs_approval", "rate_limited", "allowed"] as const;

export const PATTERNS: Record<Outcome, PatternKind> = {
  allowed: "plain",
  denied: "stripes",
  needs_approval: "dots",
  rate_limited: "bars",
};

export function DecisionsChart({ choose }: { choose: (choice: Choice) => void }) {
  const { starts, ends, step } = bins.value;
  const { counts, totals } = decisions.value;
  const data = useMemo(() => stacked(starts, counts), [starts, counts]);
  const end = ends.at(-1) ?? 0;
  const chooseBins = (first: number, last = first) => {
    const range = rangeOfBins(bins.peek(), first, last);
    if (range) choose(range);
  };
  // Full bins: what is chosen is what is seen.
  const brush = (from: number, to: number) => {
    const at = (moment: number) => Math.max(0, binAt(bins.peek(), moment));
    chooseBins(at(from), at(Math.min(to, end - 1)));
  };
  return (
    <section class="card over-time" aria-labelledby="decisions-title">
      <header>
        <h2 id="decisions-title">Decisions over time</h2>
        <LegendTime />
      </header>
      <Legend />
      <Chart
        label={`Bar chart of ${countOf(totals.all, "decision")}, one bar for each ${stepWords(step)}: ${STACK.toReversed()
          .map((outcome) => `${count(totals[outcome])} ${OUTCOME_WORDS[outcome].toLowerCase()}`)
          .join(
            ", ",
          )}. ${missing.value ? `What is older than ${inFull(missing.value.since)} is not loaded. ` : ""}The table below has the figures.`}
        height={232}
        series={series}
        data={data}
        span={[starts[0] ?? 0, end]}
        unknownUntil={missing.value?.since}
        valueWords={(value) => (Number.isInteger(value) ? count(value) : "")}
        onBrush={brush}
        onPoint={(moment) => {
          pointed.value = moment;
        }}
        group="overview"
      />
      <div class="spread">
        <AsTable
          caption="Decisions over time"
          bins={bins.value}
          columns={STACK.toReversed().map((outcome) => OUTCOME_WORDS[outcome])}
          row={(index) => {
            const row = STACK.toReversed().map((outcome) => counts[outcome][index] ?? 0);
            return row.some((number) => number > 0) ? row.map(count) : null;
          }}
          onChoose={chooseBins}
        />
        <small class="muted hint">Drag in the chart to look closer.</small>
      </div>
    </section>
  );
}

function Legend() {
  const { totals, counts } = decisions.value;
  const index = pointedBin();
  return (
    <dl class="legend">
      {STACK.toReversed().map((outcome) => (
        <div key={outcome}>
          <dt class={`outcome-${outcome}`}>
            <span class={`swatch ${PATTERNS[outcome]}`} /> {OUTCOME_WORDS[outcome]}
          </dt>
          <dd>{count(index < 0 ? totals[outcome] : (counts[outcome][index] ?? 0))}</dd>
        </div>
      ))}
    </dl>
  );
}

// The highest first: each is drawn from the bottom, and what is lower in the stack over it.
function series(): uPlot.Series[] {
  const surface = colour("--surface");
  const paths = uPlot.paths.bars?.({ align: 1, size: [0.88, 64] });
  return STACK.toReversed().map((outcome) => {
    const fill = pattern(PATTERNS[outcome], colour(OUTCOME_COLOURS[outcome]), surface);
    return { label: outcome, paths, points: { show: false }, fill: () => fill, stroke: surface, width: 0.5 };
  });
}

function stacked(starts: readonly number[], counts: Record<Outcome, number[]>): uPlot.AlignedData {
  const sums = starts.map(() => 0);
  const layers = STACK.map((outcome) =>
    counts[outcome].map((number, index) => {
      const sum = (sums[index] ?? 0) + number;
      sums[index] = sum;
      return sum;
    }),
  );
  // What has no height is not drawn: its outline would be.
  return [[...starts], ...layers.toReversed().map((layer) => layer.map((sum) => sum || null))];
}
