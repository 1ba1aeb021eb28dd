// Chooses an agent by typing a part of its name or id: a text field with a list of what fits, among ten thousand too.
import type { Agent } from "kavachos-wasm";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import "./agent-picker.css";

const SHOWN = 30;

interface Props {
  label: string;
  agents: readonly Agent[];
  /** The id of the agent that is chosen. */
  value: string | undefined;
  placeholder?: string;
  /** Whether the label is for screen readers only. */
  hideLabel?: boolean;
  /** Whether an id that is not among the agents can be typed in full. */
  takesOthers?: boolean;
  /** Gets the id of an agent; nothing once the field is emptied. */
  onPick: (id: string | undefined) => void;
}

export function AgentPicker({
  label,
  agents,
  value,
  placeholder = "Name or id",
  hideLabel,
  takesOthers,
  onPick,
}: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const open = typed !== undefined;
  const chosen = useMemo(() => agents.find((agent) => agent.id === value), [agents, value]);
  const found = useMemo(() => (typed === undefined ? [] : search(agents, typed)), [agents, typed]);
  const shown = found.slice(0, SHOWN);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);

  function pick(agentId: string | undefined) {
    setTyped(undefined);
    if (agentId !== value) onPick(agentId);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (open) setActive((before) => (before + step + shown.length) % Math.max(1, shown.length));
      else setTyped("");
    } else if (event.key === "Enter" && open) {
      const other = takesOthers ? typed.trim() : "";
      pick(shown[active]?.id ?? (other || value));
    } else if (event.key === "Escape" && open) {
      event.stopPropagation(); // A dialog around it stays.
      setTyped(undefined);
    } else return;
    event.preventDefault();
  }
  return (
    <div class="field agent-picker">
      <label for={id} class={hideLabel ? "visually-hidden" : undefined}>
        {label}
      </label>
      <input
        id={id}
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[active] ? `${id}-${active}` : undefined}
        value={typed ?? chosen?.name ?? value ?? ""}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onClick={() => open || setTyped("")}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
          if (currentTarget.value === "" && value !== undefined) onPick(undefined);
        }}
        onBlur={() => setTyped(undefined)}
        onKeyDown={onKeyDown}
      />
      {/* Always there, since the field names it. */}
      <div id={`${id}-list`} ref={list} role="listbox" aria-label="Agents" hidden={!open}>
        {shown.map((agent, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={agent.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            // The field would lose the focus, and the list be gone before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(agent.id)}
          >
            <span class="truncate">{agent.name}</span>
            <span class="muted">{agent.status === "active" ? agent.id.slice(0, 8) : agent.status}</span>
          </div>
        ))}
        {open && (shown.length === 0 || found.length > SHOWN) && (
          <div role="option" class="muted" tabIndex={-1} aria-disabled aria-selected={false}>
            {shown.length === 0 ? "No agent fits" : `and ${found.length - SHOWN} more: type on`}
          </div>
        )}
      </div>
    </div>
  );
}

/** Names that begin with the text first, then those that contain it, and ids; agents that are not active come last. */
function search(agents: readonly Agent[], text: string): Agent[] {
  const wanted = text.trim().toLowerCase();
  const rank = ({ name, id, status }: Agent) => {
    const at = name.toLowerCase().indexOf(wanted);
    if (at < 0 && !id.startsWith(wanted)) return undefined;
    return (at === 0 ? 0 : 1) + (status === "active" ? 0 : 2);
  };
  const fitting = agents.flatMap((agent) => {
    const ranked = rank(agent);
    return ranked === undefined ? [] : { agent, rank: ranked };
  });
  return fitting.sort((one, other) => one.rank - other.rank).map(({ agent }) => agent);
}
