// The graph of delegations: agents as nodes, delegations as arrows from the delegating agent to the receiving one. One Tab stop; arrow
// keys go to what is nearest in their direction.
import type { DelegationChain } from "kavachos-wasm";
import { Maximize, ZoomIn, ZoomOut } from "lucide-preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { agentName, agentsById } from "../agents/directory";
import { AgentNode, LinkLabel, LinkLine, Tips } from "./graph-parts";
import { HoverCard } from "./hover-card";
import type { Layout, Point } from "./layout";
import type { Scene } from "./scene";
import { useDrag } from "./use-drag";
import { useViewport } from "./use-viewport";

interface Props {
  scene: Scene;
  layout: Layout;
  /** The chosen agent or delegation: `agent ID` or `link ID`. */
  selected?: string;
  onSelect(item: string | undefined): void;
  onLend(from: string, to?: string): void;
  /** Changes when something else altogether is shown, which is then to be seen as a whole. */
  subject: string;
}

const STEPS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function Graph({ scene, layout, selected, onSelect, onLend, subject }: Props) {
  const viewport = useViewport();
  const { frame, world } = viewport;
  const drag = useDrag(viewport, onLend);
  const [focused, setFocused] = useState<string>();
  const [hovered, setHovered] = useState<string>();
  const items = useMemo(() => placesOf(layout), [layout]);
  const current =
    [focused, selected].find((item) => item !== undefined && items.has(item)) ?? items.keys().next().value;
  const near = useMemo(() => nearTo(selected, scene), [selected, scene]);
  const counts = useMemo(() => countsOf(scene.chains), [scene]);

  const fitted = useRef<string>();
  useEffect(() => {
    if (layout.width === 0 || fitted.current === subject) return;
    fitted.current = subject;
    viewport.fit({ width: layout.width, height: layout.begin });
    const place = selected === undefined ? undefined : items.get(selected);
    if (place) viewport.show(place);
  }, [layout, subject]);
  useEffect(() => {
    const place = selected === undefined ? undefined : items.get(selected);
    if (place) viewport.show(place);
  }, [selected]);

  const go = useCallback(
    (item: string) => {
      setFocused(item);
      const place = items.get(item);
      if (place) viewport.show(place);
      frame.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(item)}"]`)?.focus({ preventScroll: true });
    },
    [items],
  );

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const done = () => event.preventDefault();
    if (step && event.shiftKey) viewport.pan(-step.x * 60, -step.y * 60);
    else if (step) {
      const next = current === undefined ? undefined : nearest(items, current, step);
      if (next) go(next);
    } else if (event.key === "+" || event.key === "=") viewport.zoom(1.25);
    else if (event.key === "-") viewport.zoom(0.8);
    else if (event.key === "0") viewport.fit(layout);
    else if (event.key === "d" && focused?.startsWith("agent ")) onLend(focused.slice(6));
    else if (event.key === "Escape") {
      if (drag.drawn.peek()) drag.cancel();
      else if (hovered) setHovered(undefined);
      else onSelect(undefined);
    } else return;
    done();
  }

  const drawn = drag.drawn.value;
  const start = drawn && layout.agents.get(drawn.from);
  const stateOf = (item: string) => ({
    current: item === current,
    selected: item === selected,
    dim: near !== undefined && !near.has(item),
  });
  return (
    // The keys and pointers of the graph are those of what is in it.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={frame}
      class="graph"
      role="group"
      aria-label="Delegations"
      aria-describedby="graph-keys"
      data-drawing={drawn !== null}
      {...drag.handlers}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        if (!(target instanceof Element) || target.closest("[data-tools]")) return;
        onSelect(target.closest<HTMLElement>("[data-item]")?.dataset.item);
      }}
      onFocusIn={({ target }) => {
        const item = itemOf(target);
        setHovered(target instanceof Element && target.matches(":focus-visible") ? item : undefined);
        if (item) setFocused(item);
      }}
      onFocusOut={() => setHovered(undefined)}
      onPointerOver={({ target, pointerType }) => {
        if (pointerType === "mouse") setHovered(itemOf(target));
      }}
      onPointerLeave={() => setHovered(undefined)}
    >
      <div ref={world} class="world">
        {layout.aloneAt !== undefined && scene.alone.length > 0 && scene.connected.size > 0 && (
          <p class="alone muted" style={{ transform: `translate(0, ${layout.aloneAt}px)` }}>
            No delegations
          </p>
        )}
        <svg width={layout.width} height={layout.height} aria-hidden="true">
          <Tips />
          {scene.chains.map((chain) => {
            const place = layout.links.get(chain.id);
            const { selected, dim } = stateOf(`link ${chain.id}`);
            return place && <LinkLine key={chain.id} chain={chain} path={place.path} selected={selected} dim={dim} />;
          })}
          {drawn && start && (
            <path
              class="drawn"
              d={`M${start.x},${start.y} L${drawn.to.x},${drawn.to.y}`}
              marker-end="url(#tip-selected)"
            />
          )}
        </svg>
        {[...scene.connected, ...scene.alone].map((id) => {
          const at = layout.agents.get(id);
          const { lends = 0, borrows = 0 } = counts.get(id) ?? {};
          return (
            at && (
              <AgentNode
                key={id}
                id={id}
                agent={agentsById.value.get(id)}
                at={at}
                lends={lends}
                borrows={borrows}
                target={drawn?.over === id && drawn.from !== id}
                {...stateOf(`agent ${id}`)}
              />
            )
          );
        })}
        {scene.chains.map((chain) => {
          const at = layout.links.get(chain.id);
          return at && <LinkLabel key={chain.id} chain={chain} at={at} {...stateOf(`link ${chain.id}`)} />;
        })}
      </div>
      {hovered?.startsWith("agent ") && !drawn && (
        <HoverCard id={hovered.slice(6)} at={layout.agents.get(hovered.slice(6))} viewport={viewport} />
      )}
      <Tools layout={layout} viewport={viewport} />
      <p id="graph-keys" class="visually-hidden">
        Arrow keys go from one to the next, Enter chooses, D delegates, plus, minus and zero magnify, Shift with arrow
        keys moves.
      </p>
      <div class="visually-hidden" role="status">
        {drawn?.over &&
          drawn.over !== drawn.from &&
          `Delegate from ${agentName(drawn.from)} to ${agentName(drawn.over)}`}
      </div>
    </div>
  );
}

function Tools({ layout, viewport }: { layout: Layout; viewport: ReturnType<typeof useViewport> }) {
  return (
    <div class="tools" data-tools>
      <button type="button" class="button small" title="Magnify (+)" onClick={() => viewport.zoom(1.25)}>
        <ZoomIn size={16} aria-hidden />
        <span class="visually-hidden">Magnify</span>
      </button>
      <button type="button" class="button small" title="Reduce (-)" onClick={() => viewport.zoom(0.8)}>
        <ZoomOut size={16} aria-hidden />
        <span class="visually-hidden">Reduce</span>
      </button>
      <button type="button" class="button small" title="Show all (0)" onClick={() => viewport.fit(layout)}>
        <Maximize size={16} aria-hidden /> Fit
      </button>
    </div>
  );
}

function itemOf(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  // Who moves from an agent onto its card still looks at the agent.
  const element = target.closest<HTMLElement>("[data-item], [data-card]");
  return element?.dataset.item ?? (element?.dataset.card && `agent ${element.dataset.card}`);
}

function placesOf({ agents, links }: Layout): Map<string, Point> {
  const places: [string, Point][] = [...agents].map(([id, at]) => [`agent ${id}`, at]);
  for (const [id, at] of links) places.push([`link ${id}`, at]);
  return new Map(places);
}

// What lies ahead, with what is off to the side counting as further away.
function nearest(items: ReadonlyMap<string, Point>, from: string, step: Point): string | undefined {
  const here = items.get(from);
  if (!here) return undefined;
  let best: { item: string; distance: number } | undefined;
  for (const [item, at] of items) {
    const ahead = (at.x - here.x) * step.x + (at.y - here.y) * step.y;
    const aside = Math.abs((at.x - here.x) * step.y) + Math.abs((at.y - here.y) * step.x);
    if (item === from || ahead < 8) continue;
    const distance = ahead + aside * 2.5;
    if (!best || distance < best.distance) best = { item, distance };
  }
  return best?.item;
}

function nearTo(selected: string | undefined, { chains, near }: Scene): Set<string> | undefined {
  if (selected === undefined) return undefined;
  const [kind, id] = selected.split(" ");
  const items = new Set([selected]);
  if (kind === "link") {
    const chain = chains.find((one) => one.id === id);
    if (!chain) return undefined;
    return items.add(`agent ${chain.fromAgent}`).add(`agent ${chain.toAgent}`);
  }
  for (const agent of near ?? []) items.add(`agent ${agent}`);
  for (const { id, fromAgent, toAgent } of chains)
    if (near?.has(fromAgent) && near.has(toAgent)) items.add(`link ${id}`);
  return items;
}

function countsOf(chains: readonly DelegationChain[]): Map<string, { lends: number; borrows: number }> {
  const counts = new Map<string, { lends: number; borrows: number }>();
  const of = (id: string) => {
    const known = counts.get(id) ?? { lends: 0, borrows: 0 };
    counts.set(id, known);
    return known;
  };
  for (const { fromAgent, toAgent } of chains) {
    of(fromAgent).lends += 1;
    of(toAgent).borrows += 1;
  }
  return counts;
}
