// What pointers do on the graph: dragging the ground moves it, two fingers magnify it, and dragging from one agent to
// another delegates. With a finger that begins at an agent's handle, since there is little ground on a phone.
import { type Signal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Point } from "./layout";
import type { Viewport } from "./use-viewport";

/** How far a pointer moves before it drags, in pixels. */
const THRESHOLD = 6;

/** A delegation that is being drawn. */
export interface Drawn {
  from: string;
  to: Point;
  /** The agent under the pointer. */
  over?: string;
}

export interface Drag {
  drawn: Signal<Drawn | null>;
  /** Gives up what is being drawn. */
  cancel(): void;
  handlers: {
    onPointerDown(event: PointerEvent): void;
    onPointerMove(event: PointerEvent): void;
    onPointerUp(event: PointerEvent): void;
    onPointerCancel(event: PointerEvent): void;
    onClickCapture(event: MouseEvent): void;
  };
}

export function useDrag(viewport: Viewport, onLend: (from: string, to: string) => void): Drag {
  const drawn = useSignal<Drawn | null>(null);
  return useMemo(() => {
    const pointers = new Map<number, Point>();
    let begun: Point | undefined;
    let from: string | undefined;
    let moved = false;

    const cancel = () => {
      drawn.value = null;
      from = undefined;
    };
    const agentAt = (event: PointerEvent) =>
      document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-agent]")?.dataset.agent;
    const end = (event: PointerEvent) => {
      pointers.delete(event.pointerId);
      cancel();
    };

    function pinch(event: PointerEvent) {
      const [a, b] = pointers.keys();
      const other = pointers.get(event.pointerId === a ? (b ?? 0) : (a ?? 0));
      const before = pointers.get(event.pointerId);
      const box = viewport.frame.current?.getBoundingClientRect();
      if (!other || !before || !box) return;
      const distance = (point: Point) => Math.hypot(point.x - other.x, point.y - other.y);
      const now = { x: event.clientX, y: event.clientY };
      const middle = { x: (now.x + other.x) / 2 - box.x, y: (now.y + other.y) / 2 - box.y };
      viewport.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
      viewport.zoom(distance(now) / Math.max(1, distance(before)), middle);
    }

    return {
      drawn,
      cancel,
      handlers: {
        onPointerDown(event) {
          // The first finger: whatever was before is over, even if nobody said so.
          if (event.isPrimary) {
            pointers.clear();
            moved = false;
          }
          if (event.button !== 0 || !(event.target instanceof Element)) return;
          if (event.target.closest("[data-tools]")) return;
          pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
          begun = { x: event.clientX, y: event.clientY };
          const agent = event.target.closest<HTMLElement>("[data-agent]");
          const draws = event.pointerType === "mouse" || event.target.closest("[data-handle]") !== null;
          from = draws && pointers.size === 1 ? agent?.dataset.agent : undefined;
          if (pointers.size > 1) drawn.value = null;
        },
        onPointerMove(event) {
          const before = pointers.get(event.pointerId);
          if (!before || !begun) return;
          if (!moved && Math.hypot(event.clientX - begun.x, event.clientY - begun.y) < THRESHOLD) return;
          // Not before it is clear that this is no click: what is captured clicks nothing.
          if (!moved) viewport.frame.current?.setPointerCapture(event.pointerId);
          moved = true;
          if (pointers.size > 1) pinch(event);
          else if (from !== undefined) drawn.value = { from, to: viewport.worldPoint(event), over: agentAt(event) };
          else viewport.pan(event.clientX - before.x, event.clientY - before.y);
          pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        },
        onPointerUp(event) {
          const lender = moved && drawn.peek() ? from : undefined;
          end(event);
          const borrower = lender === undefined ? undefined : agentAt(event);
          if (lender !== undefined && borrower !== undefined && borrower !== lender) onLend(lender, borrower);
        },
        onPointerCancel: end,
        onClickCapture(event) {
          // Fingers that dragged click nothing, and a key's click is no pointer's.
          if (!moved || event.detail === 0) return;
          moved = false;
          event.preventDefault();
          event.stopPropagation();
        },
      },
    };
  }, [viewport, onLend, drawn]);
}
