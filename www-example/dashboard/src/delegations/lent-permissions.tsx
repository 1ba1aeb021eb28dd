// Which permissions of an agent are delegated: each can be ticked, and then narrowed to a part of its resource and actions.
import type { Agent, Permission } from "kavachos-wasm";
import { CircleX, Plus, TriangleAlert } from "lucide-preact";
import { useId } from "preact/hooks";
import { PermissionLine } from "../permissions/permission-list";

/** A permission that can be delegated, as far as it was narrowed. */
export interface Choice {
  permission: Permission;
  chosen: boolean;
}

interface Props {
  lender: Agent;
  choices: readonly Choice[];
  onChange(choices: readonly Choice[]): void;
  /** Why a chosen permission cannot be delegated, by its place among the chosen ones. */
  problems: ReadonlyMap<number, string>;
  notes: ReadonlyMap<number, readonly string[]>;
}

export function LentPermissions({ lender, choices, onChange, problems, notes }: Props) {
  let place = -1;
  return (
    <fieldset class="field lent">
      <legend>What {lender.name} delegates</legend>
      {choices.length === 0 && (
        <p class="muted">It has no own permissions, and cannot delegate what it has received.</p>
      )}
      <ul class="stack tight">
        {choices.map((choice, index) => {
          if (choice.chosen) place += 1;
          return (
            <li key={index} class="lent-choice" data-chosen={choice.chosen}>
              <OneChoice
                lender={lender}
                original={lender.permissions[index]}
                choice={choice}
                number={index + 1}
                problem={choice.chosen ? problems.get(place) : undefined}
                notes={choice.chosen ? (notes.get(place) ?? []) : []}
                onChange={(changed) => onChange(choices.with(index, changed))}
              />
            </li>
          );
        })}
      </ul>
      <div class="row">
        <button
          type="button"
          class="button small"
          onClick={() => onChange([...choices, { permission: { resource: "", actions: ["read"] }, chosen: true }])}
        >
          <Plus size={14} aria-hidden /> Another permission
        </button>
      </div>
    </fieldset>
  );
}

interface ChoiceProps {
  lender: Agent;
  /** The delegating agent's permission that this is a part of; none if it was added. */
  original?: Permission;
  choice: Choice;
  number: number;
  problem?: string;
  notes: readonly string[];
  onChange(choice: Choice): void;
}

function OneChoice({ lender, original, choice, number, problem, notes, onChange }: ChoiceProps) {
  const id = useId();
  const { permission, chosen } = choice;
  const change = (part: Partial<Permission>) => onChange({ chosen, permission: { ...permission, ...part } });
  return (
    <>
      <label class="choice">
        <input
          type="checkbox"
          checked={chosen}
          onChange={({ currentTarget }) => onChange({ permission, chosen: currentTarget.checked })}
        />
        {original ? <PermissionLine permission={original} /> : `Permission ${number}`}
      </label>
      {chosen && (
        <div class="narrow">
          <label class="field">
            <span>
              Resource<span class="visually-hidden"> of permission {number}</span>
            </span>
            <input
              class="mono"
              spellcheck={false}
              autocapitalize="off"
              autocomplete="off"
              value={permission.resource}
              aria-invalid={problem !== undefined}
              aria-describedby={problem === undefined ? undefined : id}
              onInput={({ currentTarget }) => change({ resource: currentTarget.value })}
            />
          </label>
          <Actions
            held={original?.actions ?? [...new Set(lender.permissions.flatMap(({ actions }) => actions))]}
            actions={permission.actions}
            number={number}
            onChange={(actions) => change({ actions })}
          />
        </div>
      )}
      {problem !== undefined && (
        <p id={id} class="wrong told">
          <CircleX size={15} aria-hidden /> {problem}
        </p>
      )}
      {notes.map((note) => (
        <p key={note} class="told caution">
          <TriangleAlert size={15} aria-hidden /> {note}
        </p>
      ))}
    </>
  );
}

interface ActionsProps {
  held: readonly string[];
  actions: readonly string[];
  number: number;
  onChange(actions: string[]): void;
}

function Actions({ held, actions, number, onChange }: ActionsProps) {
  // Who holds every action can delegate any: those are typed.
  if (held.includes("*")) {
    return (
      <label class="field">
        <span>
          Actions<span class="visually-hidden"> of permission {number}</span>
        </span>
        <input
          class="mono"
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          // What is typed is not tidied up under the fingers.
          defaultValue={actions.join(", ")}
          onInput={({ currentTarget }) =>
            onChange(
              currentTarget.value
                .split(",")
                .map((action) => action.trim())
                .filter(Boolean),
            )
          }
        />
        <small>Separated by commas; * is every action.</small>
      </label>
    );
  }
  return (
    <fieldset class="field">
      <legend>
        Actions<span class="visually-hidden"> of permission {number}</span>
      </legend>
      <div class="row">
        {held.map((action) => (
          <label key={action} class="choice">
            <input
              type="checkbox"
              checked={actions.includes(action)}
              onChange={({ currentTarget }) =>
                onChange(held.filter((one) => (one === action ? currentTarget.checked : actions.includes(one))))
              }
            />
            {action}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
