// A moment as people read it, with the exact one on hover.
import { ago, inFull } from "./moments";

export { ago, inFull };

export function Time({ iso }: { iso: string }) {
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) return <span>{iso}</span>;
  return (
    <time dateTime={iso} title={inFull(moment)}>
      {ago(moment)}
    </time>
  );
}
