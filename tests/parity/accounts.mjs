// The recorded exchanges that this client does not make, each with the reason: those it has no
// method for, those it cannot write, and those whose input it refuses before any request.

const NO_METHOD = "this client has no method for it";
const NOT_JSON = "a body that is not JSON cannot be written";
const NO_TYPE = "a body without its Content-Type is never sent";
const TYPE_ALONE = "a Content-Type without a body is never sent";
const NO_SUCH_ROUTE = "a route that neither dialect has";
const ESCAPE = "a malformed escape or an unencoded + is never written";
const SLASH = "a trailing slash is never sent";
const PARAMETER = "a parameter that this client does not know";
const SCHEME = "the agent's token always travels as Bearer";

// `file: { name: reason }`
export const notOurs = {
  agents: {
    "create invalid JSON": NOT_JSON,
    "create empty body": NOT_JSON,
    "create no content-type header (accepted)": NO_TYPE,
    "get malformed percent id": ESCAPE,
    "get trailing slash": SLASH,
    "patch invalid JSON": NOT_JSON,
    "rotate with content-type json and no body": TYPE_ALONE,
  },
  audit: {
    "since future with unencoded + (decoded to space -> ignored)": ESCAPE,
    "audit entry by dashboard params ignored (from/to/action)": PARAMETER,
    "export agentId filter ignored": PARAMETER,
    "GET /audit/:id (no such route)": NO_SUCH_ROUTE,
  },
  authorize: {
    "invalid JSON": NOT_JSON,
    "by token invalid JSON": NOT_JSON,
    "by token lowercase bearer": SCHEME,
    "by token Basic": SCHEME,
    "GET /authorize": NO_SUCH_ROUTE,
  },
  delegations: {
    "invalid JSON": NOT_JSON,
    "GET /delegations (dashboard dialect)": NO_SUCH_ROUTE,
  },
  auth_email: {
    "MOUNTED: core verify-email/send": NO_METHOD,
    "sign-up invalid JSON (treated as {})": NOT_JSON,
    "change-password with email-plugin token -> 401": NO_METHOD,
    "change-password wrong current": NO_METHOD,
    "change-password weak": NO_METHOD,
    "change-password ok": NO_METHOD,
    "change-password unauthenticated": NO_METHOD,
    "request-reset known": NO_METHOD,
    "request-reset unknown (same answer)": NO_METHOD,
    "forgot-password (core passwordReset not configured)": NO_METHOD,
    "reset-password: hono adapter's core route shadows the plugin's": NO_METHOD,
    "NEXTJS reset-password bad token": NO_METHOD,
    "NEXTJS reset-password weak": NO_METHOD,
    "NEXTJS reset-password ok": NO_METHOD,
    "verify-email bad": NO_METHOD,
    "verify-email ok": NO_METHOD,
    "core verify-email/send (hono adapter route)": NO_METHOD,
    "GET sign-up (method)": NO_SUCH_ROUTE,
  },
  rate_limit: Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((n) => [`magic-link/send attempt ${n} (limit 5/60s)`, NO_METHOD]),
  ),
};

// Input that is refused with INVALID_ARGUMENT before any request: what the message must name.
export const refused = {
  agents: {
    "create expiresAt number (ms)": "expiresAt",
    "create expiresAt invalid": "expiresAt",
    "create timeWindow partial (python SDK can send)": "permissions[0].constraints.timeWindow.end",
    "create missing everything": "ownerId",
    "create empty strings": "ownerId",
    "create array body": "input",
    "create json null body": "input",
    "patch name empty": "name",
    "create extra unknown fields ignored": "tenantId",
    "create bad type": "type",
    "patch status/type ignored": "left out",
  },
  audit: {
    "export bad format": "format",
    "limit negative ignored": "limit",
    "limit NaN ignored": "limit",
    "limit 1abc -> 1": "limit",
  },
  authorize: {
    "missing fields": "agentId",
    "empty strings": "agentId",
    "arguments wrong type": "arguments",
    "by token no header": "agentToken",
    "by token empty bearer": "agentToken",
    "by token missing fields": "action",
    "denied: ip in body ignored": "request.ip",
    "by token agentId in body ignored": "request.agentId",
  },
  delegations: {
    "expiresAt null -> epoch accepted": "expiresAt",
    "expiresAt missing": "expiresAt",
  },
  auth_email: {
    "sign-up empty object": "email",
    "sign-in empty": "email",
  },
  rate_limit: {},
};

// What the client leaves out of a body: `null` for an optional field, which servers take for 1970 or refuse.
export const cleaned = {
  agents: {
    "create expiresAt null -> epoch": (body) => omit(body, "expiresAt"),
    "create metadata null": (body) => omit(body, "metadata"),
    "create constraints null": (body) => ({
      ...body,
      permissions: body.permissions.map((item) => omit(item, "constraints")),
    }),
    "create constraints inner null": (body) => ({
      ...body,
      permissions: body.permissions.map((item) => ({ ...item, constraints: {} })),
    }),
    "patch expiresAt null -> epoch": (body) => omit(body, "expiresAt"),
  },
  authorize: {
    "arguments null": (body) => omit(body, "arguments"),
  },
};

function omit(object, name) {
  const { [name]: _, ...rest } = object;
  return rest;
}
