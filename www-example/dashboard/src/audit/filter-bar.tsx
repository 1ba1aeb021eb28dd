// The fields that narrow the list down. Text is taken when one leaves the field or presses Enter: each word of it would
// be asked for otherwise.
import { useEffect, useId, useLayoutEffect, useState } from "preact/hooks";
import { AgentPicker } from "../agents/agent-picker";
import { agentsById, directory } from "../agents/directory";
import { actionsIn, type Filters, isoOf, localOf, OUTCOME_FILTERS, PRESETS, presetStart } from "./filters";

interface Props {
  filters: Filters;
  onChange: (change: Filters) => void;
  /** Owners and actions that have been seen, to suggest. */
  owners: readonly string[];
  actions: readonly string[];
}

export function FilterBar({ filters, onChange, owners, actions }: Props) {
  const { agent, user, outcome } = filters;
  const agents = directory.value.state === "ready" ? directory.value.agents : [];
  const chosen = actionsIn(filters.actions);
  const others = actions.filter((action) => !chosen.includes(action));
  return (
    <div class="filters">
      <AgentPicker
        label="Agent"
        placeholder="Any: name or id"
        takesOthers
        agents={agents}
        value={agent}
        onPick={(id) => onChange({ agent: id })}
      />
      <TextField
        label="Owner"
        placeholder="Any"
        value={user}
        options={owners}
        onCommit={(user) => onChange({ user })}
      />
      <label class="field">
        <span>Outcome</span>
        <select
          value={outcome ?? ""}
          // The two would contradict each other.
          onChange={({ currentTarget }) => onChange({ outcome: currentTarget.value || undefined, result: undefined })}
        >
          <option value="">Any</option>
          {Object.entries(OUTCOME_FILTERS).map(([word, text]) => (
            <option key={word} value={word}>
              {text}
            </option>
          ))}
          {outcome && !(outcome in OUTCOME_FILTERS) && <option value={outcome}>{outcome}</option>}
        </select>
      </label>
      <TextField
        label="Resource"
        placeholder="Any: mcp:github:*"
        value={filters.resource}
        onCommit={(resource) => onChange({ resource })}
      />
      <TextField
        label="Reason"
        placeholder="Any: part of it"
        value={filters.reason}
        onCommit={(reason) => onChange({ reason })}
      />
      <TextField
        label="Text"
        placeholder="Anywhere in it"
        value={filters.text}
        onCommit={(text) => onChange({ text })}
      />
      <div class="actions-filter">
        <TextField
          label="Actions"
          placeholder="Any: read, write"
          value={filters.actions}
          onCommit={(text) => onChange({ actions: actionsIn(text).join(",") || undefined })}
        />
        {others.length > 0 && (
          <div class="row known">
            {others.slice(0, 6).map((action) => (
              <button
                key={action}
                type="button"
                class="link"
                onClick={() => onChange({ actions: [...chosen, action].join(",") })}
              >
                + {action}
              </button>
            ))}
          </div>
        )}
      </div>
      <RangeFields filters={filters} onChange={onChange} />
    </div>
  );
}

function RangeFields({ filters: { since, until }, onChange }: Pick<Props, "filters" | "onChange">) {
  const isSet = Boolean(since || until);
  const [isOwn, setOwn] = useState(isSet);
  useEffect(() => setOwn(isSet), [isSet]);
  return (
    <>
      <label class="field">
        <span>Time</span>
        <select
          // It stays on what it says: the fields after it tell what came of it.
          value={isOwn ? "own" : ""}
          onChange={({ currentTarget }) => {
            const preset = PRESETS.find(({ name }) => name === currentTarget.value);
            if (currentTarget.value === "own") setOwn(true);
            else onChange({ since: preset && presetStart(preset.span), until: undefined });
            if (currentTarget.value === "") setOwn(false);
          }}
        >
          <option value="">All there is</option>
          {PRESETS.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
          <option value="own">Between…</option>
        </select>
      </label>
      {isOwn && (
        <div class="moments">
          <MomentField label="From" value={since} onCommit={(since) => onChange({ since })} />
          <MomentField label="To" value={until} onCommit={(until) => onChange({ until })} />
        </div>
      )}
    </>
  );
}

interface FieldProps {
  label: string;
  value: string | undefined;
  onCommit: (value: string | undefined) => void;
}

interface TextProps extends FieldProps {
  placeholder: string;
  options?: readonly string[];
}

function TextField({ label, placeholder, value = "", options, onCommit }: TextProps) {
  const id = useId();
  const [text, setText] = useState(value);
  useLayoutEffect(() => setText(value), [value]);
  const commit = () => {
    if (text.trim() !== value) onCommit(text.trim() || undefined);
  };
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        placeholder={placeholder}
        spellcheck={false}
        autocomplete="off"
        list={options && id}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === "Enter" && commit()}
      />
      {options && (
        <datalist id={id}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </label>
  );
}

function MomentField({ label, value, onCommit }: FieldProps) {
  const local = localOf(value);
  const [text, setText] = useState(local);
  useLayoutEffect(() => setText(local), [local]);
  const commit = () => {
    if (text !== local) onCommit(isoOf(text));
  };
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="datetime-local"
        step={1}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === "Enter" && commit()}
      />
    </label>
  );
}

/** The owners of the agents that one knows, in order. */
export function knownOwners(): string[] {
  return [...new Set([...agentsById.value.values()].map(({ ownerId }) => ownerId))].sort();
}
