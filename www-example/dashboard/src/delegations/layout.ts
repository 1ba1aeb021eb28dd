// Where agents and delegations go in the graph. Each connected part is laid out by itself, so that no single layout
// takes long, and the parts are packed; agents without delegations stand in a grid below.
import { Graph, layout } from "@dagrejs/dagre";
import { curveBasis, line } from "d3-shape";
import type { DelegationChain } from "kavachos-wasm";

export const NODE = { width: 184, height: 54 };
export const LABEL = { width: 106, height: 24 };
const GAP = 40;
/** What an agent without delegations takes. */
const CELL = { width: NODE.width + 16, height: NODE.height + 14 };

export interface Point {
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  /** How high the part is that matters most: the delegations, and the heading of what follows. */
  begin: number;
  /** The middle of each agent. */
  agents: ReadonlyMap<string, Point>;
  /** The path of each delegation, and the middle of its label. */
  links: ReadonlyMap<string, Point & { path: string }>;
  /** Where the agents without delegations begin, if there are any. */
  aloneAt?: number;
}

export const NOTHING: Layout = { width: 0, height: 0, begin: 0, agents: new Map(), links: new Map() };

export interface Wanted {
  chains: readonly DelegationChain[];
  alone: readonly string[];
  /** How wide it should be for its height. */
  aspect: number;
}

/** Lays out, and lets the page breathe after each part. Rejects when `signal` is aborted. */
export async function layOut({ chains, alone, aspect }: Wanted, signal: AbortSignal): Promise<Layout> {
  const parts = [];
  for (const part of connected(chains)) {
    parts.push(layOutPart(part, aspect));
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return pack(parts, alone, aspect);
}

/** Packs parts into the width that makes everything largest where it is shown. */
function pack(parts: readonly Part[], alone: readonly string[], aspect: number): Layout {
  const columns = Array.from({ length: Math.min(alone.length, 6) }, (_, index) => (index + 1) * CELL.width);
  const sums = parts
    .slice(0, 6)
    .map((_, index) => parts.slice(0, index + 1).reduce((sum, { width }) => sum + width + GAP, 0));
  const least = Math.max(0, ...parts.map(({ width }) => width));
  let best: Layout = NOTHING;
  let largest = 0;
  for (const widest of new Set([least, ...columns, ...sums])) {
    if (widest < least) continue;
    const layout = packInto(widest, parts, alone);
    const scale = Math.min(aspect / layout.width, 1 / layout.begin);
    if (scale > largest) {
      largest = scale;
      best = layout;
    }
  }
  return best;
}

function packInto(widest: number, parts: readonly Part[], alone: readonly string[]): Layout {
  const agents = new Map<string, Point>();
  const links = new Map<string, Point & { path: string }>();
  let width = 0;
  let height = 0;
  for (const { part, x, y } of placed(widest, parts)) {
    for (const [id, at] of part.agents) agents.set(id, { x: at.x + x, y: at.y + y });
    for (const { id, at, points } of part.links) {
      links.set(id, { x: at.x + x, y: at.y + y, path: curve(points.map((point) => [point.x + x, point.y + y])) ?? "" });
    }
    width = Math.max(width, x + part.width);
    height = Math.max(height, y + part.height);
  }
  if (alone.length === 0) return { width, height, begin: height, agents, links };
  const aloneAt = height === 0 ? 0 : height + GAP;
  const inRow = Math.max(1, Math.floor((widest + CELL.width - NODE.width) / CELL.width));
  alone.forEach((id, index) => {
    agents.set(id, {
      x: (index % inRow) * CELL.width + NODE.width / 2,
      y: aloneAt + 32 + Math.floor(index / inRow) * CELL.height + NODE.height / 2,
    });
  });
  const rows = (count: number) => aloneAt + 32 + count * CELL.height - (CELL.height - NODE.height);
  return {
    width: Math.max(width, Math.min(inRow, alone.length) * CELL.width - (CELL.width - NODE.width)),
    height: rows(Math.ceil(alone.length / inRow)),
    begin: parts.length > 0 ? aloneAt + 24 : rows(Math.ceil(alone.length / inRow)),
    agents,
    links,
    aloneAt,
  };
}

/** Puts each part as high up as it fits, and then as far to the left. */
function placed(widest: number, parts: readonly Part[]): (Point & { part: Part })[] {
  const done: (Point & { part: Part })[] = [];
  for (const part of parts) {
    let best = { x: 0, y: Number.POSITIVE_INFINITY };
    for (const x of [0, ...done.map((other) => other.x), ...done.map((other) => other.x + other.part.width + GAP)]) {
      if (x > 0 && x + part.width > widest) continue;
      const above = done.filter((other) => other.x < x + part.width + GAP && x < other.x + other.part.width + GAP);
      const y = Math.max(0, ...above.map((other) => other.y + other.part.height + GAP));
      if (y < best.y || (y === best.y && x < best.x)) best = { x, y };
    }
    done.push({ ...best, part });
  }
  return done;
}

const curve = line<[number, number]>().curve(curveBasis);

interface Part {
  width: number;
  height: number;
  agents: Map<string, Point>;
  links: { id: string; at: Point; points: Point[] }[];
}

function layOutPart(chains: readonly DelegationChain[], aspect: number): Part {
  const graph = new Graph({ multigraph: true });
  // Where there is width chains go to the right, elsewhere down.
  graph.setGraph({ rankdir: aspect < 1.3 ? "TB" : "LR", nodesep: 20, edgesep: 16, ranksep: aspect < 1.3 ? 28 : 24 });
  for (const { id, fromAgent, toAgent } of chains) {
    for (const agent of [fromAgent, toAgent]) if (!graph.hasNode(agent)) graph.setNode(agent, { ...NODE });
    graph.setEdge(fromAgent, toAgent, { ...LABEL, labelpos: "c", width: LABEL.width + 12 }, id);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const agents = new Map<string, Point>();
  for (const id of graph.nodes()) {
    const { x = 0, y = 0 } = graph.node(id) as Partial<Point>;
    agents.set(id, { x, y });
  }
  const links = graph.edges().map((edge) => {
    const { x = 0, y = 0, points = [] } = graph.edge(edge) as Partial<Point> & { points?: Point[] };
    return { id: edge.name ?? "", at: { x, y }, points };
  });
  return { width, height, agents, links };
}

/** The delegations in connected parts, the largest first. */
function connected(chains: readonly DelegationChain[]): DelegationChain[][] {
  const byAgent = new Map<string, DelegationChain[]>();
  for (const chain of chains) {
    for (const agent of new Set([chain.fromAgent, chain.toAgent])) {
      const list = byAgent.get(agent);
      if (list) list.push(chain);
      else byAgent.set(agent, [chain]);
    }
  }
  const seen = new Set<string>();
  const parts: DelegationChain[][] = [];
  for (const agent of byAgent.keys()) {
    if (seen.has(agent)) continue;
    const members = new Set([agent]);
    const part = new Set<DelegationChain>();
    for (const member of members) {
      for (const chain of byAgent.get(member) ?? []) {
        part.add(chain);
        members.add(chain.fromAgent).add(chain.toAgent);
      }
    }
    for (const member of members) seen.add(member);
    parts.push([...part]);
  }
  return parts.sort((a, b) => b.length - a.length);
}
