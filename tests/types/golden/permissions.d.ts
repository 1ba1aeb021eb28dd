import type { AuthorizeRequest, Permission, PermissionConstraints } from "./index.js";

/**
 * Prepares permissions for many questions: in a hot loop, at the edge.
 *
 * Returns an evaluator that decides as `evaluate` does, in a fraction of a microsecond whatever their number. It keeps the
 * permissions as they are now. Throws `INVALID_ARGUMENT` as `evaluate` does.
 *
 * ```ts
 * const evaluator = compile(agent.permissions);
 * const readable = names.filter((name) => evaluator.allows("read", `mcp:github:${name}`));
 * ```
 */
export function compile(permissions: readonly Permission[], options?: CompileOptions | null): Evaluator;

/**
 * Decides here, without a request, whether permissions allow a call.
 *
 * Returns the decision that the server would make, with its reason word for word, as far as it can be known: the first
 * permission that matches decides, and the constraints are looked at in the server's order. What only the server knows is
 * never guessed: `needs` then names what `context` has to tell, and `allowed` is `false`. A constraint that fails denies
 * even if something is not known about another. Neither an audit entry is written nor a call counted.
 *
 * A pattern that is no regular expression, of which the server answers 500, denies with the host's message as the reason;
 * so does one that could take too long on the value at hand. Both name `allowedArgPatterns` as the constraint.
 *
 * With `mode: "strict"` permissions are read as the public documentation has it; the README lists the differences.
 * Throws `INVALID_ARGUMENT` for arguments of another form: `permissions[1].actions must be an array of strings`.
 *
 * ```ts
 * const decision = evaluate(agent.permissions, { action: "read", resource: "mcp:github:repos" });
 * if (!decision.allowed) console.log(decision.reason);
 * ```
 */
export function evaluate(permissions: readonly Permission[], request: AuthorizeRequest, context?: EvaluationContext | null): Decision;

/**
 * How `compile` reads permissions.
 */
export interface CompileOptions {
    /**
     * How to read the permissions; `"server"` if left out.
     */
    mode?: EvaluationMode | null;
}

/**
 * The name of a constraint.
 */
export type ConstraintName = keyof PermissionConstraints;

/**
 * A decision that was made here. The server may know more: it decides anew whenever it is asked.
 */
export interface Decision {
    /**
     * Whether the agent may go ahead.
     */
    allowed: boolean;
    /**
     * Why not, in the words of the server.
     */
    reason?: string;
    /**
     * The permission that decided; none if no permission speaks about that action on that resource.
     */
    permission?: ListedPermission;
    /**
     * The constraint that is not met, or the first that cannot be decided here.
     */
    constraint?: ConstraintName;
    /**
     * What has to be known to decide. Only there where the answer depends on it; the call is not allowed then.
     */
    needs?: Need[];
}

/**
 * What is known about a call besides the request itself. What is left out is not guessed.
 */
export interface EvaluationContext {
    /**
     * The agent's name, for the reason. Without it the sentence does not mention the agent.
     */
    agentName?: string | null;
    /**
     * The address that the call comes from, as the server sees it. `null` if the server does not know it either: then an
     * allowlist denies. If it is left out, a permission with an `ipAllowlist` cannot be decided.
     */
    ip?: string | null;
    /**
     * The time: a `Date`, milliseconds since 1970, or ISO 8601 text. The current time if left out.
     */
    now?: Date | number | string | null;
    /**
     * The server's time zone, by its IANA name: `"Europe/Berlin"`. Without it a permission with a `timeWindow` cannot be
     * decided. Not used with mode `"strict"`, whose windows are in UTC.
     */
    timezone?: string | null;
    /**
     * How many calls of this agent on this resource the server has counted in the last hour. Without it a permission with
     * `maxCallsPerHour` cannot be decided.
     */
    callsInLastHour?: number | null;
    /**
     * How to read the permissions; `"server"` if left out.
     */
    mode?: EvaluationMode | null;
}

/**
 * How permissions are read: as the running `"server"` does, or as the public documentation has it (`"strict"`).
 */
export type EvaluationMode = "server" | "strict";

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
    args?: Record<string, unknown> | null,
    context?: Omit<EvaluationContext, "mode"> | null,
    ): boolean;
    [Symbol.dispose](): void;
}

/**
 * A permission of the list that was given.
 */
export interface ListedPermission {
    /**
     * Where it is in the list.
     */
    index: number;
    /**
     * The permission: the very object that was given.
     */
    rule: Permission;
}

/**
 * What a decision would have to know: a member of `EvaluationContext`.
 */
export type Need = "callsInLastHour" | "timezone" | "ip";
