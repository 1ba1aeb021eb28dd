// How long the server took to decide, over time: half of the decisions, and the slowest.
import { useMemo } from "preact/hooks";
import type uPlot from "uplot";
import { missing } from "../log/audit-log";
import type { Choice } from "../log/range";
import { Chart } from "../ui/chart";
import { duration } from "../ui/numbers";
import { colour } from "../ui/theme";
import { useDeferred } from "../ui/use-deferred";
import { rangeOfBins } from "./bins";
import { AsTable, LegendTime, pointed, pointedBin } from "./over-time";
import { causes, latency } from "./summary";

const LINES = [
  { word: "Half", title: "50th percentile", dash: [] },
  { word: "95%", title: "95th percentile", dash: [7, 4] },
  { word: "99%", title: "99th percentile", dash: [2, 3] },
] as const;

type Latency = typeof latency.value;

export function LatencyChart({ choose }: { choose: (choice: Choice) => void }) {
  const known = useDeferred(latency, causes);
  return (
    <section class="card over-time latency" aria-labelledby="latency-title">
      <header>
        <h2 id="latency-title">Time to decide</h2>
        <LegendTime />
      </header>
      {known && <Lines known={known} choose={choose} />}
    </section>
  );
}

function Lines({ known, choose }: { known: Latency; choose: (choice: Choice) => void }) {
  const { overall, overTime, bins } = known;
  const { starts, ends } = bins;
  const data = useMemo<uPlot.AlignedData>(
    () => [starts.map((start, index) => (start + (ends[index] ?? start)) / 2), ...overTime],
    [starts, ends, overTime],
  );
  return (
    <>
      <Legend known={known} />
      <Chart
        label={`Line chart of the time to decide: ${LINES.map(
          ({ title }, index) => `${title} ${duration(overall[index] ?? Number.NaN)}`,
        ).join(", ")}. The table below has the figures.`}
        height={190}
        series={series}
        data={data}
        span={[starts[0] ?? 0, ends.at(-1) ?? 0]}
        unknownUntil={missing.value?.since}
        valueWords={duration}
        onPoint={(moment) => {
          pointed.value = moment;
        }}
        group="overview"
      />
      <AsTable
        caption="Time to decide, over time"
        bins={bins}
        columns={LINES.map(({ title }) => title)}
        row={(index) => {
          const row = overTime.map((line) => line[index] ?? null);
          return row.some((value) => value !== null) ? row.map((value) => duration(value ?? Number.NaN)) : null;
        }}
        onChoose={(index) => {
          const range = rangeOfBins(bins, index);
          if (range) choose(range);
        }}
      />
    </>
  );
}

function Legend({ known: { overall, overTime } }: { known: Latency }) {
  const index = pointedBin();
  return (
    <dl class="legend">
      {LINES.map(({ word, title }, line) => (
        <div key={title}>
          <dt title={title}>
            <span class={`stroke line-${line}`} /> {word} within
          </dt>
          <dd>{duration((index < 0 ? overall[line] : overTime[line]?.[index]) ?? Number.NaN)}</dd>
        </div>
      ))}
    </dl>
  );
}

function series(): uPlot.Series[] {
  return LINES.map(({ title, dash }) => ({
    label: title,
    stroke: colour("--accent"),
    width: dash.length > 0 ? 1.5 : 2,
    dash: [...dash],
    // What stands alone between gaps is a point, or would not be seen.
    points: { show: false },
    spanGaps: true,
  }));
}
