// Edits permissions: as a form, as JSON, and shows them as code. Order matters, as the first that matches decides.
import { type Permission, parsePermissions } from "kavachos-wasm";
import { type Finding, lint } from "kavachos-wasm/permissions";
import { CircleAlert, Plus } from "lucide-preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Code } from "../ui/copy";
import { messageOf } from "../ui/failure";
import { type Draft, JsonTab, problemOf } from "./json-tab";
import { PermissionCard } from "./permission-card";
import { permissionsModule } from "./permission-code";
import { TEMPLATES } from "./templates";
import "./permissions.css";

interface Props {
  value: Permission[];
  onChange(value: Permission[]): void;
}

const TABS = ["Form", "JSON", "Code"] as const;
let made = 0;

export function PermissionEditor({ value, onChange }: Props) {
  const [tab, setTab] = useState<(typeof TABS)[number]>("Form");
  // Text that is being typed survives a look at the form, also while it is no JSON yet.
  const [draft, setDraft] = useState<Draft | null>(null);
  const unfinished = draft !== null && problemOf(draft.text) !== undefined;
  return (
    <div class="permission-editor stack tight">
      <div class="spread">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row everywhere */}
        <div class="row tabs" role="group" aria-label="Edit permissions as">
          {TABS.map((name) => (
            <button
              key={name}
              type="button"
              class="button small"
              aria-pressed={tab === name}
              onClick={() => setTab(name)}
            >
              {name}
            </button>
          ))}
        </div>
        <small class="muted">The first permission that matches decides.</small>
      </div>
      {unfinished && tab !== "JSON" && (
        <div class="notice warning">
          <CircleAlert size={18} aria-hidden />
          <span>What you typed as JSON is not valid yet, and so not in force. It is kept there.</span>
        </div>
      )}
      {tab === "Form" && <Form value={value} onChange={onChange} />}
      {tab === "JSON" && <JsonTab value={value} onChange={onChange} draft={draft} onDraft={setDraft} />}
      {tab === "Code" && <Code text={permissionsModule(value)} label="Copy the code" />}
    </div>
  );
}

function Form({ value, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const keys = useRef<number[]>([]);
  // Each permission keeps its key when it moves; lists that come from elsewhere get new ones where they are longer.
  while (keys.current.length < value.length) keys.current.push(++made);
  keys.current.length = value.length;
  const focus = useRef<{ key: number; selector: string }>();
  const [said, setSaid] = useState("");
  const { findings, wrong } = useMemo(() => lintOf(value), [value]);

  useLayoutEffect(() => {
    if (focus.current === undefined) return;
    const { key, selector } = focus.current;
    focus.current = undefined;
    const element = list.current?.querySelector<HTMLElement>(`[data-key="${key}"] ${selector}`);
    element?.focus();
    if (element instanceof HTMLInputElement) element.select();
  });

  function place(permission: Permission, index: number) {
    const key = ++made;
    keys.current.splice(index, 0, key);
    focus.current = { key, selector: "input" };
    onChange(value.toSpliced(index, 0, permission));
  }
  function remove(index: number) {
    keys.current.splice(index, 1);
    const next = keys.current[Math.min(index, keys.current.length - 1)];
    if (next !== undefined) focus.current = { key: next, selector: ".remove" };
    onChange(value.toSpliced(index, 1));
    setSaid(`Permission ${index + 1} removed`);
  }
  function move(index: number, by: -1 | 1) {
    const permission = value[index];
    const key = keys.current[index];
    if (permission === undefined || key === undefined) return;
    keys.current.splice(index, 1);
    keys.current.splice(index + by, 0, key);
    // A button that cannot be used any more gives the focus to its neighbour.
    const last = index + by === 0 || index + by === value.length - 1;
    focus.current = { key, selector: by < 0 === last ? ".down" : ".up" };
    onChange(value.toSpliced(index, 1).toSpliced(index + by, 0, permission));
    setSaid(`Moved to place ${index + by + 1} of ${value.length}`);
  }

  return (
    <>
      <ol class="stack tight" ref={list}>
        {value.map((permission, index) => (
          <PermissionCard
            key={keys.current[index]}
            id={keys.current[index] ?? 0}
            permission={permission}
            index={index}
            count={value.length}
            findings={findings.filter((finding) => finding.index === index)}
            wrong={wrong?.index === index ? wrong.message : undefined}
            onChange={(changed) => onChange(value.with(index, changed))}
            onMove={(by) => move(index, by)}
            onDuplicate={() => place(structuredClone(permission), index + 1)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      {value.length === 0 && <p class="muted">No permissions yet: every call is denied.</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row everywhere */}
      <div class="row templates" role="group" aria-label="Add a permission">
        <span class="muted">Add</span>
        {TEMPLATES.map(({ name, title, make }) => (
          <button
            key={name}
            type="button"
            class="button small"
            title={title}
            onClick={() => place(make(), value.length)}
          >
            <Plus size={14} aria-hidden /> {name}
          </button>
        ))}
      </div>
      <div class="visually-hidden" role="status">
        {said}
      </div>
    </>
  );
}

/** What is to be said about permissions; if they are none, which one is wrong, and how. */
function lintOf(value: readonly Permission[]): { findings: Finding[]; wrong?: { index: number; message: string } } {
  try {
    parsePermissions(value);
    return { findings: lint(value) };
  } catch (error) {
    const message = messageOf(error);
    return { findings: [], wrong: { index: Number(/\[(\d+)\]/.exec(message)?.[1] ?? 0), message } };
  }
}
