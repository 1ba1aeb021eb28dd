// A chart over time, drawn by uPlot: as wide as its place, in the colours of the theme, with a brush.
import { effect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./chart.css";
import { timeTicks } from "./chart-time";
import { pattern } from "./pattern";
import { colour, colours } from "./theme";

export interface ChartProps {
  /** What is to be seen, for who cannot see it: a sentence. A table beside the chart has the figures. */
  label: string;
  /** In pixels. */
  height: number;
  /** The lines or bars; called again whenever the colours of the theme change. */
  series: () => uPlot.Series[];
  /** Milliseconds since 1970, then one array of numbers for each of the series. */
  data: uPlot.AlignedData;
  /** Which moments the chart spans, in milliseconds since 1970. */
  span: readonly [from: number, to: number];
  /** A value on the axis at the side, in words. */
  valueWords: (value: number) => string;
  /** Called with what was chosen by dragging, in milliseconds since 1970. */
  onBrush?: (from: number, to: number) => void;
  /** Called with the moment that the pointer is at, in milliseconds since 1970, or `null` when it leaves. */
  onPoint?: (moment: number | null) => void;
  /** Before which nothing is known, in milliseconds since 1970: drawn as such, and not as nothing. */
  unknownUntil?: number;
  /** Charts of the same group show the pointer at the same moment. */
  group?: string;
}

/** How far one has to drag for it to be meant, in pixels. */
const LEAST = 6;
const NOTHING = { left: 0, top: 0, width: 0, height: 0 };

export function Chart(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>();
  // uPlot keeps its options: what they look at is always of the latest rendering.
  const latest = useRef(props);
  latest.current = props;
  const isHeld = useRef(false);

  const show = () => {
    // What is being chosen from stays as it is until it is chosen.
    if (!isHeld.current) chart.current?.setData(latest.current.data);
  };

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const release = () => {
      if (!isHeld.current) return;
      isHeld.current = false;
      // After uPlot has heard of it, and told what was chosen.
      setTimeout(show);
    };
    const stop = effect(() => {
      colours.value;
      chart.current?.destroy();
      const options = optionsOf(latest, element.clientWidth, isHeld);
      chart.current = new uPlot(options, latest.current.data, element);
    });
    const resized = new ResizeObserver(() => {
      chart.current?.setSize({ width: element.clientWidth, height: latest.current.height });
    });
    resized.observe(element);
    addEventListener("mouseup", release);
    return () => {
      stop();
      resized.disconnect();
      removeEventListener("mouseup", release);
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, []);

  // What it was made with it has already.
  const drawn = useRef(props.data);
  useLayoutEffect(() => {
    if (drawn.current === props.data) return;
    drawn.current = props.data;
    show();
  }, [props.data]);
  useLayoutEffect(() => chart.current?.redraw(), [props.unknownUntil]);

  return <div ref={place} class="chart" role="img" aria-label={props.label} style={{ height: `${props.height}px` }} />;
}

function optionsOf(latest: { current: ChartProps }, width: number, isHeld: { current: boolean }): uPlot.Options {
  const { height, group, series, onBrush } = latest.current;
  const axis: uPlot.Axis = {
    stroke: colour("--text-2"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    gap: 6,
  };
  return {
    width,
    height,
    ms: 1,
    // Half of the last label on the axis is beyond the last moment.
    padding: [8, 26, 0, 0],
    legend: { show: false },
    series: [{}, ...series()],
    scales: {
      x: { range: () => [...latest.current.span] },
      y: { range: (_, __, most) => [0, most > 0 ? most * 1.06 : 1] },
    },
    axes: [
      { ...axis, grid: { show: false }, space: 74, size: 30, values: (_, splits) => timeTicks(splits) },
      {
        ...axis,
        space: 36,
        size: 56,
        values: (_, splits) => splits.map((value) => latest.current.valueWords(value)),
      },
    ],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: onBrush !== undefined, y: false, setScale: false, dist: LEAST },
      sync: group ? { key: group } : undefined,
      bind: {
        mousedown: (_, __, handler) => (event) => {
          isHeld.current = event.button === 0;
          return handler(event);
        },
        // By default it would show more than there is.
        dblclick: () => null,
      },
    },
    hooks: {
      drawClear: [(chart) => drawUnknown(chart, latest.current.unknownUntil)],
      setCursor: [
        (chart) => {
          const { left = -1 } = chart.cursor;
          latest.current.onPoint?.(left >= 0 ? chart.posToVal(left, "x") : null);
        },
      ],
      setSelect: [
        (chart) => {
          const { left, width } = chart.select;
          chart.setSelect(NOTHING, false);
          if (width < LEAST) return;
          latest.current.onBrush?.(chart.posToVal(left, "x"), chart.posToVal(left + width, "x"));
        },
      ],
    },
  };
}

/** Fills the part of a chart of which nothing is known, and says so in it if there is room. */
function drawUnknown(chart: uPlot, until: number | undefined): void {
  const { left, top, width, height } = chart.bbox;
  const right = until === undefined ? left : Math.min(chart.valToPos(until, "x", true), left + width);
  if (right - left < 1) return;
  const { ctx } = chart;
  ctx.save();
  ctx.fillStyle = pattern("stripes", colour("--surface-2"), colour("--line-strong"));
  ctx.fillRect(left, top, right - left, height);
  const words = "Not loaded";
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  const room = ctx.measureText(words).width + 16 * devicePixelRatio;
  if (room < right - left) {
    const middle = (left + right) / 2;
    ctx.fillStyle = colour("--surface");
    ctx.fillRect(middle - room / 2, top + height / 2 - 12 * devicePixelRatio, room, 24 * devicePixelRatio);
    ctx.fillStyle = colour("--text-2");
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(words, middle, top + height / 2);
  }
  ctx.restore();
}
