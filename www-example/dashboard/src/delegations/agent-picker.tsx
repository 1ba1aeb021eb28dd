// Chooses an agent by typing a part of its name or id: a text field with a list of what fits, among ten thousand too.
import type { Agent } from "kavachos-wasm";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";

const MOST = 8;

interface Props {
  label: string;
  agents: readonly Agent[];
  value?: string;
  onChange(id: string | undefined): void;
  hideLabel?: boolean;
  placeholder?: string;
}

export function AgentPicker({ label, agents, value, onChange, hideLabel = false, placeholder }: Props) {
  const id = useId();
  const chosen = useMemo(() => agents.find((agent) => agent.id === value), [agents, value]);
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const open = typed !== undefined;
  const found = useMemo(() => (typed === undefined ? [] : search(agents, typed)), [agents, typed]);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);

  function choose(agent: Agent | undefined) {
    if (agent) onChange(agent.id);
    setTyped(undefined);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (!open) setTyped("");
      else setActive((before) => (before + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation(); // The dialog around it stays.
      setTyped(undefined);
    }
  }
  return (
    <div class="field agent-picker">
      <label for={id} class={hideLabel ? "visually-hidden" : undefined}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder ?? "Name or id"}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${id}-${active}` : undefined}
        value={typed ?? chosen?.name ?? value ?? ""}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onClick={() => !open && setTyped("")}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
          if (currentTarget.value === "") onChange(undefined);
        }}
        onBlur={() => setTyped(undefined)}
        onKeyDown={onKeyDown}
      />
      {/* Always there, since the field names it. */}
      <div id={`${id}-list`} ref={list} role="listbox" aria-label="Agents" hidden={!open}>
        {found.map((agent, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={agent.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            // The field would lose the focus, and the list be gone before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(agent)}
          >
            <span class="truncate">{agent.name}</span>
            <span class="muted">{agent.status === "active" ? agent.id.slice(0, 8) : agent.status}</span>
          </div>
        ))}
        {open && found.length === 0 && (
          <div role="option" class="muted" tabIndex={-1} aria-disabled aria-selected={false}>
            No agent fits
          </div>
        )}
      </div>
    </div>
  );
}

/** Names that begin with the text first, then those that contain it, then agents that are not active. */
function search(agents: readonly Agent[], text: string): Agent[] {
  const wanted = text.trim().toLowerCase();
  const starts: Agent[] = [];
  const contains: Agent[] = [];
  const inactive: Agent[] = [];
  for (const agent of agents) {
    const name = agent.name.toLowerCase();
    if (!name.includes(wanted) && !agent.id.startsWith(wanted)) continue;
    if (agent.status !== "active") inactive.push(agent);
    else if (name.startsWith(wanted)) starts.push(agent);
    else contains.push(agent);
    if (starts.length >= MOST) break;
  }
  return [...starts, ...contains, ...inactive].slice(0, MOST);
}
