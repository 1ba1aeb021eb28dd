/**
 * Permissions, prepared for many questions: what `compile` returns.
 *
 * It keeps the permissions as they were when they were compiled. Nothing needs freeing; `using` gives its memory back at
 * once.
 */
export interface Evaluator {
  /** How the permissions are read. */
  readonly mode: EvaluationMode;
  /**
   * Decides whether the permissions allow a call, as the function `evaluate` does.
   *
   * Throws `INVALID_ARGUMENT` for a request or a context that is none.
   *
   * ```ts
   * evaluator.evaluate({ action: "read", resource: "mcp:github:repos" }, { agentName: "reader" });
   * ```
   */
  evaluate(request: AuthorizeRequest, context?: Omit<EvaluationContext, "mode"> | null): Decision;
  /**
   * Whether the permissions allow a call: `evaluate(…).allowed`, without an object.
   *
   * ```ts
   * if (!evaluator.allows("read", "mcp:github:repos")) throw new Error("not allowed");
   * ```
   */
  allows(
    action: string,
    resource: string,
    args?: JsonObjectInput | null,
    context?: Omit<EvaluationContext, "mode"> | null,
  ): boolean;
  [Symbol.dispose](): void;
}
