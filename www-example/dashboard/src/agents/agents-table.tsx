// The list of agents, of which only the rows in sight are rendered: ten thousand scroll as well as ten.

import type { Agent } from "kavachos-wasm";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { rowAfter } from "../ui/row-keys";
import { useVirtualRows } from "../ui/virtual-rows";
import type { Activity } from "./activity";
import { type AgentQuery, SORTS, type Sort } from "./agent-query";
import { AgentRow } from "./agent-row";
import type { Selection } from "./selection";
import { type Width, width } from "./width";

const ROW = 48;
/** The heading, and the border. */
const HEAD = 38;

const TITLES: Record<Sort, string> = {
  name: "Name",
  owner: "Owner",
  type: "Type",
  status: "Status",
  permissions: "Permissions",
  decisions: "Decisions",
  refused: "Refused",
  seen: "Last seen",
};

/** The columns that there is room for. */
const COLUMNS: Record<Width, readonly Sort[]> = {
  narrow: ["name", "decisions"],
  medium: ["name", "owner", "status", "permissions", "decisions"],
  wide: SORTS.filter((sort) => sort !== "type"),
};

interface Props {
  agents: readonly Agent[];
  activity: ReadonlyMap<string, Activity> | null;
  query: AgentQuery;
  selection: Selection;
  onSort: (sort: Sort) => void;
}

// Where one was, for who comes back from an agent.
const left = { query: "", top: 0 };

export function AgentsTable({ agents, activity, query, selection, onSort }: Props) {
  const { scroller, rows, height, show } = useVirtualRows(agents.length, ROW);
  const [current, setCurrent] = useState(0);
  const wanted = useRef<number>();
  const key = JSON.stringify(query);
  const { selected } = selection;

  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = left.query === key ? left.top : 0;
    if (left.query !== key) setCurrent(0);
    Object.assign(left, { query: key, top: scroller.current?.scrollTop ?? 0 });
  }, [key]);

  // A row that the arrow keys led to gets the focus as soon as it is rendered.
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const link = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"] a`);
    if (!link) return;
    wanted.current = undefined;
    link.focus();
  });

  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  const stop = current < first || current > last ? first : current;

  function move(event: KeyboardEvent) {
    const page = Math.floor((scroller.current?.clientHeight ?? ROW) / ROW);
    const next = rowAfter(event, agents.length, page);
    if (next === undefined) return;
    event.preventDefault();
    wanted.current = next;
    if (next < first || next > last) show(next);
    setCurrent(next);
  }

  const ticked = agents.length > 0 && selected.size > 0 && agents.every(({ id }) => selected.has(id));
  return (
    <div
      class="agents-table card"
      ref={scroller}
      // As high as what is in it, if that is less than the page has room for.
      style={{ "--all": `${HEAD + agents.length * ROW}px` }}
      onScroll={({ currentTarget }) => {
        left.top = currentTarget.scrollTop;
      }}
    >
      <table aria-rowcount={agents.length + 1} aria-label="Agents">
        <thead>
          <tr aria-rowindex={1}>
            <td class="tick">
              <label>
                <input
                  type="checkbox"
                  aria-label={`Select all ${agents.length} agents listed`}
                  checked={ticked}
                  ref={(box) => {
                    if (box) box.indeterminate = !ticked && selected.size > 0;
                  }}
                  onClick={selection.toggleAll}
                />
              </label>
            </td>
            {COLUMNS[width.value].map((sort) => (
              <th
                key={sort}
                scope="col"
                class={sort}
                aria-sort={query.sort !== sort ? undefined : query.down ? "descending" : "ascending"}
              >
                <button type="button" onClick={() => onSort(sort)}>
                  {TITLES[sort]} <SortSign on={query.sort === sort} down={query.down} />
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={move} onFocusIn={(event) => setCurrent(indexOf(event.target) ?? current)}>
          <Gap height={rows[0]?.start ?? 0} />
          {rows.map(({ index }) => {
            const agent = agents[index];
            return (
              agent && (
                <AgentRow
                  key={agent.id}
                  agent={agent}
                  index={index}
                  activity={activity?.get(agent.id)}
                  known={activity !== null}
                  ticked={selected.has(agent.id)}
                  current={index === stop}
                  width={width.value}
                  onTick={selection.toggle}
                />
              )
            );
          })}
          <Gap height={height - (rows.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  );
}

function SortSign({ on, down }: { on: boolean; down: boolean }) {
  if (!on) return <ChevronsUpDown size={12} aria-hidden />;
  return down ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />;
}

/** Stands for the rows that are not rendered. */
function Gap({ height }: { height: number }) {
  // It is there even with no height: where one came or went, the other kept its old height for a moment, and browsers
  // moved what was in sight.
  return (
    <tr aria-hidden class="gap">
      <td style={{ height }} />
    </tr>
  );
}

function indexOf(target: EventTarget | null): number | undefined {
  const index = target instanceof Element ? target.closest("tr")?.dataset.index : undefined;
  return index === undefined ? undefined : Number(index);
}
