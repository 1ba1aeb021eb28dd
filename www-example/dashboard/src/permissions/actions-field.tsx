// The actions of a permission: a toggle for each common one, any other typed.
import { X } from "lucide-preact";
import { useState } from "preact/hooks";
import { COMMON_ACTIONS } from "./templates";

interface Props {
  actions: readonly string[];
  place: number;
  onChange(actions: string[]): void;
}

export function ActionsField({ actions, place, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const others = actions.filter((action) => !(COMMON_ACTIONS as readonly string[]).includes(action));

  function add() {
    // Several may be pasted at once.
    const wanted = typed.split(",").map((action) => action.trim());
    const fresh = wanted.filter(
      (action, index) => action && !actions.includes(action) && wanted.indexOf(action) === index,
    );
    if (fresh.length > 0) onChange([...actions, ...fresh]);
    setTyped("");
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row everywhere
    <div class="row actions" role="group" aria-label={`Actions of permission ${place}`}>
      {COMMON_ACTIONS.map((action) => {
        const on = actions.includes(action);
        return (
          <button
            key={action}
            type="button"
            class="button small"
            aria-pressed={on}
            title={action === "*" ? "Every action" : undefined}
            onClick={() => onChange(on ? actions.filter((one) => one !== action) : [...actions, action])}
          >
            {action === "*" ? "* any" : action}
          </button>
        );
      })}
      {others.map((action) => (
        <button
          key={action}
          type="button"
          class="button small"
          aria-pressed
          title="Remove"
          onClick={() => onChange(actions.filter((one) => one !== action))}
        >
          {action || "(empty)"} <X size={14} aria-hidden />
        </button>
      ))}
      <input
        class="other"
        aria-label={`Another action for permission ${place}`}
        placeholder="other…"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== ",") return;
          event.preventDefault();
          add();
        }}
        onBlur={add}
      />
    </div>
  );
}
