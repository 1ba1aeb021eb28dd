// Asks whether agents are to be revoked, does it, and shows what came of each.
import type { Agent } from "kavachos-wasm";
import { Ban, CircleCheck, CircleHelp, CirclePause, CircleX, Clock, LoaderCircle } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { kavach } from "../connection/session";
import { Dialog } from "../ui/dialog";
import { useVirtualRows } from "../ui/virtual-rows";
import { keepAgent, loadDirectory } from "./directory";
import { type Outcome, revokeAll, tally } from "./revocation";

interface Props {
  agents: readonly Agent[];
  /** Called with the ids of those that are revoked. */
  onClose: (revoked: readonly string[]) => void;
}

export function RevokeDialog({ agents, onClose }: Props) {
  const [outcomes] = useState(() => new Map<string, Outcome>());
  const [stage, setStage] = useState<"asking" | "running" | "over">("asking");
  const [version, redraw] = useState(0);
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);

  async function run() {
    const mine = new AbortController();
    controller.current = mine;
    setStage("running");
    let drawing = false;
    // Ten thousand steps are not ten thousand renderings.
    const onStep = () => {
      if (drawing) return;
      drawing = true;
      requestAnimationFrame(() => {
        drawing = false;
        redraw((before) => before + 1);
      });
    };
    await revokeAll(kavach(), agents, outcomes, mine.signal, onStep);
    const after = agents.filter(({ id }) => outcomes.get(id)?.state === "revoked");
    keepAgent(...after.map((agent) => ({ ...agent, status: "revoked" })));
    // What was stopped under way has to be looked up.
    if (tally(outcomes).unknown > 0) loadDirectory(true);
    setStage("over");
  }

  const counts = tally(outcomes);
  const again = counts.failed + counts.stopped + counts.unknown;
  const stop = () => controller.current?.abort();
  const close = () => onClose(agents.filter(({ id }) => outcomes.get(id)?.state === "revoked").map(({ id }) => id));
  // Of those that are left alone, none is counted.
  const open = agents.filter(({ status }) => status !== "revoked");
  const counted = open.length > 0 ? open : agents;
  const many = counted.length === 1 ? `“${counted[0]?.name}”` : `${counted.length.toLocaleString("en")} agents`;
  const result = again > 0 ? "Not all are revoked" : "Revoked";
  const title = stage === "asking" ? `Revoke ${many}?` : stage === "running" ? `Revoking ${many}` : result;
  return (
    <Dialog
      title={title}
      onClose={stage === "running" ? stop : close}
      footer={
        stage === "asking" ? (
          <>
            <button type="button" class="button" onClick={close}>
              Cancel
            </button>
            <button type="button" class="button danger primary" onClick={run}>
              Revoke {many}
            </button>
          </>
        ) : stage === "running" ? (
          <button type="button" class="button" onClick={stop}>
            Stop
          </button>
        ) : (
          <>
            {again > 0 && (
              <button type="button" class="button" onClick={run}>
                Try the other {again === 1 ? "one" : again.toLocaleString("en")} again
              </button>
            )}
            <button type="button" class="button primary" onClick={close}>
              Close
            </button>
          </>
        )
      }
    >
      <div class="stack">
        {stage === "asking" ? <Consequences agents={agents} /> : <Counts counts={counts} of={agents.length} />}
        <Outcomes agents={agents} outcomes={outcomes} version={version} />
      </div>
    </Dialog>
  );
}

function Consequences({ agents }: { agents: readonly Agent[] }) {
  const before = agents.filter(({ status }) => status === "revoked").length;
  return (
    <div class="stack tight">
      <p>
        {agents.length === 1 ? "Its token stops" : "Their tokens stop"} working at once, and every decision about{" "}
        {agents.length === 1 ? "it" : "them"} is a denial from then on. <strong>This cannot be undone.</strong>
      </p>
      {before > 0 && (
        <p class="muted">
          {before === 1 ? "One of them is" : `${before} of them are`} revoked already, and left alone.
        </p>
      )}
    </div>
  );
}

function Counts({ counts, of }: { counts: ReturnType<typeof tally>; of: number }) {
  const { revoked, before, failed, stopped, unknown } = counts;
  const over = revoked + before + failed + stopped + unknown;
  const words = [
    `${revoked} revoked`,
    before > 0 && `${before} revoked before`,
    failed > 0 && `${failed} failed`,
    stopped > 0 && `${stopped} not asked for`,
    unknown > 0 && `${unknown} not known`,
  ];
  return (
    <div class="stack tight revocation">
      <progress max={of} value={over} aria-label="Agents done with" />
      <p role="status">{words.filter(Boolean).join(", ")}</p>
    </div>
  );
}

const SIGNS: Record<Outcome["state"], { icon: typeof Ban; words: string }> = {
  waiting: { icon: Clock, words: "Waits" },
  running: { icon: LoaderCircle, words: "Under way" },
  revoked: { icon: CircleCheck, words: "Revoked" },
  before: { icon: Ban, words: "Was revoked before" },
  stopped: { icon: CirclePause, words: "Not asked for" },
  unknown: { icon: CircleHelp, words: "Stopped under way: it may be revoked" },
  failed: { icon: CircleX, words: "Failed" },
};

const ROW = 34;

interface OutcomesProps {
  agents: readonly Agent[];
  outcomes: ReadonlyMap<string, Outcome>;
  /** Says that the outcomes have changed, which they do in place. */
  version: number;
}

/** Each agent, and what came of it: only those in sight are rendered. */
function Outcomes({ agents, outcomes }: OutcomesProps) {
  const { scroller, rows, height } = useVirtualRows(agents.length, ROW);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="outcomes" ref={scroller} tabIndex={0} aria-label="Agents">
      <ul style={{ height }}>
        {rows.map(({ index, start }) => {
          const agent = agents[index];
          if (agent === undefined) return null;
          const outcome = outcomes.get(agent.id);
          const { icon: Icon, words } = outcome ? SIGNS[outcome.state] : { icon: null, words: "" };
          return (
            <li key={agent.id} class={outcome?.state} style={{ transform: `translateY(${start}px)` }}>
              <span class="truncate">{agent.name}</span>
              <span class="what truncate" title={outcome?.state === "failed" ? outcome.message : undefined}>
                {Icon && <Icon size={14} aria-hidden />} {outcome?.state === "failed" ? outcome.message : words}
                {outcome === undefined && <span class="muted">{agent.ownerId}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
