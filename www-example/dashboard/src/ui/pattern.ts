// Fill patterns of charts, so that areas can be distinguished without its colour. chart.css has the same for legends.
export type PatternKind = "plain" | "stripes" | "dots" | "bars";

const SIZE = 8;

/** A colour, or a pattern of it with lines of another. */
export function pattern(kind: PatternKind, colour: string, line: string): CanvasPattern | string {
  if (kind === "plain") return colour;
  const scale = devicePixelRatio || 1;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(SIZE * scale);
  const context = tile.getContext("2d");
  if (context === null) return colour;
  context.scale(tile.width / SIZE, tile.width / SIZE);
  context.fillStyle = colour;
  context.fillRect(0, 0, SIZE, SIZE);
  context.strokeStyle = context.fillStyle = line;
  context.lineWidth = 1.6;
  context.beginPath();
  if (kind === "stripes") {
    // Beyond the corners too, so that tiles meet.
    for (const offset of [-SIZE, 0, SIZE]) {
      context.moveTo(offset - 1, SIZE + 1);
      context.lineTo(offset + SIZE + 1, -1);
    }
    context.stroke();
  } else if (kind === "bars") {
    context.fillRect(0, 0, SIZE, 1.6);
    context.fillRect(0, SIZE / 2, SIZE, 1.6);
  } else {
    for (const [x, y] of [
      [2, 2],
      [6, 6],
    ] as const) {
      context.moveTo(x, y);
      context.arc(x, y, 1.3, 0, 7);
    }
    context.fill();
  }
  return context.createPattern(tile, "repeat") ?? colour;
}
