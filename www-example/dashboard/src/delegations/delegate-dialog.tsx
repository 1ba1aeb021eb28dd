// Delegates: what one agent delegates to another, checked as it is put together; nothing is sent that would be refused.
import type { Agent, Permission } from "kavachos-wasm";
import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-preact";
import { useId, useMemo, useState } from "preact/hooks";
import { AgentPicker } from "../agents/agent-picker";
import { agentName, agentsById } from "../agents/directory";
import { kavach } from "../connection/session";
import { codeOf } from "../inspector/call-code";
import { Code } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { toast } from "../ui/toasts";
import { chains, complete, keepChain, loadEffective, now, statusOf } from "./chains";
import { EndField, inOneDay } from "./end-field";
import { type Choice, LentPermissions } from "./lent-permissions";
import { DEFAULT_DEPTH, type Preflight, preflight } from "./preflight";

interface Props {
  from?: string;
  to?: string;
  agents: readonly Agent[];
  onClose(): void;
  /** Called with the id of the new delegation. */
  onDone(id: string): void;
}

export function DelegateDialog({ from, to, agents, onClose, onDone }: Props) {
  const [lenderId, setLenderId] = useState(from);
  const [borrowerId, setBorrowerId] = useState(to);
  const [choices, setChoices] = useState<readonly Choice[]>(() => choicesOf(from));
  const [expiresAt, setExpiresAt] = useState<number | undefined>(() => inOneDay());
  const [depthText, setDepthText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const depthId = useId();

  const lender = lenderId === undefined ? undefined : agentsById.value.get(lenderId);
  const borrower = borrowerId === undefined ? undefined : agentsById.value.get(borrowerId);
  const permissions = useMemo(() => wantedOf(choices), [choices]);
  const maxDepth = depthText.trim() === "" ? undefined : Number(depthText);
  const checked = preflight(
    { lender, borrower, permissions, expiresAt, maxDepth },
    { chains: chains.value, statusOf, complete: complete.value, now: now.value },
  );
  const { input } = checked;

  async function send(event: SubmitEvent) {
    event.preventDefault();
    if (input === undefined || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const made = await kavach().delegation.create(input);
      toast(`${agentName(input.fromAgent)} delegates to ${agentName(input.toAgent)}`);
      keepChain(made);
      // Whether it counts is the borrower's to say; where that fails the graph is right all the same.
      loadEffective([made.toAgent], new AbortController().signal).catch(() => {});
      onDone(made.id);
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title="Delegate"
      wide
      onClose={onClose}
      footer={
        <>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form="delegate" class="button primary" disabled={busy || input === undefined}>
            {busy ? "Delegating…" : "Delegate"}
          </button>
        </>
      }
    >
      <form id="delegate" class="stack" onSubmit={send}>
        <div class="pair">
          <AgentPicker
            label="Delegating agent"
            agents={agents}
            value={lenderId}
            onPick={(id) => {
              setLenderId(id);
              setChoices(choicesOf(id));
            }}
          />
          <AgentPicker label="Receiving agent" agents={agents} value={borrowerId} onPick={setBorrowerId} />
        </div>
        {lender && (
          <LentPermissions
            lender={lender}
            choices={choices}
            onChange={setChoices}
            problems={checked.uncovered}
            notes={checked.notes}
          />
        )}
        <div class="pair">
          <EndField value={expiresAt} onChange={setExpiresAt} />
          <div class="field">
            <label for={depthId}>Greatest depth of the chain</label>
            <input
              id={depthId}
              inputMode="numeric"
              autocomplete="off"
              placeholder={`${DEFAULT_DEPTH}, if left empty`}
              value={depthText}
              aria-invalid={maxDepth !== undefined && !(Number.isInteger(maxDepth) && maxDepth > 0)}
              onInput={({ currentTarget }) => setDepthText(currentTarget.value)}
            />
            <small>
              {lender ? depthWords(checked, lender.name) : "How many delegations may follow on each other."}
            </small>
          </div>
        </div>
        <Verdict checked={checked} />
        {error !== undefined && <Failure error={error} what="The server refused" />}
        {input && (
          <details>
            <summary>Code</summary>
            <Code text={codeOf("kavach.delegation.create", [input])} />
          </details>
        )}
      </form>
    </Dialog>
  );
}

function depthWords({ depth }: Preflight, lender: string): string {
  if (!depth) return "";
  const { least, most } = depth;
  if (most === 1) return `This one will be 1 deep: nothing is delegated to ${lender}.`;
  return least === most ? `This one will be ${most} deep.` : `This one will be ${least} to ${most} deep.`;
}

function Verdict({ checked: { missing, refusals, warnings } }: { checked: Preflight }) {
  return (
    <div class="stack tight verdict" role="status">
      {refusals.length > 0 ? (
        <div class="notice danger" data-verdict="no">
          <CircleX size={18} aria-hidden />
          <ul>
            {refusals.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      ) : missing.length > 0 ? (
        <div class="notice" data-verdict="unfinished">
          <Info size={18} aria-hidden />
          <p>{missing.join(" ")}</p>
        </div>
      ) : (
        <div class="notice" data-verdict="yes">
          <CircleCheck size={18} aria-hidden />
          <p>The delegating agent holds all of this itself, so it can be delegated.</p>
        </div>
      )}
      {warnings.length > 0 && (
        <div class="notice warning">
          <TriangleAlert size={18} aria-hidden />
          <ul>
            {warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function choicesOf(id: string | undefined): Choice[] {
  const agent = id === undefined ? undefined : agentsById.peek().get(id);
  return (agent?.permissions ?? []).map((permission) => ({ permission, chosen: false }));
}

function wantedOf(choices: readonly Choice[]): Permission[] {
  return choices.filter(({ chosen }) => chosen).map(({ permission }) => permission);
}
