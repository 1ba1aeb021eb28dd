// What is asked: action, resource, arguments, and the circumstances that constraints look at.
import type { Agent, Permission } from "kavachos-wasm";
import { useId, useMemo } from "preact/hooks";
import { COMMON_ACTIONS } from "../permissions/templates";
import { AgentPicker } from "./agent-picker";
import { NO_IP, type Question } from "./question";

interface Props {
  question: Question;
  change: (part: Partial<Question>) => void;
  flush: () => void;
  wrong: Partial<Record<keyof Question, string>>;
  agents: readonly Agent[];
  permissions: readonly Permission[];
}

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone")];

export function QuestionForm({ question, change, flush, wrong, agents, permissions }: Props) {
  const id = useId();
  const { actions, resources } = useMemo(() => suggestions(permissions), [permissions]);
  return (
    <form
      class="card stack question"
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => event.preventDefault()}
      onFocusOut={flush}
    >
      <h2 id={`${id}-title`}>Question</h2>
      <AgentPicker agents={agents} value={question.agent} onPick={(agent) => change({ agent })} />
      <div class="pair">
        <TextField
          title="Action"
          name="action"
          list={actions}
          value={question.action}
          onInput={(action) => change({ action })}
          hint="read"
        />
        <TextField
          title="Resource"
          name="resource"
          list={resources}
          value={question.resource}
          onInput={(resource) => change({ resource })}
          hint="mcp:github:repos"
        />
      </div>
      <label class="field">
        <span>Arguments, as JSON</span>
        <textarea
          name="arguments"
          rows={Math.min(8, Math.max(2, question.arguments.split("\n").length))}
          spellcheck={false}
          placeholder={'{ "branch": "main" }'}
          value={question.arguments}
          aria-invalid={wrong.arguments !== undefined}
          onInput={({ currentTarget }) => change({ arguments: currentTarget.value })}
        />
        {wrong.arguments && <small class="wrong">{wrong.arguments}</small>}
      </label>
      <Circumstances question={question} change={change} wrong={wrong} />
    </form>
  );
}

function Circumstances({ question, change, wrong }: Pick<Props, "question" | "change" | "wrong">) {
  const { ip, at, tz, calls, mode } = question;
  const id = useId();
  return (
    <>
      <div class="pair">
        <div class="field">
          <TextField
            title="IP address, as the server sees it"
            name="ip"
            value={ip === NO_IP ? "" : ip}
            disabled={ip === NO_IP}
            onInput={(value) => change({ ip: value })}
            hint={ip === NO_IP ? "not known" : "10.0.0.7"}
          />
          <label class="choice">
            <input
              type="checkbox"
              checked={ip === NO_IP}
              onChange={({ currentTarget }) => change({ ip: currentTarget.checked ? NO_IP : "" })}
            />
            <span>not known to it, as to adapters</span>
          </label>
        </div>
        <TextField
          title="Calls in the last hour"
          name="calls"
          value={calls}
          onInput={(value) => change({ calls: value })}
          hint="not known"
          wrong={wrong.calls}
          numeric
        />
        <div class="field">
          <label for={`${id}-at`}>Time, here</label>
          <input
            id={`${id}-at`}
            name="at"
            type="datetime-local"
            step={1}
            value={localOf(at)}
            aria-invalid={wrong.at !== undefined}
            onInput={({ currentTarget }) => change({ at: isoOf(currentTarget.value) })}
          />
          <small>
            {wrong.at ??
              (at === "" ? "Now, if left empty" : <WhenThere at={at} tz={tz} wrong={wrong.tz !== undefined} />)}{" "}
            {at !== "" && (
              <button type="button" class="link" onClick={() => change({ at: "" })}>
                Use the present time
              </button>
            )}
          </small>
        </div>
        <TextField
          title="Time zone of the server"
          name="tz"
          value={tz}
          list={ZONES}
          onInput={(value) => change({ tz: value })}
          hint="not known"
          wrong={wrong.tz}
        />
      </div>
      <fieldset class="field">
        <legend>Read permissions</legend>
        <div class="row">
          <label class="choice">
            <input type="radio" name="mode" checked={mode === "server"} onChange={() => change({ mode: "server" })} />
            as running servers do
          </label>
          <label class="choice">
            <input type="radio" name="mode" checked={mode === "strict"} onChange={() => change({ mode: "strict" })} />
            strictly, as documented
          </label>
        </div>
      </fieldset>
    </>
  );
}

// Time windows are in the server's time, which is seldom that of who asks.
function WhenThere({ at, tz, wrong }: { at: string; tz: string; wrong: boolean }) {
  if (tz.trim() === "" || wrong) return null;
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: tz.trim(), hour: "2-digit", minute: "2-digit" });
  return <>{`${format.format(new Date(at))} there.`}</>;
}

interface TextProps {
  title: string;
  name: string;
  value: string;
  onInput: (value: string) => void;
  hint: string;
  list?: readonly string[];
  wrong?: string;
  disabled?: boolean;
  numeric?: boolean;
}

function TextField({ title, name, value, onInput, hint, list, wrong, disabled, numeric }: TextProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{title}</label>
      <input
        id={id}
        name={name}
        class="mono"
        list={list && `${id}-list`}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        inputMode={numeric ? "numeric" : undefined}
        placeholder={hint}
        disabled={disabled}
        value={value}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {wrong && (
        <small id={`${id}-wrong`} class="wrong">
          {wrong}
        </small>
      )}
      {list && <Options id={`${id}-list`} list={list} />}
    </div>
  );
}

function Options({ id, list }: { id: string; list: readonly string[] }) {
  // Hundreds of options need not be compared at every key.
  return useMemo(
    () => (
      <datalist id={id}>
        {list.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    ),
    [id, list],
  );
}

function suggestions(permissions: readonly Permission[]) {
  const actions = new Set<string>(COMMON_ACTIONS);
  for (const permission of permissions) for (const action of permission.actions) actions.add(action);
  actions.delete("*");
  const resources = new Set(permissions.map(({ resource }) => resource).filter((resource) => resource !== "*"));
  return { actions: [...actions], resources: [...resources] };
}

/** A moment as `datetime-local` wants it: in the time zone of the browser. */
function localOf(iso: string): string {
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) return "";
  const date = new Date(moment);
  return new Date(moment - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function isoOf(local: string): string {
  const moment = Date.parse(local);
  return Number.isNaN(moment) ? "" : new Date(moment).toISOString();
}
