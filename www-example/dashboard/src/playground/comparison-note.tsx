// Says whether the verdict made here and the server's agree, and if not what is likely behind it.
import { CircleCheck, CircleHelp, TriangleAlert } from "lucide-preact";
import type { Comparison } from "./mismatch";
import type { Verdict } from "./verdict";
import { Sign } from "./verdict-card";

interface Props {
  comparison: Comparison;
  here: Verdict;
  /** What was judged here, if that is not what is edited: “with the stored permissions”. */
  judged?: string;
  /** What would bring them together. */
  action?: { text: string; run: () => void };
}

export function ComparisonNote({ comparison, here, judged, action }: Props) {
  const { kind } = comparison;
  const button = action && (
    <button type="button" class="button small" onClick={action.run}>
      {action.text}
    </button>
  );
  if (kind === "same") {
    return (
      <p class="agrees" data-comparison="same">
        <CircleCheck size={16} aria-hidden /> The verdict made here is the same.
      </p>
    );
  }
  if (kind === "undecided") {
    return (
      <div class="notice" data-comparison="undecided">
        <CircleHelp size={18} aria-hidden />
        <div class="stack tight">
          <p>Here it cannot be decided without what only the server knows.</p>
          {button && <div class="row">{button}</div>}
        </div>
      </div>
    );
  }
  return (
    <div class="notice warning" data-comparison={kind}>
      <TriangleAlert size={18} aria-hidden />
      <div class="stack tight">
        <p>
          <strong>{kind === "mismatch" ? "The verdicts differ." : "Both deny, for different reasons."}</strong> Here
          {judged && `, ${judged},`} it is <Sign outcome={here.outcome} /> {here.reason && `“${here.reason}”`}
        </p>
        <p>Likely because:</p>
        <ul class="causes">
          {comparison.causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
        {button && <div class="row">{button}</div>}
      </div>
    </div>
  );
}
