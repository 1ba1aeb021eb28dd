// What an agent may do, shown beside it while one looks at it. The side panel says the same of the chosen agent.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { agentName } from "../agents/directory";
import { EffectivePermissions } from "./effective-permissions";
import { NODE, type Point } from "./layout";
import type { Viewport } from "./use-viewport";

/** How long one looks before it is shown, in milliseconds: who passes by is not asked for. */
const PAUSE = 250;

export function HoverCard({ id, at, viewport }: { id: string; at?: Point; viewport: Viewport }) {
  const [shown, setShown] = useState<string>();
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setShown(id), PAUSE);
    return () => clearTimeout(timer);
  }, [id]);
  const { x, y, scale } = viewport.at.value;
  useLayoutEffect(() => {
    const element = card.current;
    const frame = viewport.frame.current;
    if (!element || !frame || !at) return;
    const half = { x: (NODE.width / 2) * scale, y: (NODE.height / 2) * scale };
    const middle = { x: at.x * scale + x, y: at.y * scale + y };
    const { offsetWidth: width, offsetHeight: height } = element;
    const below = middle.y + half.y + height < frame.clientHeight || middle.y < frame.clientHeight / 2;
    const left = Math.min(Math.max(8, middle.x - half.x), frame.clientWidth - width - 8);
    const top = below ? middle.y + half.y : middle.y - half.y - height;
    element.style.transform = `translate(${left}px, ${top}px)`;
  });
  if (shown !== id || !at) return null;
  return (
    <div ref={card} class="hover-card" role="tooltip" data-card={id} data-tools>
      <strong>{agentName(id)} may</strong>
      <EffectivePermissions id={id} max={6} />
    </div>
  );
}
