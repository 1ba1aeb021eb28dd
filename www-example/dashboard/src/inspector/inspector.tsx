// The inspector: which calls of the client the page has made, as code to copy, with their attempts and times.
import { signal } from "@preact/signals";
import { Ban, CircleCheck, CircleX, LoaderCircle, OctagonX, X } from "lucide-preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { CopyButton } from "../ui/copy";
import "./inspector.css";
import { type Attempt, type Call, calls, clearCalls, type Outcome } from "./recorder";

export const inspectorOpen = signal(false);

const ICONS: Record<Outcome, typeof Ban> = {
  pending: LoaderCircle,
  done: CircleCheck,
  denied: CircleX,
  failed: OctagonX,
  aborted: Ban,
};
const clock = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

export function Inspector() {
  return inspectorOpen.value ? <Drawer /> : null;
}

function Drawer() {
  const [openCall, setOpenCall] = useState<number>();
  const element = useRef<HTMLElement>(null);
  // It is at the end of the page: who opens it is taken there, and back.
  useLayoutEffect(() => {
    const before = document.activeElement;
    element.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const close = () => {
    inspectorOpen.value = false;
  };
  return (
    <aside
      ref={element}
      tabIndex={-1}
      class="inspector"
      aria-label="Calls of the client"
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <header>
        <h2>Calls</h2>
        <div class="row">
          <button type="button" class="button small" onClick={clearCalls}>
            Clear
          </button>
          <button type="button" class="button quiet small" onClick={close}>
            <X size={16} aria-hidden />
            <span class="visually-hidden">Close</span>
          </button>
        </div>
      </header>
      <p class="muted">
        All that this page asks of the server, through <code>kavachos-wasm</code>. Tokens and passwords are not kept.
      </p>
      {calls.value.length === 0 && <p class="muted">No calls yet.</p>}
      <ul>
        {calls.value.map((call) => (
          <li key={call.id}>
            <Line
              call={call}
              isOpen={call.id === openCall}
              onToggle={() => setOpenCall(call.id === openCall ? undefined : call.id)}
            />
            {call.id === openCall && <Details call={call} />}
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Line({ call, isOpen, onToggle }: { call: Call; isOpen: boolean; onToggle: () => void }) {
  const Icon = ICONS[call.outcome];
  return (
    <button type="button" class={`call ${call.outcome}`} aria-expanded={isOpen} onClick={onToggle}>
      <Icon size={14} aria-hidden />
      <span class="mono truncate">{call.name}</span>
      <span class="muted truncate">{call.outcome === "pending" ? "under way" : call.summary}</span>
      <span class="numeric muted">
        {call.attempts.length > 1 && `${call.attempts.length} × `}
        {call.durationMs === undefined ? "…" : `${Math.round(call.durationMs)} ms`}
      </span>
    </button>
  );
}

function Details({ call }: { call: Call }) {
  return (
    <div class="details stack tight">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre class="code" tabIndex={0}>
        {call.code}
      </pre>
      <div class="spread">
        <CopyButton text={call.code} label="Copy code" />
        <span class="muted">{clock.format(call.startedAt)}</span>
      </div>
      {call.attempts.length > 0 && (
        <ol>
          {call.attempts.map((attempt, index) => (
            <li key={index} class="mono">
              {attempt.method} {attempt.path} <strong>{answerOf(attempt)}</strong>
              {attempt.durationMs !== undefined && ` in ${Math.round(attempt.durationMs)} ms`}
              {attempt.delayMs !== undefined && `, again after ${Math.round(attempt.delayMs)} ms`}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function answerOf({ status, code }: Attempt): string {
  return String(status ?? code ?? "…");
}
