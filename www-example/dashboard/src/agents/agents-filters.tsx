// What the list of agents is narrowed by: words, status, type, owner, and whether they expire soon.
import type { Agent } from "kavachos-wasm";
import { Search } from "lucide-preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { session } from "../connection/session";
import type { AgentQuery } from "./agent-query";
import { statusWord } from "./agent-status";

interface Props {
  agents: readonly Agent[];
  query: AgentQuery;
  onChange: (query: AgentQuery) => void;
}

export function AgentsFilters({ agents, query, onChange }: Props) {
  const { statuses, types, owners } = useMemo(() => {
    const words = (of: (agent: Agent) => string) => [...new Set(agents.map(of))].sort();
    return {
      statuses: words(({ status }) => status),
      types: words(({ type }) => type),
      owners: words(({ ownerId }) => ownerId),
    };
  }, [agents]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element `search` is too new
    <div class="agents-filters" role="search" aria-label="Agents">
      <Words query={query} onChange={onChange} />
      <Choice
        label="Status"
        value={query.status}
        values={statuses}
        word={statusWord}
        onChange={(status) => onChange({ ...query, status })}
      />
      <Choice label="Type" value={query.type} values={types} onChange={(type) => onChange({ ...query, type })} />
      <Choice
        label="Owner"
        value={query.owner}
        values={owners}
        word={(owner) => (owner === session.value?.userId ? `${owner} (you)` : owner)}
        onChange={(owner) => onChange({ ...query, owner })}
      />
      <label class="choice">
        <input
          type="checkbox"
          checked={query.soon}
          onChange={({ currentTarget }) => onChange({ ...query, soon: currentTarget.checked })}
        />
        Expires soon
      </label>
    </div>
  );
}

/** Written to the URL when one pauses: browsers do not take one address per key for long. */
const PAUSE = 150;

function Words({ query, onChange }: Omit<Props, "agents">) {
  const [text, setText] = useState(query.text);
  const written = useRef(query.text);
  const box = useRef<HTMLInputElement>(null);
  // The URL may change by other means: the back button, a link.
  useEffect(() => {
    if (query.text !== written.current) setText(query.text);
    written.current = query.text;
  }, [query.text]);
  useEffect(() => {
    if (text === written.current) return;
    const timer = setTimeout(() => {
      written.current = text;
      onChange({ ...query, text });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, query]);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as Element).closest("input, select, textarea, dialog, [contenteditable]")) return;
      event.preventDefault();
      box.current?.focus();
    };
    addEventListener("keydown", focus);
    return () => removeEventListener("keydown", focus);
  }, []);
  return (
    <div class="words">
      <Search size={16} aria-hidden />
      <input
        ref={box}
        type="search"
        aria-label="Search by name, id, owner or resource"
        aria-keyshortcuts="/"
        placeholder="Name, id, owner or resource"
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  values: readonly string[];
  word?: (value: string) => string;
  onChange: (value: string) => void;
}

function Choice({ label, value, values, word = (same) => same, onChange }: ChoiceProps) {
  // What the URL asks for is shown even where no agent is like that.
  const shown = value === "" || values.includes(value) ? values : [...values, value];
  return (
    <select aria-label={label} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      <option value="">{label}: all</option>
      {shown.map((one) => (
        <option key={one} value={one}>
          {word(one)}
        </option>
      ))}
    </select>
  );
}
