// The graph with its layout, which is made aside and takes the place of the last one when it is done.
import { useEffect, useState } from "preact/hooks";
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
  onLend(from: string, to: string): void;
  onList(): void;
}

export function GraphView({ scene, onList, ...graph }: Props) {
  const [shown, setShown] = useState<{ scene: Scene; layout: Layout }>();
  const [error, setError] = useState<unknown>();
  const narrow = innerWidth <= 760;
  useEffect(() => {
    if (scene.tooMany) return;
    const controller = new AbortController();
    setError(undefined);
    layOut({ chains: scene.chains, alone: scene.alone, aspect: narrow ? 0.6 : 1.5 }, controller.signal).then(
      (layout) => setShown({ scene, layout }),
      (reason) => !controller.signal.aborted && setError(reason),
    );
    return () => controller.abort();
  }, [scene, narrow]);
  if (scene.tooMany) {
    return (
      <Empty title={`${scene.connected.size} agents are too many for a graph`}>
        <p>Above {MOST_SHOWN} nobody could read it. Find an agent, and look at its neighbourhood only.</p>
        <button type="button" class="button" onClick={onList}>
          Show them as a list
        </button>
      </Empty>
    );
  }
  if (error !== undefined) return <Failure error={error} what="The graph could not be laid out" />;
  if (shown === undefined) return <Loading what="the graph" />;
  return <Graph {...graph} scene={shown.scene} layout={shown.layout} />;
}
