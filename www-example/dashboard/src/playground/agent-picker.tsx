// Picks an agent out of up to thousands by typing part of its name or id.
import type { Agent } from "kavachos-wasm";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";

interface Props {
  agents: readonly Agent[];
  /** The id of the agent that is picked; `""` for none. */
  value: string;
  onPick: (id: string) => void;
}

const SHOWN = 50;

export function AgentPicker({ agents, value, onPick }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const open = typed !== null;
  const picked = agents.find((agent) => agent.id === value);

  const found = useMemo(() => {
    if (typed === null) return [];
    const wanted = typed.trim().toLowerCase();
    return agents.filter(({ id, name }) => name.toLowerCase().includes(wanted) || id.startsWith(wanted));
  }, [agents, typed]);
  const options = [{ id: "", name: "No agent: start from nothing", status: "" }, ...found.slice(0, SHOWN)];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);

  function start(text: string) {
    setTyped(text);
    // What is typed is looked for, not the way back to nothing.
    setActive(text.trim() === "" ? 0 : 1);
  }
  function pick(agentId: string | undefined) {
    setTyped(null);
    if (agentId !== undefined && agentId !== value) onPick(agentId);
  }

  return (
    <div class="field picker">
      <label for={`${id}-input`}>Agent</label>
      <input
        id={`${id}-input`}
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && options[active] ? `${id}-${active}` : undefined}
        placeholder="No agent: search by name or id"
        spellcheck={false}
        autocomplete="off"
        value={typed ?? picked?.name ?? value}
        onInput={({ currentTarget }) => start(currentTarget.value)}
        onClick={({ currentTarget }) => {
          if (open) return;
          start("");
          currentTarget.select();
        }}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            if (!open) return start("");
            const step = event.key === "ArrowDown" ? 1 : -1;
            setActive((active + step + options.length) % options.length);
          } else if (event.key === "Enter" && open) {
            event.preventDefault();
            pick(options[active]?.id);
          } else if (event.key === "Escape" && open) {
            event.preventDefault();
            setTyped(null);
          }
        }}
      />
      {open && (
        <div class="options">
          <div id={`${id}-list`} ref={list} role="listbox" aria-label="Agents">
            {options.map((option, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the input, which keeps the focus
              <div
                key={option.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                tabIndex={-1}
                // Before the input loses the focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => pick(option.id)}
              >
                <span class="truncate">{option.name}</span>
                {option.status && option.status !== "active" && <span class="badge">{option.status}</span>}
                <span class="muted mono">{option.id.slice(0, 8)}</span>
              </div>
            ))}
          </div>
          <p class="muted">
            {found.length === 0
              ? "No agent has that in its name."
              : found.length > SHOWN
                ? `The first ${SHOWN} of ${found.length}: go on typing.`
                : found.length === 1
                  ? "1 agent"
                  : `${found.length} agents`}
          </p>
        </div>
      )}
    </div>
  );
}
