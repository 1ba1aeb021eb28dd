// How long the server took to decide, over time: half of the decisions, and the slowest.
import { useMemo } from "preact/hooks";
import type uPlot from "uplot";
import type { Choice } from "../log/range";
import { Chart } from "../ui/chart";
import { duration } from "../ui/numbers";
import { colour } from "../ui/theme";
import { AsTable, LegendTime, pointed, pointedBin } from "./over-time";
import { bins, latency } from "./summary";

const LINES = [
  { word: "Half", title: "50th percentile", dash: [] },
  { word: "95%", title: "95th percentile", dash: [7, 4] },
  { word: "99%", title: "99th percentile", dash: [2, 3] },
] as const;

export function LatencyChart({ choose }: { choose: (choice: Choice) => void }) {
  const { starts, step } = bins.value;
  const { overall, overTime } = latency.value;
  const data = useMemo<uPlot.AlignedData>(
    () => [starts.map((start) => start + step / 2), ...overTime],
    [starts, step, overTime],
  );
  return (
    <section class="card over-time" aria-labelledby="latency-title">
      <header>
        <h2 id="latency-title">Time to decide</h2>
        <LegendTime />
      </header>
      <Legend />
      <Chart
        label={`Line chart of the time to decide: ${LINES.map(
          ({ title }, index) => `${title} ${duration(overall[index] ?? Number.NaN)}`,
        ).join(", ")}. The table below has the figures.`}
        height={190}
        series={series}
        data={data}
        span={[starts[0] ?? 0, (starts.at(-1) ?? 0) + step]}
        valueWords={duration}
        onPoint={(moment) => {
          pointed.value = moment;
        }}
        group="overview"
      />
      <AsTable
        caption="Time to decide, over time"
        columns={LINES.map(({ title }) => title)}
        row={(index) => {
          const row = overTime.map((line) => line[index] ?? null);
          return row.some((value) => value !== null) ? row.map((value) => duration(value ?? Number.NaN)) : null;
        }}
        onChoose={(index) => {
          const start = starts[index];
          if (start !== undefined) choose({ since: start, until: start + step - 1 });
        }}
      />
    </section>
  );
}

function Legend() {
  const { overall, overTime } = latency.value;
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
