// What the list is narrowed to: a sentence, and a chip for each filter that takes it away.
import { X } from "lucide-preact";
import { agentName } from "../agents/directory";
import { FILTER_WORDS, FILTERS, type FilterName, type Filters, momentOf, OUTCOME_FILTERS, RESULTS } from "./filters";

interface Props {
  filters: Filters;
  onRemove: (names: readonly FilterName[]) => void;
}

export function FilterChips({ filters, onRemove }: Props) {
  const set = FILTERS.filter((name) => filters[name] !== undefined);
  if (set.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters">
      {set.map((name) => (
        <li key={name}>
          <button type="button" class="chip" onClick={() => onRemove([name])}>
            <span class="visually-hidden">Remove the filter </span>
            <span class="muted">{FILTER_WORDS[name]}</span> {shownValue(name, filters[name] ?? "")}
            <X size={14} aria-hidden />
          </button>
        </li>
      ))}
      {set.length > 1 && (
        <li>
          <button type="button" class="link" onClick={() => onRemove(set)}>
            Clear all
          </button>
        </li>
      )}
    </ul>
  );
}

function shownValue(name: FilterName, value: string): string {
  if (name === "agent") return agentName(value);
  if (name === "outcome") return OUTCOME_FILTERS[value] ?? value;
  if (name === "result") return RESULTS[value] ?? value;
  if (name === "since" || name === "until") return momentOf(value);
  return value.replaceAll(",", ", ");
}
