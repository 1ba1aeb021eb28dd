// The graph with its layout, which is made aside and takes the place of the last one when it is done.
import { useEffect, useRef, useState } from "preact/hooks";
import { Empty } from "../ui/empty";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { Graph } from "./graph";
import { type Layout, layOut } from "./layout";
import { MOST_SHOWN, type Scene } from "./scene";

interface Props {
  scene: Scene;
  selected?: string;
  subject: string;
  onSelect(item: string | undefined): void;
  onLend(from: string, to?: string): void;
  onList(): void;
}

export function GraphView({ scene, onList, ...graph }: Props) {
  const [shown, setShown] = useState<{ scene: Scene; layout: Layout }>();
  const [error, setError] = useState<unknown>();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (scene.tooMany) return;
    const controller = new AbortController();
    setError(undefined);
    const { clientWidth = 3, clientHeight = 2 } = frame.current ?? {};
    const aspect = clientWidth / Math.max(1, clientHeight);
    layOut({ chains: scene.chains, alone: scene.alone, aspect }, controller.signal).then(
      (layout) => setShown({ scene, layout }),
      (reason) => !controller.signal.aborted && setError(reason),
    );
    return () => controller.abort();
  }, [scene]);
  return (
    <div ref={frame} class="card canvas">
      {scene.tooMany ? (
        <Empty title={`${scene.connected.size} agents are too many for a graph`}>
          <p>Above {MOST_SHOWN} nobody could read it. Find an agent, and look at its neighbourhood only.</p>
          <button type="button" class="button" onClick={onList}>
            Show them as a list
          </button>
        </Empty>
      ) : scene.connected.size + scene.alone.length === 0 ? (
        <Empty title="No delegations">
          <p>What was asked for is empty. Show agents without delegations, and drag from one to another to delegate.</p>
        </Empty>
      ) : error !== undefined ? (
        <Failure error={error} what="The graph could not be laid out" />
      ) : shown === undefined ? (
        <Loading what="the graph" />
      ) : (
        <Graph {...graph} scene={shown.scene} layout={shown.layout} />
      )}
    </div>
  );
}
