// What an agent may do: which of it is its own, and which is delegated to it, and by whom.
import { CornerDownRight } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { agentName, agentsById } from "../agents/directory";
import { PermissionLine } from "../permissions/permission-list";
import { messageOf } from "../ui/failure";
import { borrowerOf, complete, effectiveOf, loadEffective, statuses, tellsEffective } from "./chains";
import { type Held, heldBy } from "./delegation-status";

interface Props {
  id: string;
  /** How many to show at most. */
  max?: number;
}

export function EffectivePermissions({ id, max = Number.POSITIVE_INFINITY }: Props) {
  const [error, setError] = useState<unknown>();
  const known = effectiveOf.value.has(id);
  const told = tellsEffective.value !== false;
  useEffect(() => {
    if (known || !told) return;
    const controller = new AbortController();
    setError(undefined);
    loadEffective([id], controller.signal).catch((reason) => !controller.signal.aborted && setError(reason));
    return () => controller.abort();
  }, [id, known, told]);
  if (!agentsById.value.has(id)) return <p class="muted">This agent is not among those that the server lists.</p>;
  if (!known && told && error === undefined) return <p class="muted">Asking the server…</p>;
  const held = heldBy(borrowerOf(id), statuses.value);
  const borrowed = held.filter(({ by, unknown }) => by || unknown).length;
  return (
    <div class="stack tight">
      <p class="muted">
        {held.length} {held.length === 1 ? "permission" : "permissions"}, {borrowed} of them borrowed.{" "}
        {!known && <Source error={error} />}
      </p>
      <ul class="held">
        {held.slice(0, max).map((one, index) => (
          <HeldLine key={index} held={one} />
        ))}
        {held.length > max && <li class="muted">and {held.length - max} more</li>}
      </ul>
    </div>
  );
}

function Source({ error }: { error: unknown }) {
  if (error !== undefined)
    return <>Worked out from what is loaded, since the server was not heard: {messageOf(error)}</>;
  return (
    <>
      Worked out from {complete.value ? "all" : "the"} delegations that are loaded, since this server does not tell;
      what was revoked may be among it.
    </>
  );
}

function HeldLine({ held: { permission, by, unknown } }: { held: Held }) {
  return (
    <li class={by || unknown ? "borrowed" : undefined}>
      <PermissionLine permission={permission} />
      {(by || unknown) && (
        <span class="origin">
          <CornerDownRight size={13} aria-hidden /> borrowed{" "}
          {by ? (
            <>
              from <strong>{agentName(by.fromAgent)}</strong>
            </>
          ) : (
            "from an agent that was not asked yet"
          )}
        </span>
      )}
    </li>
  );
}
