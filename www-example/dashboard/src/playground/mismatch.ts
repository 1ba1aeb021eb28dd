// Compares the verdict that is made here with one that the server made, and says what is likely behind a difference.
import type { Agent } from "kavachos-wasm";
import type { EvaluationContext } from "kavachos-wasm/permissions";
import type { Verdict } from "./verdict";

/** What a server decided, then or now. */
export interface Ruling {
  allowed: boolean;
  reason?: string | null;
}

export type Comparison =
  | { kind: "same" }
  /** Here it cannot be decided; the server could. */
  | { kind: "undecided" }
  /** Both deny, each for another reason. */
  | { kind: "reason"; causes: string[] }
  | { kind: "mismatch"; causes: string[] };

/** What else is known about the two verdicts. */
export interface Circumstances {
  context: EvaluationContext;
  status?: Agent["status"];
  /** Whether it is known what was delegated to the agent. */
  loansKnown: boolean;
  /** Whether the server's is the one that was recorded then, not one that was asked for now. */
  recorded?: boolean;
  /** Whether the server was asked about a trial agent. */
  trial?: boolean;
}

export function compare(here: Verdict, there: Ruling, circumstances: Circumstances): Comparison {
  const reason = there.reason ?? undefined;
  if (here.outcome === "undecided") return { kind: "undecided" };
  if (here.allowed === there.allowed && (here.allowed || here.reason === reason)) return { kind: "same" };
  const causes = causesOf(here, there, circumstances);
  return { kind: here.allowed === there.allowed ? "reason" : "mismatch", causes };
}

function causesOf(here: Verdict, there: Ruling, circumstances: Circumstances): string[] {
  const { context, status, loansKnown, recorded = false, trial = false } = circumstances;
  const reason = there.reason ?? "";
  const causes: string[] = [];
  const ip = context.ip === null ? "none" : (context.ip ?? "none");

  // What the server says itself comes first.
  if (/^Agent ".*" is (revoked|expired)$/.test(reason) || /^Agent ".*" not found$/.test(reason)) {
    causes.push("The server looks at the agent before its permissions: it is revoked, expired or gone.");
  } else if (reason.startsWith("IP_NOT_ALLOWED: No IP address")) {
    causes.push(`The server did not know the address of the call, as server adapters; here it was ${ip}.`);
  } else if (reason.startsWith("IP_NOT_ALLOWED")) {
    const seen = /IP "(.*?)"/.exec(reason)?.[1];
    causes.push(`The server saw the call come from ${seen}; here the address was ${ip}.`);
  } else if (reason.startsWith("Rate limit exceeded")) {
    const counted = /(\d+)\//.exec(reason)?.[1];
    causes.push(
      `The server had counted ${counted} calls in the last hour; here it was ${context.callsInLastHour ?? 0}.`,
    );
  } else if (reason.startsWith("Action is only allowed between")) {
    causes.push(timeCause(context, recorded));
  }

  // Then what was assumed here.
  const { constraint } = here.own;
  if (there.allowed) {
    if (constraint === "ipAllowlist") {
      causes.push(`The server saw another address than ${ip === "none" ? "no address" : ip}.`);
    }
    if (constraint === "timeWindow") causes.push(timeCause(context, recorded));
    if (constraint === "maxCallsPerHour") {
      causes.push(`The server had counted fewer calls in the last hour than ${context.callsInLastHour}.`);
    }
    if (!loansKnown && !trial && !here.byLoan) {
      causes.push(
        "A permission that was delegated to the agent allows it: delegations have no constraints, and this server does not list them.",
      );
    }
  }
  if (here.byLoan && !there.allowed) {
    causes.push(
      trial
        ? "Nothing is delegated to a trial agent."
        : "The delegation that allows it here has ended, or was not there then.",
    );
  }
  if (status !== undefined && status !== "active" && !trial && causes.length === 0) {
    causes.push(`The agent is ${status}.`);
  }
  if (context.mode === "strict") {
    causes.push("Strict mode reads permissions as the documentation has it; running servers read them otherwise.");
  }
  if (recorded) causes.push("The permissions, or what was delegated, have changed since.");
  else if (causes.length === 0) causes.push("The agent's permissions have changed since they were loaded here.");
  return causes;
}

function timeCause({ timezone, now }: EvaluationContext, recorded: boolean): string {
  const zone = `The server may be in another time zone than ${timezone ?? "the one given"}`;
  if (recorded || now === undefined || now === null) return `${zone}, or its clock is off.`;
  return `The server decides now, and not at the time given here; or it is in another time zone than ${timezone ?? "UTC"}.`;
}
