// The keys that lead through a long list of rows.

/**
 * The row that a key leads to, from the row that it was pressed in: a `<tr data-index>`. Nothing, if it is no such key, or is
 * pressed with another one. `page` is how many rows are in sight.
 */
export function rowAfter(event: KeyboardEvent, count: number, page: number): number | undefined {
  const at = Number((event.target as Element).closest("tr")?.dataset.index);
  const far = Math.max(1, page - 2);
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + far,
    PageUp: at - far,
    Home: 0,
    End: count - 1,
  };
  const step = steps[event.key];
  if (step === undefined || Number.isNaN(at) || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return Math.min(Math.max(step, 0), count - 1);
}
