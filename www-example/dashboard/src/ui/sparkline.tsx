// A small line of numbers over time, to compare at a glance; what it says in words is its label.
import { area, line } from "d3-shape";
import "./sparkline.css";

interface Props {
  values: readonly number[];
  /** What one sees, for those who do not: “412 decisions, most of them on Monday”. */
  label: string;
  width?: number;
  height?: number;
  /** The largest value that fits; the largest of `values` if left out. */
  most?: number;
}

export function Sparkline({ values, label, width = 96, height = 24, most = Math.max(1, ...values) }: Props) {
  const step = width / Math.max(1, values.length - 1);
  // Room for the stroke above and below.
  const y = (value: number) => height - 1.5 - (value / most) * (height - 3);
  const x = (_: number, index: number) => index * step;
  const data = values as number[];
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img">
      <title>{label}</title>
      <path
        class="area"
        d={
          area<number>()
            .x(x)
            .y0(height - 1)
            .y1(y)(data) ?? ""
        }
      />
      <path class="line" d={line<number>().x(x).y(y)(data) ?? ""} />
    </svg>
  );
}
