// The entries as a table of which only the rows in sight are rendered. The arrow keys go from row to row.

import type { AuditEntry } from "kavachos-wasm";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { rowAfter } from "../ui/row-keys";
import { useVirtualRows } from "../ui/virtual-rows";
import { COLUMNS, EntryRow } from "./entry-row";
import type { Feed } from "./feed";

/** How close to the last row one has to be for more to be pulled, in rows. */
const AHEAD = 60;

interface Props {
  feed: Feed;
  /** How high a row is, in pixels, as the style sheet has it. */
  rowHeight: number;
  /** The id of the entry that is open. */
  open: string | undefined;
  onOpen: (entry: AuditEntry | undefined) => void;
  /** Whether the open entry is beside the table, and follows the keys. */
  follows: boolean;
}

export function EntryTable({ feed, rowHeight, open, onOpen, follows }: Props) {
  const count = feed.count.value;
  const { state } = feed.state.value;
  const { scroller, rows, height } = useVirtualRows(count, rowHeight);
  const [current, setCurrent] = useState(0);
  const wanted = useRef<number>();
  const head = useRef<HTMLTableSectionElement>(null);
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? -1;
  // Where the tab key stops, also when the row where one was is out of sight.
  const stop = current < first || current > last ? first : current;

  useEffect(() => {
    if (state === "idle" && last >= count - AHEAD) feed.more();
  }, [feed, state, count, last]);

  // One who comes back is where they were.
  useLayoutEffect(() => {
    if (scroller.current && feed.scrolled > 0) scroller.current.scrollTop = feed.scrolled;
    if (feed.wantsFocus) wanted.current = 0;
    feed.wantsFocus = false;
  }, [feed, scroller]);

  // A row that the keys led to gets the focus as soon as it is rendered.
  function focusWanted() {
    if (wanted.current === undefined) return;
    const button = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"] button`);
    if (!button) return;
    wanted.current = undefined;
    button.focus({ preventScroll: true });
  }
  useLayoutEffect(focusWanted);

  // What is opened from elsewhere is in sight; what was closed, too.
  const opened = useRef<string>();
  useEffect(() => {
    const id = open ?? opened.current;
    if (id === undefined || (open !== undefined && opened.current === open)) return;
    const index = feed.entries.findIndex((entry) => entry.id === id);
    if (index < 0) return;
    opened.current = open;
    show(index);
    setCurrent(index);
    if (open !== undefined) return;
    wanted.current = index;
    focusWanted();
  }, [open, count]);

  // The head stays at the top, over what is scrolled.
  function show(index: number) {
    const element = scroller.current;
    if (!element) return;
    const room = element.clientHeight - (head.current?.offsetHeight ?? 0);
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + room) element.scrollTop = top + rowHeight - room;
  }

  function move(event: KeyboardEvent) {
    if (event.key === "Escape" && open !== undefined) onOpen(undefined);
    const page = Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight);
    const next = rowAfter(event, count, page);
    if (next === undefined) return;
    event.preventDefault();
    wanted.current = next;
    show(next);
    setCurrent(next);
    if (open !== undefined && follows) onOpen(feed.entries[next]);
  }

  return (
    <div
      ref={scroller}
      class="entries"
      onScroll={({ currentTarget }) => {
        feed.scrolled = currentTarget.scrollTop;
      }}
    >
      <table
        aria-label="Audit entries"
        // How many there are is known at the end.
        aria-rowcount={state === "ended" ? count + 1 : -1}
        aria-busy={state === "loading"}
      >
        <thead ref={head}>
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ name, title }) => (
              <th key={name} scope="col" class={name}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {/* The rows move with what holds them: one style changes, not one for each row. */}
        <tbody style={{ height, paddingTop: first * rowHeight }} onKeyDown={move}>
          {rows.map(({ index }) => {
            const entry = feed.entries[index];
            return (
              entry && (
                <EntryRow
                  key={entry.id}
                  entry={entry}
                  index={index}
                  isStop={index === stop}
                  isOpen={entry.id === open}
                  onOpen={() => {
                    setCurrent(index);
                    onOpen(entry);
                  }}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
