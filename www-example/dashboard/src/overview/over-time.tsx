// What the two charts over time have in common: a title, a legend with figures, the chart, and the same as a table.
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { missing } from "../log/audit-log";
import { inFull } from "../ui/time";
import { type Bins, binAt, binWords, stepWords } from "./bins";
import { bins } from "./summary";

/** The moment that the pointer is at in a chart, in milliseconds since 1970. */
export const pointed = signal<number | null>(null);

/** The index of the bin that the pointer is at; -1 if it is at none. */
export function pointedBin(): number {
  return pointed.value === null ? -1 : binAt(bins.value, pointed.value);
}

/** Which time the figures of a legend are of: the bin that is pointed at, or all of the range. */
export function LegendTime() {
  const index = pointedBin();
  return (
    <small class="muted numeric">
      {index < 0 ? `Each ${stepWords(bins.value.step)}` : binWords(bins.value, index)}
    </small>
  );
}

interface TableProps {
  bins: Bins;
  caption: string;
  columns: readonly string[];
  /** The figures of a bin in words; `null` where there was nothing. */
  row: (index: number) => readonly string[] | null;
  /** Narrows everything to one bin. */
  onChoose: (index: number) => void;
}

/** The figures of a chart as a table: for who cannot see it, or wants them exactly. Made only when it is opened. */
export function AsTable(props: TableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="as-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>As a table</summary>
      {isOpen && <Figures {...props} />}
    </details>
  );
}

function Figures({ bins, caption, columns, row, onChoose }: TableProps) {
  const rows: ComponentChildren[] = [];
  bins.starts.forEach((start, index) => {
    const figures = row(index);
    if (figures === null) return;
    rows.push(
      <tr key={start}>
        <th scope="row">
          <button
            type="button"
            class="link"
            title="Show only this time"
            onClick={({ currentTarget }) => {
              // This row goes; who came by keyboard stays at the table.
              currentTarget.closest("details")?.querySelector("summary")?.focus();
              onChoose(index);
            }}
          >
            {binWords(bins, index)}
          </button>
        </th>
        {figures.map((figure, column) => (
          <td key={columns[column]} class="numeric">
            {figure}
          </td>
        ))}
      </tr>,
    );
  });
  return (
    <div class="scroll">
      <table class="figures">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {columns.map((column) => (
              <th key={column} scope="col" class="numeric">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {missing.value && (
            <tr>
              <th scope="row">Before {inFull(missing.value.since)}</th>
              <td class="muted" colSpan={columns.length}>
                Not loaded
              </td>
            </tr>
          )}
          {rows}
        </tbody>
      </table>
    </div>
  );
}
