// A canvas that is moved and magnified: by wheel, by dragging, with two fingers, by keys and by buttons. What it holds is
// moved by one transform, so that nothing is rendered anew.
import { effect, type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Point } from "./layout";

const LEAST = 0.2;
const MOST = 2;
const MARGIN = 24;
/** What the buttons take at the bottom. */
const BOTTOM = 60;

export interface Viewport {
  /** Goes on the element that is looked through. */
  frame: RefObject<HTMLDivElement>;
  /** Goes on the element that is moved. */
  world: RefObject<HTMLDivElement>;
  /** Where the world's origin is in the frame, and how large it is shown. */
  at: Signal<Point & { scale: number }>;
  /** Shows all of it, or as much as can be read. */
  fit(size: { width: number; height: number }): void;
  /** Magnifies around a point of the frame, its middle if not said otherwise. */
  zoom(factor: number, around?: Point): void;
  pan(x: number, y: number): void;
  /** Moves as little as need be to have a point of the world in sight, or with `centre` in the middle. */
  show(point: Point, centre?: boolean): void;
  /** The point of the world under a point of the page. */
  worldPoint(event: { clientX: number; clientY: number }): Point;
}

export function useViewport(): Viewport {
  const frame = useRef<HTMLDivElement>(null);
  const world = useRef<HTMLDivElement>(null);
  const at = useSignal({ x: MARGIN, y: MARGIN, scale: 1 });

  // At once, and not after the next picture: what is dragged stays under the pointer.
  useLayoutEffect(
    () =>
      effect(() => {
        const { x, y, scale } = at.value;
        if (world.current) world.current.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
      }),
    [at],
  );

  const viewport = useMemo<Viewport>(() => {
    const size = () => ({ width: frame.current?.clientWidth ?? 0, height: frame.current?.clientHeight ?? 0 });
    return {
      frame,
      world,
      at,
      fit({ width, height }) {
        const seen = size();
        if (width === 0 || height === 0 || seen.width === 0) return;
        const whole = Math.min((seen.width - 2 * MARGIN) / width, (seen.height - MARGIN - BOTTOM) / height);
        // Smaller than this nobody can read: then the beginning is shown.
        const scale = Math.min(1, Math.max(whole, 0.55));
        const place = (all: number, part: number) => Math.max(MARGIN, (all - part * scale) / 2);
        at.value = { x: place(seen.width, width), y: place(seen.height - BOTTOM + MARGIN, height), scale };
      },
      zoom(factor, around) {
        const { width, height } = size();
        const { x: px, y: py } = around ?? { x: width / 2, y: height / 2 };
        const { x, y, scale } = at.peek();
        const next = Math.min(MOST, Math.max(LEAST, scale * factor));
        at.value = { x: px - ((px - x) * next) / scale, y: py - ((py - y) * next) / scale, scale: next };
      },
      pan(dx, dy) {
        const { x, y, scale } = at.peek();
        at.value = { x: x + dx, y: y + dy, scale };
      },
      show(point, centre = false) {
        const { width, height } = size();
        const { x, y, scale } = at.peek();
        const shift = (where: number, all: number, reach: number) => {
          if (centre) return all / 2 - where;
          return where < reach ? reach - where : where > all - reach ? all - reach - where : 0;
        };
        const dx = shift(point.x * scale + x, width, Math.min(130, width / 2));
        const dy = shift(point.y * scale + y, height, Math.min(60, height / 2));
        if (dx !== 0 || dy !== 0) at.value = { x: x + dx, y: y + dy, scale };
      },
      worldPoint({ clientX, clientY }) {
        const box = frame.current?.getBoundingClientRect();
        const { x, y, scale } = at.peek();
        return { x: (clientX - (box?.x ?? 0) - x) / scale, y: (clientY - (box?.y ?? 0) - y) / scale };
      },
    };
  }, [at]);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.shiftKey) return viewport.pan(-event.deltaY - event.deltaX, 0);
      const box = element.getBoundingClientRect();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
      const speed = event.ctrlKey ? 0.01 : 0.0015; // Pinching on a touchpad comes as small steps with Ctrl.
      viewport.zoom(Math.exp(-event.deltaY * lines * speed), { x: event.clientX - box.x, y: event.clientY - box.y });
      if (event.deltaX !== 0) viewport.pan(-event.deltaX * lines, 0);
    };
    // Listeners that keep the page from scrolling must say so.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [viewport]);

  return viewport;
}
