// Whether what is new comes in by itself, and since when nothing is known.
import { AuthenticationError } from "kavachos-wasm";
import { Pause, Play } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { heard, live, liveError } from "../log/audit-log";
import { messageOf } from "../ui/failure";

export function LiveBar() {
  const isPaused = !live.value;
  const Icon = isPaused ? Play : Pause;
  return (
    <div class="live-bar">
      <Updated />
      <button
        type="button"
        class="button small"
        aria-pressed={isPaused}
        title={isPaused ? "Go on" : "Stop what is new from coming in"}
        onClick={() => {
          live.value = !live.value;
        }}
      >
        <Icon size={16} aria-hidden /> Pause<span class="visually-hidden"> live updates</span>
      </button>
    </div>
  );
}

function Updated() {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - heard.value) / 1000));
  const ago = seconds < 2 ? "just now" : seconds < 60 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`;
  const error = liveError.value;
  return (
    <span class="updated muted">
      <span class={error ? "dot bad" : live.value ? "dot" : "dot still"} />
      {error !== undefined && (
        <span role="status" title={messageOf(error)}>
          {error instanceof AuthenticationError
            ? "Sign in again to see what is new. "
            : "What is new could not be loaded; trying again. "}
        </span>
      )}
      {live.value ? "Updated" : "Paused, updated"} <span class="numeric">{ago}</span>
    </span>
  );
}
