// Which agents are ticked: one by one, from one to another with shift, or all that are listed.
import { useRef, useState } from "preact/hooks";

export interface Selection {
  selected: ReadonlySet<string>;
  /** Ticks an agent or takes its tick away; with `reach` all from the last one that was clicked to this one. */
  toggle: (index: number, reach: boolean) => void;
  /** Ticks all that are listed, or takes their ticks away. */
  toggleAll: () => void;
  clear: () => void;
}

export function useSelection(ids: readonly string[]): Selection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>();
  const change = (some: readonly string[], on: boolean) => {
    const next = new Set(selected);
    for (const id of some) on ? next.add(id) : next.delete(id);
    setSelected(next);
  };
  return {
    selected,
    toggle(index, reach) {
      const id = ids[index];
      if (id === undefined) return;
      const from = reach && last.current !== undefined ? ids.indexOf(last.current) : -1;
      const ends = from < 0 ? [index, index] : [Math.min(from, index), Math.max(from, index)];
      change(ids.slice(ends[0], (ends[1] ?? index) + 1), !selected.has(id));
      last.current = id;
    },
    toggleAll() {
      change(ids, !ids.every((id) => selected.has(id)));
    },
    clear() {
      setSelected(new Set());
    },
  };
}
