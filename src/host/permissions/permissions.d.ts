/**
 * Compiles permissions, to decide about many requests.
 *
 * The evaluator decides as `evaluate` does, in a fraction of a microsecond for any number of permissions. It keeps the
 * permissions as they are now.
 *
 * @param permissions the permissions, in their order
 * @param options how to read them
 * @returns an evaluator
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument is invalid; the message names its path: `permissions[1].actions must be an array of strings`
 * @example
 * ```ts
 * const evaluator = compile(agent.permissions);
 * const readable = names.filter((name) => evaluator.allows("read", `mcp:github:${name}`));
 * ```
 */
export function compile(permissions: readonly PermissionInput[], options?: CompileOptions | null): Evaluator;

/**
 * Checks whether an agent with the permissions `parent` may delegate the permissions `child`, by the server's rule.
 *
 * Each permission of `child` must be covered by a single permission of `parent`: the same resource or one below it, and every action.
 * Constraints are ignored, and lost by the delegation. Call this before `delegation.create`: servers of the `adapter` dialect answer 500
 * without a reason if the permissions are not covered.
 *
 * @param parent the permissions of the delegating agent: one or several
 * @param child the permissions to delegate: one or several
 * @param options how to read them
 * @returns whether all of `child` is covered, and what is not
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument is invalid; the message names its path: `permissions[1].actions must be an array of strings`
 * @example
 * ```ts
 * const { covered, uncovered } = covers(agent.permissions, [read("mcp:github:repos")]);
 * ```
 */
export function covers(
  parent: PermissionInput | readonly PermissionInput[],
  child: PermissionInput | readonly PermissionInput[],
  options?: ReadingOptions | null,
): Coverage;

/**
 * Compares two lists of permissions, to review a change before `agents.update`.
 *
 * Permissions on the same resource are compared with each other; the order of actions does not matter. `reordered` tells that the
 * remaining permissions have another order, which may change decisions because the first match decides.
 *
 * @param before the earlier list
 * @param after the later list
 * @param options how to read them
 * @returns what was added, removed and changed
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument is invalid; the message names its path: `permissions[1].actions must be an array of strings`
 * @example
 * ```ts
 * const { added, removed, changed } = diff(agent.permissions, wanted);
 * ```
 */
export function diff(
  before: readonly PermissionInput[],
  after: readonly PermissionInput[],
  options?: ReadingOptions | null,
): Difference;

/**
 * Decides locally, without a request, whether permissions allow a call.
 *
 * Returns the decision that the server would make, with its exact reason: the first permission that matches decides, and constraints are
 * checked in the server's order. What only the server knows is never guessed: `allowed` is then `false`, and `needs` names what
 * `context` must contain. A constraint that fails denies even if something is unknown about another. No audit entry is written, and no
 * call is counted.
 *
 * An invalid pattern denies, with the regex error as the reason; the server answers 500 there. Patterns are matched in linear time and
 * within one budget for the decision. An exhausted budget denies, and so does a pattern with a backreference. All of these name
 * `allowedArgPatterns` as the constraint.
 *
 * The request is checked as it would be sent: what JSON would change or drop is `INVALID_ARGUMENT`. So are unknown members of permissions
 * and constraints, unless `context.allowUnknown` lets them through. A permission with such a member cannot be decided, and `needs` names it.
 *
 * With `mode: "strict"` permissions are read as the public documentation describes them; the guide on local decisions lists the differences.
 *
 * @param permissions the permissions, in their order
 * @param request the call
 * @param context what else is known about the call
 * @returns the decision
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument is invalid; the message names its path: `permissions[1].actions must be an array of strings`
 * @example
 * ```ts
 * const decision = evaluate(agent.permissions, { action: "read", resource: "mcp:github:repos" });
 * if (!decision.allowed) console.log(decision.reason);
 * ```
 */
export function evaluate(
  permissions: readonly PermissionInput[],
  request: AuthorizeRequest,
  context?: EvaluationContext | null,
): Decision;

/**
 * Explains a decision: for each permission whether it matched or why not, and for each of its constraints the verdict.
 *
 * It takes the arguments of `evaluate`, and decides the same. The result is plain data for a user interface; its `text` says the same
 * in lines. Constraints are checked for every permission that matches, even if another one decides.
 *
 * @param permissions the permissions, in their order
 * @param request the call
 * @param context what else is known about the call
 * @returns the decision, each permission and its constraints, and all of it as text
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument is invalid; the message names its path: `permissions[1].actions must be an array of strings`
 * @example
 * ```ts
 * console.log(explain(agent.permissions, { action: "read", resource: "mcp:github:repos" }).text);
 * ```
 */
export function explain(
  permissions: readonly PermissionInput[],
  request: AuthorizeRequest,
  context?: EvaluationContext | null,
): Explanation;

/**
 * Finds likely mistakes in permissions, by the rules of a running server.
 *
 * Returns the findings in the order of the permissions, each with a `code` for programs, a message and advice; an empty
 * array if there are none. The guide on local decisions lists the codes.
 *
 * @param permissions the permissions, in their order
 * @param options how to read them
 * @returns the findings
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument is invalid; the message names its path: `permissions[1].actions must be an array of strings`
 * @example
 * ```ts
 * const errors = lint(permissions).filter(({ severity }) => severity === "error");
 * ```
 */
export function lint(permissions: readonly PermissionInput[], options?: ReadingOptions | null): Finding[];

/**
 * A constraint that differs.
 */
export type ChangedConstraint = {
  [Name in ConstraintName]: {
    /** The constraint. */
    name: Name;
    /** Its earlier value; absent if it is new. */
    before?: NonNullable<PermissionConstraints[Name]> | undefined;
    /** Its later value; absent if it was removed. */
    after?: NonNullable<PermissionConstraints[Name]> | undefined;
  };
}[ConstraintName];

/**
 * A permission that has changed.
 */
export interface ChangedPermission {
  /**
   * The earlier permission.
   */
  before: ListedPermission;
  /**
   * The later permission.
   */
  after: ListedPermission;
  /**
   * The actions that were added and removed.
   */
  actions: { added: string[]; removed: string[] };
  /**
   * The constraints that differ.
   */
  constraints: ChangedConstraint[];
}

/**
 * The options of `compile`.
 */
export interface CompileOptions {
  /**
   * How to read the permissions.
   *
   * @default "server"
   */
  mode?: EvaluationMode | null | undefined;
  /**
   * Names of permission and constraint members that are accepted although this version does not know them, or `true` for all names:
   * for newer servers. A permission that has one is never decided locally.
   *
   * @default none: unknown names are refused
   */
  allowUnknown?: boolean | readonly string[] | null | undefined;
}

/**
 * The name of a constraint.
 */
export type ConstraintName = keyof PermissionConstraints;

/**
 * Whether permissions may be delegated.
 */
export interface Coverage {
  /**
   * Whether all of them may be delegated.
   */
  covered: boolean;
  /**
   * The permissions that may not be delegated; absent if there are none.
   */
  uncovered?: Uncovered[] | undefined;
}

/**
 * A local decision. The server may know more, and decides again whenever it is asked.
 */
export interface Decision {
  /**
   * Whether the call is allowed.
   */
  allowed: boolean;
  /**
   * The reason for a denial, as the server words it.
   */
  reason?: string | undefined;
  /**
   * The permission that decided; absent if no permission matches.
   */
  permission?: ListedPermission | undefined;
  /**
   * The constraint that failed, or the first one that cannot be decided locally.
   */
  constraint?: ConstraintName | undefined;
  /**
   * What must be known to decide. Present only if the decision depends on it; the call is then not allowed.
   */
  needs?: Need[] | undefined;
}

/**
 * The difference between two lists of permissions.
 */
export interface Difference {
  /**
   * Whether the lists are the same.
   */
  same: boolean;
  /**
   * Whether the remaining permissions have another order.
   */
  reordered: boolean;
  /**
   * The new permissions, by their index in the later list.
   */
  added: ListedPermission[];
  /**
   * The removed permissions, by their index in the earlier list.
   */
  removed: ListedPermission[];
  /**
   * The permissions on the same resource whose actions or constraints differ.
   */
  changed: ChangedPermission[];
}

/**
 * What is known about a call besides the request itself. What is missing is not guessed.
 */
export interface EvaluationContext {
  /**
   * The agent's name, for the reason.
   *
   * @default none: the reason does not mention the agent
   */
  agentName?: string | null | undefined;
  /**
   * The address of the caller, as the server sees it. `null` if the server does not know it either: an allowlist then denies.
   *
   * @default unknown: a permission with an `ipAllowlist` cannot be decided
   */
  ip?: string | null | undefined;
  /**
   * The time: a `Date`, milliseconds since 1970, or ISO 8601 text.
   *
   * @default the current time
   */
  now?: Date | number | string | null | undefined;
  /**
   * The server's time zone, by its IANA name: `"Europe/Berlin"`. Ignored with mode `"strict"`, whose windows are in UTC.
   *
   * @default unknown: a permission with a `timeWindow` cannot be decided
   */
  timezone?: string | null | undefined;
  /**
   * The number of calls of this agent on this resource that the server has counted in the last hour.
   *
   * @default unknown: a permission with `maxCallsPerHour` cannot be decided
   */
  callsInLastHour?: number | null | undefined;
  /**
   * How to read the permissions.
   *
   * @default "server"
   */
  mode?: EvaluationMode | null | undefined;
  /**
   * Names of permission and constraint members that are accepted although this version does not know them, or `true` for all names:
   * for newer servers. A permission that has one is never decided locally.
   *
   * @default none: unknown names are refused
   */
  allowUnknown?: boolean | readonly string[] | null | undefined;
}

/**
 * How permissions are read: as the running server reads them (`"server"`), or as the public documentation describes them (`"strict"`).
 */
export type EvaluationMode = "server" | "strict";

/**
 * Compiled permissions, as `compile` returns them.
 *
 * It keeps the permissions as they were when they were compiled. Nothing must be freed; `using` releases the memory early.
 */
export interface Evaluator {
  /** How the permissions are read. */
  readonly mode: EvaluationMode;
  /**
   * Decides whether the permissions allow a call, as the function `evaluate` does.
   *
   * @param request the call
   * @param context what else is known about the call
   * @returns the decision
   * @throws {KavachError} `INVALID_ARGUMENT` when an argument is invalid, or the evaluator has been disposed of
   * @example
   * ```ts
   * evaluator.evaluate({ action: "read", resource: "mcp:github:repos" }, { agentName: "reader" });
   * ```
   */
  evaluate(request: AuthorizeRequest, context?: Omit<EvaluationContext, "mode"> | null): Decision;
  /**
   * Tells whether the permissions allow a call. The same as `evaluate(…).allowed`, without making an object.
   *
   * @param action the action
   * @param resource the resource
   * @param args the arguments of the call
   * @param context what else is known about the call
   * @returns whether the call is allowed
   * @throws {KavachError} `INVALID_ARGUMENT` when an argument is invalid, or the evaluator has been disposed of
   * @example
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
  /** Releases the memory, for `using`. Every method throws `INVALID_ARGUMENT` afterwards. */
  [Symbol.dispose](): void;
}

/**
 * A constraint and its verdict.
 */
export interface ExplainedConstraint {
  /**
   * The constraint.
   */
  name: ConstraintName;
  /**
   * What it requires, in a few words: `"at most 100 calls per hour"`.
   */
  condition: string;
  /**
   * Whether the call meets it. `"unknown"` if that depends on something missing from `context`.
   */
  verdict: "met" | "failed" | "unknown";
  /**
   * Why the call does not meet it, as the server words it.
   */
  reason?: string | undefined;
  /**
   * What must be known.
   */
  needs?: Need | undefined;
}

/**
 * The part of one permission in a decision.
 */
export interface ExplainedPermission {
  /**
   * Its index in the list.
   */
  index: number;
  /**
   * The permission: the same object that was passed.
   */
  rule: Permission;
  /**
   * Whether its resource and its actions match the call.
   */
  matched: boolean;
  /**
   * Whether this permission decides.
   */
  decides: boolean;
  /**
   * Why it decides, or does not.
   */
  why: string;
  /**
   * Its constraints, in the order in which the server checks them. Empty if it did not match.
   */
  constraints: ExplainedConstraint[];
}

/**
 * An explanation of a decision.
 */
export interface Explanation {
  /**
   * Whether the call is allowed.
   */
  allowed: boolean;
  /**
   * The reason for a denial, as the server words it.
   */
  reason?: string | undefined;
  /**
   * The constraint that failed, or the first one that cannot be decided locally.
   */
  constraint?: ConstraintName | undefined;
  /**
   * What must be known to decide, if the decision depends on it.
   */
  needs?: Need[] | undefined;
  /**
   * How the permissions were read.
   */
  mode: EvaluationMode;
  /**
   * Each permission, in order.
   */
  permissions: ExplainedPermission[];
  /**
   * The explanation as text, in lines.
   */
  text: string;
}

/**
 * A likely mistake in a permission.
 */
export interface Finding {
  /**
   * The kind of mistake.
   */
  code: FindingCode;
  /**
   * `"error"`: certainly a mistake. `"warning"`: it may do something else than it seems to. `"info"`: good to know.
   */
  severity: "error" | "warning" | "info";
  /**
   * The index of the permission.
   */
  index: number;
  /**
   * The path of the mistake: `"[2].constraints.timeWindow"`.
   */
  path: string;
  /**
   * What is wrong, in a sentence.
   */
  message: string;
  /**
   * What to do about it.
   */
  advice: string;
}

/**
 * The kinds of mistakes that `lint` finds.
 */
export type FindingCode =
  | "address-never-matches"
  | "conflicting-constraints"
  | "constraints-lost"
  | "grants-everything"
  | "ignored-constraint"
  | "ignored-segments"
  | "invalid-pattern"
  | "literal-star"
  | "no-actions"
  | "prefix-escalation"
  | "shadowed-actions"
  | "slow-pattern"
  | "unanchored-pattern"
  | "unreachable"
  | "window-malformed"
  | "window-never-open";

/**
 * A permission of the list that was passed.
 */
export interface ListedPermission {
  /**
   * Its index in the list.
   */
  index: number;
  /**
   * The permission: the same object that was passed.
   */
  rule: Permission;
}

/**
 * What a decision must know: a member of `EvaluationContext`, or the name of an unknown member of the permission that
 * `allowUnknown` let through.
 */
export type Need = "callsInLastHour" | "timezone" | "ip" | (string & {});

/**
 * The options of `lint`, `covers` and `diff`.
 */
export interface ReadingOptions {
  /**
   * Names of permission and constraint members that are accepted although this version does not know them, or `true` for all names:
   * for newer servers. A permission that has one is never decided locally.
   *
   * @default none: unknown names are refused
   */
  allowUnknown?: boolean | readonly string[] | null | undefined;
}

/**
 * A permission that may not be delegated.
 */
export interface Uncovered {
  /**
   * Its index in the list.
   */
  index: number;
  /**
   * The permission: the same object that was passed.
   */
  permission: Permission;
  /**
   * The closest permission of the delegating agent: on the resource or above it, with the fewest actions missing. Absent if there is none.
   */
  closest?: ListedPermission | undefined;
  /**
   * The actions that the closest permission lacks; all of them if there is none.
   */
  actions: string[];
  /**
   * What is missing, in a sentence.
   */
  message: string;
}
