// Where agents and delegations go in the graph. Each connected part is laid out by itself, so that no single layout
// takes long, and the parts are packed in rows; agents without delegations stand in a grid below.
import { Graph, layout } from "@dagrejs/dagre";
import { curveBasis, line } from "d3-shape";
import type { DelegationChain } from "kavachos-wasm";

export const NODE = { width: 196, height: 56 };
export const LABEL = { width: 116, height: 26 };
const GAP = 40;

export interface Point {
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  /** The middle of each agent. */
  agents: ReadonlyMap<string, Point>;
  /** The path of each delegation, and the middle of its label. */
  links: ReadonlyMap<string, Point & { path: string }>;
  /** Where the agents without delegations begin, if there are any. */
  aloneAt?: number;
}

export const NOTHING: Layout = { width: 0, height: 0, agents: new Map(), links: new Map() };

export interface Wanted {
  chains: readonly DelegationChain[];
  alone: readonly string[];
  /** How wide it should be for its height: parts are packed in rows to that end. */
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
  const agents = new Map<string, Point>();
  const links = new Map<string, Point & { path: string }>();
  const area = parts.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const columns = Math.max(2, Math.min(6, Math.round(Math.sqrt(alone.length * aspect * 0.4))));
  const widest = Math.max(
    ...parts.map(({ width }) => width),
    alone.length > 0 ? columns * (NODE.width + 16) : 0,
    Math.sqrt(area * aspect),
  );
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  let width = 0;
  for (const part of parts) {
    if (x > 0 && x + part.width > widest) {
      x = 0;
      y += rowHeight + GAP;
      rowHeight = 0;
    }
    for (const [id, at] of part.agents) agents.set(id, { x: at.x + x, y: at.y + y });
    for (const { id, at, points } of part.links) {
      links.set(id, { x: at.x + x, y: at.y + y, path: curve(points.map((point) => [point.x + x, point.y + y])) ?? "" });
    }
    x += part.width + GAP;
    rowHeight = Math.max(rowHeight, part.height);
    width = Math.max(width, x - GAP);
  }
  let height = y + rowHeight;
  if (alone.length === 0) return { width, height, agents, links };
  const aloneAt = height === 0 ? 0 : height + GAP;
  const inRow = Math.max(1, Math.floor((Math.max(width, widest) + 16) / (NODE.width + 16)));
  alone.forEach((id, index) => {
    const column = index % inRow;
    const row = Math.floor(index / inRow);
    const at = {
      x: column * (NODE.width + 16) + NODE.width / 2,
      y: aloneAt + 32 + row * (NODE.height + 16) + NODE.height / 2,
    };
    agents.set(id, at);
    width = Math.max(width, at.x + NODE.width / 2);
    height = at.y + NODE.height / 2;
  });
  return { width, height, agents, links, aloneAt };
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
  // On a phone chains go down, elsewhere to the right.
  graph.setGraph({ rankdir: aspect < 0.8 ? "TB" : "LR", nodesep: 20, edgesep: 16, ranksep: 28 });
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
