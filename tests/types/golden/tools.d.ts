import type {  } from "./index.js";

import type { Authorizer, GuardDecision } from "./guard.js";
import type { ToolRule } from "./mcp.js";

/**
 * Wraps tools of the Vercel AI SDK (5, 6 and 7) or of LangChain.js, so that KavachOS decides each call with its input.
 *
 * A call of `search` is decided as `execute` on `mcp:<server>:search`. A tool gets exactly the input that was decided: a copy, whatever
 * happens to the original meanwhile. An input that is not an object, such as a text, is decided as the argument `input`. A denied
 * call executes nothing. Its output is a sentence with the reason, so that the model does something else.
 *
 * It always fails closed: without a decision nothing is executed, and `options.deadline` bounds the wait.
 *
 * @param tools the record of tools for `generateText` and `streamText`, or the array of `StructuredTool`s for an agent of LangChain.js
 * @param kavach the client, or a `DecisionCache` in front of one
 * @param options for whom, and what each tool needs
 * @returns guarded copies of the tools, in the same form. The given ones are not changed.
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong or unknown, or a tool runs elsewhere: at the provider, or in the browser.
 *   A guarded tool rejects with that code if its input is no JSON, such as a `Date` that a schema makes of a text
 * @example
 * ```ts
 * const tools = guardTools({ search, deploy }, kavach, { agent: agent.id, server: "assistant" });
 * await generateText({ model, tools, prompt: "Deploy to production." });
 * ```
 */
export function guardTools<T extends object>(tools: T, kavach: Authorizer, options: GuardToolsOptions): T;

/**
 * Whether the output of a tool of the Vercel AI SDK is a denial: for pages that show outputs.
 *
 * @param output the output
 * @returns whether it is a denial
 * @example
 * ```ts
 * if (isDenial(part.output)) showReason(part.output.content[0].text);
 * ```
 */
export function isDenial(output: unknown): output is ToolDenial;

/** For whom tools are guarded, and what each needs. Unknown names are refused. */
export interface GuardToolsOptions {
  /** The agent that calls: its id, asked with the client's own token, or `{ token }` with the agent's. */
  readonly agent: string | { readonly token: string };
  /** The name of these tools in resources: a call of `search` is decided as `execute` on `mcp:<server>:search`. */
  readonly server: string;
  /**
   * What a call of each tool needs: by the names of the tools, or by a function. Tools without a rule are refused. A rule may leave out
   * what is as usual; `null` means that the tool needs no decision.
   *
   * @default every tool is decided as `execute` on `mcp:<server>:<tool>`
   */
  readonly tools?:
    | Readonly<Record<string, AgentToolRule | ((call: AgentToolCall) => AgentToolRuleResult) | null>>
    | ((call: AgentToolCall) => AgentToolRuleResult)
    | null | undefined;
  /**
   * How a denied call is answered: as the output of the tool (`"result"`), or as an error that the tool rejects with (`"throw"`).
   *
   * The output has the form of a tool result of MCP in the Vercel AI SDK, and is a text in LangChain.js. The error has the code
   * `PERMISSION_ERROR`, `RATE_LIMITED`, or `NETWORK_ERROR` without a decision, and its `details` say the kind.
   *
   * @default "result"
   */
  readonly denials?: "result" | "throw" | null | undefined;
  /**
   * How many bytes the input of a call may have as JSON.
   *
   * @default 65_536
   */
  readonly argumentsLimit?: number | null | undefined;
  /**
   * How long a decision may take, in milliseconds.
   *
   * @default 60_000
   */
  readonly deadline?: number | null | undefined;
  /** Called for each refusal, to log it. What it throws is ignored. */
  readonly onRefusal?: ((refusal: ToolRefusal) => void) | null | undefined;
}

/** A call of a tool. */
export interface AgentToolCall {
  /** The name of the tool. */
  readonly name: string;
  /** The input, frozen. */
  // biome-ignore lint/suspicious/noExplicitAny: inputs are JSON of any kind
  readonly arguments?: Readonly<Record<string, any>> | undefined;
}

/** What a call needs. Unknown names are refused. */
export type AgentToolRule = Omit<ToolRule, "scopes">;

/** What a function returns about a call: its rule, `null` if it needs no decision, or `undefined` for an unknown tool. */
export type AgentToolRuleResult = AgentToolRule | null | undefined | Promise<AgentToolRule | null | undefined>;

/** Why a call was refused. */
export interface ToolRefusal {
  /** `insufficient-scope` for a missing permission, `approval-required`, `rate-limited`, `unavailable`, … */
  kind: string;
  /** The name of the tool. */
  tool: string;
  /** The reason of the decision. */
  reason?: string | undefined;
  /** After how many seconds another call may be allowed. */
  retryAfter?: number | undefined;
  /** The decision, if there is one. */
  decision?: GuardDecision | undefined;
  /** What went wrong. */
  error?: unknown;
}

/** A denial as the output of a tool: a tool result of MCP. */
export interface ToolDenial {
  /** One text: the reason, and what to do. */
  content: [{ type: "text"; text: string }];
  /** `true`: the tool was not executed. */
  isError: true;
  /** The same for programs. */
  _meta: { "kavachos/denial": ToolDenialData };
}

/** Why a call was denied, for programs. */
export interface ToolDenialData {
  /** The kind, as `ToolRefusal` has it. */
  kind: string;
  /** After how many seconds another call may be allowed. */
  retryAfter?: number | undefined;
  /** The id of the entry in the audit log. */
  auditId?: string | undefined;
}
