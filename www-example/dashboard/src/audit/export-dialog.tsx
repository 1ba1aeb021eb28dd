// Exports the log: what, in which form, how far it is, and what came of it.
import { CircleCheck, Download, TriangleAlert } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { agentName } from "../agents/directory";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { type ExportState, type Order, runExport, SERVER_LIMIT } from "./export-run";
import { actionsIn, type Filters, keepsOf, sentenceOf } from "./filters";
import { canStream } from "./save-target";

/** From how many bytes on it matters that they are held in memory. */
const LARGE = 50_000_000;
const numbers = new Intl.NumberFormat("en");

export function ExportDialog({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const { agent, user, result, since, until } = filters;
  const isNarrowed = Boolean(agent || user || result || actionsIn(filters.actions).length || keepsOf(filters));
  const [source, setSource] = useState<Order["source"]>(isNarrowed ? "filters" : "server");
  const [isJson, setJson] = useState(false);
  const [state, setState] = useState<ExportState>({ state: "idle" });
  const controller = useRef(new AbortController());
  const isRunning = state.state === "running";

  useEffect(() => () => controller.current.abort(), []);

  function start(source: Order["source"]) {
    controller.current = new AbortController();
    setSource(source);
    const order: Order =
      source === "server" ? { source, format: isJson ? "json" : "csv" } : { source, format: isJson ? "jsonl" : "csv" };
    runExport(order, filters, controller.current.signal, setState);
  }
  const cancel = () => controller.current.abort(new DOMException("The export was cancelled", "AbortError"));

  return (
    <Dialog
      title="Export the audit log"
      onClose={onClose}
      footer={
        isRunning ? (
          <button type="button" class="button danger" onClick={cancel}>
            Cancel the export
          </button>
        ) : (
          <>
            <button type="button" class="button" onClick={onClose}>
              Close
            </button>
            <button type="button" class="button primary" onClick={() => start(source)}>
              <Download size={16} aria-hidden /> Export
            </button>
          </>
        )
      }
    >
      <div class="export stack">
        <fieldset class="field choices" disabled={isRunning}>
          <legend>What</legend>
          <label class="choice">
            <input type="radio" name="source" checked={source === "filters"} onChange={() => setSource("filters")} />
            <span>
              Everything shown
              <small class="muted">
                {sentenceOf(filters, agentName)}. Asked for page by page, however many there are.
              </small>
            </span>
          </label>
          <label class="choice">
            <input type="radio" name="source" checked={source === "server"} onChange={() => setSource("server")} />
            <span>
              The server's own export
              <small class="muted">
                {sentenceOf({ since, until }, agentName)}.{" "}
                {isNarrowed && "It follows the range of time, not the other filters. "}
                Quicker, but some servers end it after {numbers.format(SERVER_LIMIT)} rows.
              </small>
            </span>
          </label>
        </fieldset>
        <fieldset class="field" disabled={isRunning}>
          <legend>Format</legend>
          <label class="choice">
            <input type="radio" name="format" checked={!isJson} onChange={() => setJson(false)} /> CSV
          </label>
          <label class="choice">
            <input type="radio" name="format" checked={isJson} onChange={() => setJson(true)} />
            {source === "server" ? "JSON" : "JSON, one entry on each line"}
          </label>
          {!isJson && (
            <small>
              Text that a spreadsheet would run as a formula begins with an apostrophe.
              {source === "server" &&
                " Some servers do not escape quotes and commas, so that text can look like other cells and rows."}{" "}
              JSON holds exactly what was recorded.
            </small>
          )}
        </fieldset>
        {!canStream() && (
          <p class="muted">
            This browser cannot write a file bit by bit: the export is held in memory until it is whole.
          </p>
        )}
        <div role="status">
          <Status state={state} onEverything={() => start("filters")} />
        </div>
        {state.state === "failed" && (
          <Failure
            what={
              state.rows > 0
                ? `The export broke off after ${numbers.format(state.rows)} rows, and no file was kept`
                : "The export could not be made"
            }
            error={state.error}
            onRetry={() => start(source)}
          />
        )}
      </div>
    </Dialog>
  );
}

function Status({ state, onEverything }: { state: ExportState; onEverything: () => void }) {
  if (state.state === "running") {
    const { rows, bytes, inMemory } = state;
    return (
      <div class="stack tight">
        {/* How much there will be, nobody says. */}
        <progress aria-label="Exporting" />
        <p>
          {numbers.format(rows)} rows, {sizeOf(bytes)}
        </p>
        {inMemory && bytes > LARGE && (
          <p class="notice warning">
            <TriangleAlert size={18} aria-hidden />
            <span>All of it is in memory. Narrow the range of time if the page becomes slow.</span>
          </p>
        )}
      </div>
    );
  }
  if (state.state === "cancelled") return <p>Cancelled after {numbers.format(state.rows)} rows. No file was kept.</p>;
  if (state.state !== "done") return null;
  const { rows, bytes, name, cut } = state;
  if (cut === "no")
    return (
      <p class="notice">
        <CircleCheck size={18} aria-hidden />
        <span>
          {numbers.format(rows)} {rows === 1 ? "row" : "rows"}, {sizeOf(bytes)}, saved as <strong>{name}</strong>.
        </span>
      </p>
    );
  return (
    <div class="notice warning">
      <TriangleAlert size={18} aria-hidden />
      <div class="stack tight">
        <p>
          <strong>
            {cut === "yes" ? "This is not all." : "This may not be all."} The server ended the export after{" "}
            {numbers.format(rows)} rows
          </strong>
          {cut === "yes" ? ", and the range holds more." : "."} They are in <strong>{name}</strong> ({sizeOf(bytes)}).
        </p>
        <div class="row">
          <button type="button" class="button small" onClick={onEverything}>
            Export everything with the filters
          </button>
        </div>
      </div>
    </div>
  );
}

/** Bytes, for people: “1.2 MB”. */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
