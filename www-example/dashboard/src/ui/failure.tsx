// Says what went wrong in the client's own words, and what one can do about it.
import {
  AuthenticationError,
  DecodeError,
  KavachError,
  NetworkError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from "kavachos-wasm";
import { CircleAlert } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { blockedOrigins } from "../connection/blocked";
import { recovered } from "../connection/recovery";

interface Props {
  error: unknown;
  /** What was tried: “The agents could not be loaded”. */
  what: string;
  onRetry?: () => void;
}

export function Failure({ error, what, onRetry }: Props) {
  // The server is there again: what it did not answer is asked once more.
  const round = recovered.value;
  const before = useRef(round);
  useEffect(() => {
    if (before.current === round) return;
    before.current = round;
    if (error instanceof NetworkError) onRetry?.();
  }, [round]);
  const { code, statusCode, attempts } = error instanceof KavachError ? error : {};
  const facts = [code, statusCode && `HTTP ${statusCode}`, attempts && attempts > 1 && `${attempts} attempts`];
  return (
    <div class="notice danger" role="alert">
      <CircleAlert size={18} aria-hidden />
      <div class="stack tight">
        <p>
          <strong>{what}.</strong> {messageOf(error)}
        </p>
        <p>{adviceFor(error)}</p>
        <div class="row">
          {onRetry && (
            <button type="button" class="button small" onClick={onRetry}>
              Try again
            </button>
          )}
          <span class="muted mono">{facts.filter(Boolean).join(" · ")}</span>
        </div>
      </div>
    </div>
  );
}

/** The message of an error, for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function adviceFor(error: unknown): string {
  if (error instanceof AuthenticationError) return "Your token is missing, wrong or expired: connect again.";
  if (error instanceof PermissionError) return "Your token may not do that: connect with another one.";
  if (error instanceof RateLimitError) {
    return error.retryAfter === undefined
      ? "The server has had too many requests: wait a little."
      : `The server has had too many requests: try again in ${Math.ceil(error.retryAfter)} seconds.`;
  }
  if (error instanceof TimeoutError) return "The server took too long to answer.";
  if (error instanceof NetworkError) {
    const blocked = blockedOrigins.value;
    if (blocked.length > 0)
      return `The content security policy of this page lets it send nothing to ${blocked.join(", ")}: name the server in --connect-src where the page is served or built.`;
    return "Check that the server runs, that its address is right, and that it lets pages of this origin in (CORS).";
  }
  if (error instanceof DecodeError)
    return "The server answers in a way that KavachOS servers do not: check its address.";
  if (error instanceof ServerError) return "The server failed; its log may say more.";
  if (error instanceof KavachError && error.code === "NOT_SUPPORTED") return "This server has no such feature.";
  return "";
}
