/**
 * Grants reading a resource.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the action `"read"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * read("mcp:github:*"); // { resource: "mcp:github:*", actions: ["read"] }
 * ```
 */
export function read(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * Grants writing a resource.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the action `"write"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * write("mcp:github:issues");
 * ```
 */
export function write(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * Grants executing a resource.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the action `"execute"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * execute("mcp:deploy:staging");
 * ```
 */
export function execute(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * Grants reading and writing a resource.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the actions `"read"` and `"write"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * readWrite("mcp:github:issues", { ipAllowlist: ["10.0.0.0/8"] });
 * ```
 */
export function readWrite(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * Grants reading, writing, executing and deleting a resource. Actions with other names are not granted; `"*"` would grant them.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the actions `"read"`, `"write"`, `"execute"` and `"delete"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * fullAccess("mcp:sandbox:*");
 * ```
 */
export function fullAccess(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * Requires that a human approves each call.
 *
 * @param permission - a permission, which stays as it is
 * @returns a copy with `requireApproval: true` among its constraints
 * @throws {KavachError} `INVALID_ARGUMENT` when a member is missing, wrong or unknown
 * @example
 * ```ts
 * withApproval(execute("mcp:deploy:production"));
 * ```
 */
export function withApproval(permission: PermissionInput): Permission;

/**
 * Limits how often a permission can be used.
 *
 * @param permission - a permission, which stays as it is
 * @param maxCallsPerHour - the maximum number of calls per hour, a whole number of 1 or more
 * @returns a copy with `maxCallsPerHour` among its constraints
 * @throws {KavachError} `INVALID_ARGUMENT` when the number or a member is missing, wrong or unknown
 * @example
 * ```ts
 * rateLimited(read("mcp:github:*"), 100);
 * ```
 */
export function rateLimited(permission: PermissionInput, maxCallsPerHour: number): Permission;

/**
 * Validates permissions from outside the program: a configuration file, a database.
 *
 * @param raw - an array, or JSON text that holds one
 * @param options - `allowUnknown`: `true`, or the names of permission and constraint members that are accepted although this
 *   version does not know them. By default they are refused: a misspelt constraint would not constrain.
 * @returns the permissions as a new array, without `null`s for absent members
 * @throws {KavachError} `INVALID_ARGUMENT` that names the first part that is wrong: `raw[1].actions must be an array of strings`
 * @example
 * ```ts
 * const permissions = parsePermissions('[{ "resource": "mcp:github:*", "actions": ["read"] }]');
 * ```
 */
export function parsePermissions(raw: unknown, options?: ParseOptions | null): Permission[];
