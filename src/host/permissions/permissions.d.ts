/**
 * Prepares permissions for many questions: in a hot loop, at the edge.
 *
 * Returns an evaluator that decides as `evaluate` does, in a fraction of a microsecond whatever their number. It keeps the
 * permissions as they are now.
 *
 * @param permissions the permissions, in their order
 * @param options how to read them
 * @returns an evaluator
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument has another form, with its path: `permissions[1].actions must be an array of strings`
 * @example
 * ```ts
 * const evaluator = compile(agent.permissions);
 * const readable = names.filter((name) => evaluator.allows("read", `mcp:github:${name}`));
 * ```
 */
export function compile(permissions: readonly PermissionInput[], options?: CompileOptions | null): Evaluator;

/**
 * Whether an agent with the permissions `parent` may delegate `child` to another: the server's rule, without asking it.
 *
 * Each permission of `child` must be covered by a single one of `parent`: its resource equal or below, and every action
 * held. Constraints play no part, and are lost. Returns what is not covered, with what is lacking. Ask before
 * `delegation.create`: servers of the `adapter` dialect answer 500 where this says no.
 *
 * @param parent what the agent holds: one permission, or several
 * @param child what it is to delegate: one permission, or several
 * @param options how to read them
 * @returns whether all of `child` is covered, and what is not
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument has another form, with its path: `permissions[1].actions must be an array of strings`
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
 * What has changed from one list of permissions to another: for a review, before `agents.update`.
 *
 * Permissions on the same resource are compared with each other; the order of actions does not matter. `reordered` says
 * that those that stayed have another order: since the first that matches decides, that may change decisions.
 *
 * @param before the earlier list
 * @param after the later list
 * @param options how to read them
 * @returns what was added, removed and changed
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument has another form, with its path: `permissions[1].actions must be an array of strings`
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
 * Decides here, without a request, whether permissions allow a call.
 *
 * Returns the decision that the server would make, with its reason word for word, as far as it can be known: the first
 * permission that matches decides, and the constraints are looked at in the server's order. What only the server knows is
 * never guessed: `needs` then names what `context` has to tell, and `allowed` is `false`. A constraint that fails denies
 * even if something is not known about another. Neither an audit entry is written nor a call counted.
 *
 * A pattern that is no regular expression, of which the server answers 500, denies with the host's message as the reason.
 * Patterns are matched in linear time, and within one budget for the whole decision: what takes more steps denies, and so
 * does a pattern with a backreference. All of these name `allowedArgPatterns` as the constraint.
 *
 * The request is looked at as it would be sent. What JSON would change or drop is `INVALID_ARGUMENT`, and so are members of
 * permissions and constraints that are not known, unless `context.allowUnknown` lets them through: then the permission that
 * has one cannot be decided, and `needs` names it.
 *
 * With `mode: "strict"` permissions are read as the public documentation has it; the README lists the differences.
 *
 * @param permissions the permissions, in their order
 * @param request the call
 * @param context what is known about the call besides
 * @returns the decision
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument has another form, with its path: `permissions[1].actions must be an array of strings`
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
 * Takes what `evaluate` takes, and decides alike. Returns plain data, made for a user interface; its `text` is the same
 * for people, in lines. Constraints are judged for every permission that matches, also where another one decides.
 *
 * @param permissions the permissions, in their order
 * @param request the call
 * @param context what is known about the call besides
 * @returns the decision, each permission and its constraints, and all of it as text
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument has another form, with its path: `permissions[1].actions must be an array of strings`
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
 * Looks for what is wrong with permissions, or not what it seems, on a running server.
 *
 * Returns the findings in the order of the permissions, each with a `code` for programs, a message and advice; an empty
 * array if there are none. The README lists the codes.
 *
 * @param permissions the permissions, in their order
 * @param options how to read them
 * @returns the findings
 * @throws {KavachError} `INVALID_ARGUMENT` when an argument has another form, with its path: `permissions[1].actions must be an array of strings`
 * @example
 * ```ts
 * const errors = lint(permissions).filter(({ severity }) => severity === "error");
 * ```
 */
export function lint(permissions: readonly PermissionInput[], options?: ReadingOptions | null): Finding[];

/**
 * A constraint that is not the same.
 */
export type ChangedConstraint = {
  [Name in ConstraintName]: {
    name: Name;
    before?: NonNullable<PermissionConstraints[Name]> | undefined;
    after?: NonNullable<PermissionConstraints[Name]> | undefined;
  };
}[ConstraintName];

/**
 * What has changed in a permission.
 */
export interface ChangedPermission {
  /**
   * As it was.
   */
  before: ListedPermission;
  /**
   * As it is.
   */
  after: ListedPermission;
  /**
   * The actions that came and went.
   */
  actions: { added: string[]; removed: string[] };
  /**
   * The constraints that are not the same.
   */
  constraints: ChangedConstraint[];
}

/**
 * How `compile` reads permissions.
 */
export interface CompileOptions {
  /**
   * How to read the permissions; `"server"` if left out.
   */
  mode?: EvaluationMode | null | undefined;
  /**
   * Names of members of permissions and constraints that need not be known, or `true` for all: for servers that are newer
   * than this package. A permission that has one is never decided here. Unknown names are refused if left out.
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
   * Whether all of them may be.
   */
  covered: boolean;
  /**
   * Those that may not; only there if there are any.
   */
  uncovered?: Uncovered[] | undefined;
}

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
  reason?: string | undefined;
  /**
   * The permission that decided; none if no permission speaks about that action on that resource.
   */
  permission?: ListedPermission | undefined;
  /**
   * The constraint that is not met, or the first that cannot be decided here.
   */
  constraint?: ConstraintName | undefined;
  /**
   * What has to be known to decide. Only there where the answer depends on it; the call is not allowed then.
   */
  needs?: Need[] | undefined;
}

/**
 * What has changed between two lists of permissions.
 */
export interface Difference {
  /**
   * Whether nothing has.
   */
  same: boolean;
  /**
   * Whether the permissions that stayed have another order.
   */
  reordered: boolean;
  /**
   * Those that are new, by their place in the later list.
   */
  added: ListedPermission[];
  /**
   * Those that are gone, by their place in the earlier list.
   */
  removed: ListedPermission[];
  /**
   * Those on the same resource that have other actions or constraints.
   */
  changed: ChangedPermission[];
}

/**
 * What is known about a call besides the request itself. What is left out is not guessed.
 */
export interface EvaluationContext {
  /**
   * The agent's name, for the reason. Without it the sentence does not mention the agent.
   */
  agentName?: string | null | undefined;
  /**
   * The address that the call comes from, as the server sees it. `null` if the server does not know it either: then an
   * allowlist denies. If it is left out, a permission with an `ipAllowlist` cannot be decided.
   */
  ip?: string | null | undefined;
  /**
   * The time: a `Date`, milliseconds since 1970, or ISO 8601 text. The current time if left out.
   */
  now?: Date | number | string | null | undefined;
  /**
   * The server's time zone, by its IANA name: `"Europe/Berlin"`. Without it a permission with a `timeWindow` cannot be
   * decided. Not used with mode `"strict"`, whose windows are in UTC.
   */
  timezone?: string | null | undefined;
  /**
   * How many calls of this agent on this resource the server has counted in the last hour. Without it a permission with
   * `maxCallsPerHour` cannot be decided.
   */
  callsInLastHour?: number | null | undefined;
  /**
   * How to read the permissions; `"server"` if left out.
   */
  mode?: EvaluationMode | null | undefined;
  /**
   * Names of members of permissions and constraints that need not be known, or `true` for all: for servers that are newer
   * than this package. A permission that has one is never decided here. Unknown names are refused if left out.
   */
  allowUnknown?: boolean | readonly string[] | null | undefined;
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
   * @param request the call
   * @param context what is known about the call besides
   * @returns the decision
   * @throws {KavachError} `INVALID_ARGUMENT` when an argument has another form, or the evaluator has been disposed of
   * @example
   * ```ts
   * evaluator.evaluate({ action: "read", resource: "mcp:github:repos" }, { agentName: "reader" });
   * ```
   */
  evaluate(request: AuthorizeRequest, context?: Omit<EvaluationContext, "mode"> | null): Decision;
  /**
   * Whether the permissions allow a call: `evaluate(…).allowed`, without an object.
   *
   * @param action what the agent wants to do
   * @param resource on what
   * @param args the arguments of the call
   * @param context what is known about the call besides
   * @returns whether the agent may go ahead
   * @throws {KavachError} `INVALID_ARGUMENT` when an argument has another form, or the evaluator has been disposed of
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
  [Symbol.dispose](): void;
}

/**
 * What a constraint has come to.
 */
export interface ExplainedConstraint {
  /**
   * Which one it is.
   */
  name: ConstraintName;
  /**
   * What it asks for, in a few words: `"at most 100 calls per hour"`.
   */
  condition: string;
  /**
   * Whether the call meets it. `"unknown"` if that depends on something that `context` did not tell.
   */
  verdict: "met" | "failed" | "unknown";
  /**
   * Why the call does not meet it, in the words of the server.
   */
  reason?: string | undefined;
  /**
   * What has to be known.
   */
  needs?: Need | undefined;
}

/**
 * What one permission has to do with a call.
 */
export interface ExplainedPermission {
  /**
   * Where it is in the list.
   */
  index: number;
  /**
   * The permission: the very object that was given.
   */
  rule: Permission;
  /**
   * Whether its resource and its actions match the call.
   */
  matched: boolean;
  /**
   * Whether it is the one that decides.
   */
  decides: boolean;
  /**
   * Why it decides, or does not.
   */
  why: string;
  /**
   * Its constraints, in the order in which the server looks at them. Empty if it did not match.
   */
  constraints: ExplainedConstraint[];
}

/**
 * Why a call is allowed or denied.
 */
export interface Explanation {
  /**
   * Whether the agent may go ahead.
   */
  allowed: boolean;
  /**
   * Why not, in the words of the server.
   */
  reason?: string | undefined;
  /**
   * The constraint that is not met, or the first that cannot be decided here.
   */
  constraint?: ConstraintName | undefined;
  /**
   * What has to be known to decide, where the answer depends on it.
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
   * All this for people, in lines.
   */
  text: string;
}

/**
 * Something that is wrong with a permission, or not what it seems.
 */
export interface Finding {
  /**
   * What it is.
   */
  code: FindingCode;
  /**
   * `"error"`: it cannot be meant. `"warning"`: it may do something else than it seems to. `"info"`: good to know.
   */
  severity: "error" | "warning" | "info";
  /**
   * Which permission it is about.
   */
  index: number;
  /**
   * Where it is: `"[2].constraints.timeWindow"`.
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
 * What `lint` finds.
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
 * What a decision would have to know: a member of `EvaluationContext`; or the name of a member of the permission that is not
 * known here, which `allowUnknown` has let through.
 */
export type Need = "callsInLastHour" | "timezone" | "ip" | (string & {});

/**
 * How `lint`, `covers` and `diff` read permissions.
 */
export interface ReadingOptions {
  /**
   * Names of members of permissions and constraints that need not be known, or `true` for all: for servers that are newer
   * than this package. A permission that has one is never decided here. Unknown names are refused if left out.
   */
  allowUnknown?: boolean | readonly string[] | null | undefined;
}

/**
 * A permission that may not be delegated.
 */
export interface Uncovered {
  /**
   * Where it is in the list.
   */
  index: number;
  /**
   * The permission: the very object that was given.
   */
  permission: Permission;
  /**
   * The agent's permission that comes closest: on the resource or above it, with the fewest actions missing. None if no
   * permission is above.
   */
  closest?: ListedPermission | undefined;
  /**
   * The actions that the closest one does not have; all of them if there is none.
   */
  actions: string[];
  /**
   * What is lacking, in a sentence.
   */
  message: string;
}
