// What the guard is to make of each request: data, but for the functions that rules and options may be.
//
// `on` is a dialect of the local server (`both` makes two cases of one), a fault of tests/faults/wire.mjs, `refused` (nothing
// listens), or `says`, a server that answers what `body` says. `$name` in a header is the token of that agent. `expect`
// is `{ allowed }`, or what the refusal says: its reason, status and challenge, the class and code of its `error`, and
// whether the decision is there; `{ invalid }` for what is refused whatever the request.

const READ = { action: "read", resource: "mcp:github:repos" };
const RUN = { action: "execute", resource: "mcp:tools:echo" };
const REALM = 'Bearer realm="KavachOS"';
const METADATA = "https://tools.example/.well-known/oauth-protected-resource";

const missing = { reason: "missing_token", status: 401, challenge: REALM, type: "missing-token" };
const malformed = { reason: "malformed_token", status: 401, challenge: `${REALM}, error="invalid_token"` };
const invalidToken = {
  ...{ reason: "denied", status: 401, challenge: `${REALM}, error="invalid_token"`, decision: true },
  type: "invalid-token",
  detail: "The bearer token is not valid, or not any more.",
};
const denied = (detail) => ({
  ...{ reason: "denied", status: 403, challenge: `${REALM}, error="insufficient_scope"`, decision: true, detail },
  type: "insufficient-scope",
});
// No other token would help.
const forbidden = (type, detail) => ({ reason: "denied", status: 403, challenge: null, decision: true, type, detail });
const invalidRequest = (error) => ({ reason: "invalid_request", status: 400, challenge: null, error });
const unavailable = (error, more) => ({ reason: "unavailable", status: 503, challenge: null, error, ...more });
const allowed = { allowed: "server" };
const invalid = (message) => ({ invalid: message });

const with_ = (authorization, expect, more) => ({ authorization, rule: READ, on: "sdk", expect, ...more });
const valid = (expect, more) => with_("Bearer $reader", expect, more);
// One attempt: what comes of several is the client's affair.
const failing = (on, expect, more = {}) =>
  valid(expect, { on, ...more, options: { maxRetries: 0, timeout: 20_000, ...more.options } });
const late = { options: { timeout: 300 } };

const tokens = {
  "a valid token": valid(allowed, { on: "both" }),
  "no header": with_(undefined, missing, { on: "both" }),
  "an empty header": with_("", missing),
  "Basic credentials": with_("Basic JHJlYWRlcjo=", missing),
  "Digest credentials": with_('Digest username="$reader"', missing),
  "a token without a scheme": with_("$reader", missing),
  "a scheme that begins alike": with_("BearerX $reader", missing),
  "another scheme, then a token": with_("Basic JHJlYWRlcjo=, Bearer $reader", missing),
  "lower-case bearer, which is the same scheme": with_("bearer $reader", allowed, { on: "both" }),
  "upper-case BEARER": with_("BEARER $reader", allowed),
  "several spaces": with_("Bearer   $reader", allowed),
  "spaces around": with_("  Bearer $reader  ", allowed),
  "an empty token": with_("Bearer", malformed),
  "a token of spaces": with_("Bearer    ", malformed),
  "a tab for the space": with_("Bearer\t$reader", malformed),
  "two tokens in a header": with_("Bearer $reader, Bearer $reader", malformed),
  "two tokens after a scheme": with_("Bearer $reader $reader", malformed),
  "a token, then another scheme": with_("Bearer $reader, Basic JHJlYWRlcjo=", malformed),
  "two headers": { rule: READ, on: "sdk", headers: ["Bearer $reader", "Bearer $unknown"], expect: malformed },
  "two headers, the same": { rule: READ, on: "sdk", headers: ["Bearer $reader", "Bearer $reader"], expect: malformed },
  "a quoted token": with_('Bearer "$reader"', malformed),
  "a token with a comma": with_("Bearer $reader,", malformed),
  "a token with a semicolon": with_("Bearer $reader;x", malformed),
  "a token as a parameter": with_('Bearer token="$reader"', malformed),
  "a token with padding inside": with_("Bearer kv=$reader", malformed),
  "a token beyond ASCII": with_("Bearer kv_\u00e9$reader", malformed),
  "a token in the query": with_(undefined, missing, { query: "?access_token=$reader&token=$reader" }),
  "a token in the query besides one in the header": valid(allowed, { query: "?access_token=$unknown" }),
  "a token in a cookie": { rule: READ, on: "sdk", more: { cookie: "kavach_session=$reader" }, expect: missing },
  "a token in another header": { rule: READ, on: "sdk", more: { "x-api-key": "$reader" }, expect: missing },
  "an unknown token": with_("Bearer $unknown", invalidToken, { on: "both" }),
  "an unknown token of every character": with_("Bearer a-._~+/Z9==", invalidToken),
  "a very long token": with_(`Bearer ${"a".repeat(6000)}`, invalidToken),
  "a revoked agent": with_("Bearer $revoked", invalidToken, { on: "both" }),
  "an expired agent": with_("Bearer $expired", invalidToken, { on: "both" }),
  "a token that was rotated away": with_("Bearer $rotated", invalidToken, { on: "both" }),
};

const decisions = {
  "an action that nobody granted": valid(
    denied('No permission grants agent "reader" access to "delete" on "mcp:github:repos"'),
    { on: "both", rule: { action: "delete", resource: "mcp:github:repos" } },
  ),
  "a resource that nobody granted": valid(
    denied('No permission grants agent "reader" access to "read" on "mcp:slack:all"'),
    { on: "both", rule: { action: "read", resource: "mcp:slack:all" } },
  ),
  "permissions that were taken away": with_("Bearer $narrowed", denied(/^No permission grants agent "narrowed"/)),
  "permissions that were only delegated, which do not count by token": with_(
    "Bearer $borrower",
    denied(/^No permission grants/),
  ),
  "a person has to approve": with_(
    "Bearer $waiting",
    forbidden("approval-required", "This action requires human approval before execution"),
    {
      on: "both",
      rule: { action: "execute", resource: "mcp:deploy:production" },
    },
  ),
  "the hourly limit": with_(
    "Bearer $limited",
    {
      ...{ reason: "rate_limited", status: 429, challenge: null, decision: true },
      detail: 'Rate limit exceeded: 2/2 calls per hour for resource "mcp:github:repos"',
    },
    { on: "both" },
  ),
  "an address that is not allowed": with_("Bearer $nowhere", forbidden("address-not-allowed", /^IP_NOT_ALLOWED: /), {
    on: "both",
  }),
  "a time that is not allowed": with_(
    "Bearer $never",
    forbidden("outside-time-window", "Action is only allowed between 99:00 and 99:01"),
  ),
  "an argument that does not match": with_(
    "Bearer $strict",
    forbidden("arguments-not-allowed", 'Argument "text" value "A1" does not match pattern "^[a-z]+$"'),
    { on: "both", rule: { ...RUN, arguments: { text: "A1" } } },
  ),
  "an argument that matches": with_("Bearer $strict", allowed, { rule: { ...RUN, arguments: { text: "abc" } } }),
  "an invalid pattern, to which the server answers 500": with_("Bearer $broken", unavailable("ServerError 500"), {
    ...{ on: "both", rule: { ...RUN, arguments: { text: "abc" } }, options: { maxRetries: 0 } },
  }),
  "a reason that repeats the token is not quoted": with_(
    "Bearer $reader",
    forbidden("denied", "The token may not do this."),
    {
      on: "says",
      body: { allowed: false, auditId: "a", reason: "No access for $reader" },
    },
  ),
  "a decision that claims another source": with_("Bearer $reader", allowed, {
    ...{ on: "says", body: { allowed: true, auditId: "a", source: "local" } },
  }),
  "a denial without a reason": valid(forbidden("denied", "The token may not do this."), {
    ...{ on: "says", body: { allowed: false, auditId: "a" } },
  }),
  "401 that is no decision": with_(
    "Bearer $reader",
    { ...invalidToken, decision: false, error: "AuthenticationError UNAUTHORIZED" },
    { on: "says", status: 401, body: { code: "UNAUTHORIZED", message: "Who is $reader?" } },
  ),
};

const throws = () => {
  throw new Error("the rule is broken");
};

const rules = {
  "functions of the request": valid(allowed, {
    rule: {
      action: (request) => (request.method === "GET" ? "read" : "execute"),
      resource: async (request) => `mcp:github:${new URL(request.url).pathname.slice(1)}`,
      arguments: async () => ({ a: 1 }),
    },
  }),
  "a function for all": valid(allowed, { on: "both", rule: async () => RUN }),
  "a function that reads a copy of the body": valid(denied(/access to "execute" on "mcp:other:x"/), {
    ...{ method: "POST", sent: { resource: "mcp:other:x" } },
    rule: async (request) => ({ action: "execute", resource: (await request.clone().json()).resource }),
  }),
  "a rule that throws": valid(unavailable("Error the rule is broken"), { rule: throws }),
  "an action that throws": valid(unavailable("Error the rule is broken"), { rule: { ...READ, action: throws } }),
  "a resource that rejects": valid(unavailable("Error the rule is broken"), {
    rule: { ...READ, resource: async () => throws() },
  }),
  "arguments that throw": valid(unavailable("Error the rule is broken"), { rule: { ...READ, arguments: throws } }),
  "a body that is no JSON": valid(invalidRequest("SyntaxError"), {
    ...{ method: "POST", sent: "not JSON" },
    rule: async (request) => ({ action: "execute", resource: JSON.parse(await request.clone().text()).slice(1) }),
  }),
  "a rule that returns nothing": valid(unavailable("KavachError INVALID_ARGUMENT"), { rule: () => undefined }),
  "a resource that is undefined": valid(unavailable("KavachError INVALID_ARGUMENT"), {
    rule: { action: "read", resource: () => undefined },
  }),
  "a resource that is empty": valid(unavailable("KavachError INVALID_ARGUMENT"), {
    rule: { action: "read", resource: () => "" },
  }),
  "arguments that cannot be sent": valid(invalidRequest("KavachError INVALID_ARGUMENT rule.arguments.big must"), {
    rule: { ...READ, arguments: () => ({ big: 1n }) },
  }),
  "arguments that are a list": valid(invalidRequest("KavachError INVALID_ARGUMENT rule.arguments must"), {
    rule: { ...READ, arguments: () => [1] },
  }),
  "a rule is not run without a token": with_(undefined, missing, { rule: throws }),
  "an error of the rule that looks like one of the server": valid(unavailable("AuthenticationError"), {
    rule: () => {
      throw Object.assign(new Error("x"), { name: "AuthenticationError" });
    },
  }),
};

const failures = {
  "nothing listens": failing("refused", unavailable("NetworkError NETWORK_ERROR")),
  "the connection is reset": failing("reset-before-headers", unavailable("NetworkError NETWORK_ERROR")),
  "the connection closes": failing("closed-before-headers", unavailable("NetworkError NETWORK_ERROR")),
  "the body breaks off": failing("truncated-chunks", unavailable("NetworkError NETWORK_ERROR")),
  "no answer in time": failing("stalled-before-headers", unavailable("TimeoutError TIMEOUT"), late),
  "half an answer in time": failing("stalled-mid-body", unavailable("TimeoutError TIMEOUT"), late),
  "a deadline": failing("stalled-before-headers", unavailable("TimeoutError DEADLINE_EXCEEDED"), {
    options: { deadline: 300 },
  }),
  "no HTTP": failing("no-http", unavailable("NetworkError NETWORK_ERROR")),
  "HTML with 200": failing("html-200", unavailable("DecodeError DECODE_ERROR")),
  "HTML with 404": failing("html-404", unavailable("NotFoundError ROUTE_NOT_FOUND")),
  "HTML with 502": failing("html-502", unavailable("ServerError API_ERROR")),
  "an empty body": failing("empty-200", unavailable("DecodeError DECODE_ERROR")),
  "no content": failing("no-content", unavailable("DecodeError DECODE_ERROR")),
  null: failing("null-200", unavailable("DecodeError DECODE_ERROR")),
  "a decision that is a word": failing("allowed-as-text", unavailable("DecodeError DECODE_ERROR")),
  "a decision that is a number": failing("allowed-as-number", unavailable("DecodeError DECODE_ERROR")),
  "a decision in a list": failing("allowed-in-list", unavailable("DecodeError DECODE_ERROR")),
  "a decision that is cut short": failing("allowed-cut-short", unavailable("DecodeError DECODE_ERROR")),
  "an allowing decision with 403": failing("allowed-with-403", unavailable("PermissionError API_ERROR")),
  "an allowing decision with 500": failing("allowed-with-500", unavailable("ServerError API_ERROR")),
  "an allowing decision with 503": failing("allowed-with-503", unavailable("ServerError API_ERROR")),
  "a redirect to another origin": failing("redirect-307-elsewhere", unavailable("KavachError CROSS_ORIGIN_REDIRECT")),
  "403 that is no decision": failing("refusal-plain-text", unavailable("PermissionError API_ERROR")),
  "an answer that repeats all it was sent": failing("refusal-repeating-all", unavailable("KavachError API_ERROR")),
  "429 with a wait": failing("retry-after-61", {
    ...{ reason: "rate_limited", status: 429, challenge: null, retryAfter: "61" },
    error: "RateLimitError",
  }),
  "429 with a wait of part of a second": failing("retry-after-fraction", {
    ...{ reason: "rate_limited", status: 429, challenge: null, retryAfter: "1" },
    error: "RateLimitError",
  }),
  "429 without a wait": failing("retry-after-none", {
    ...{ reason: "rate_limited", status: 429, challenge: null, retryAfter: null },
    error: "RateLimitError",
  }),
  "503 with a wait": failing("unavailable-with-wait", unavailable("ServerError", { retryAfter: "0" })),
  "a transient failure is tried again": valid(allowed, { on: "unavailable-without" }),
};

const options = {
  "a realm and where the metadata is": with_(
    undefined,
    { ...missing, challenge: `Bearer realm="tools", resource_metadata="${METADATA}"` },
    { options: { realm: "tools", resourceMetadata: METADATA } },
  ),
  "metadata for a token that is not valid": with_(
    "Bearer $unknown",
    { ...invalidToken, challenge: `${REALM}, error="invalid_token", resource_metadata="${METADATA}"` },
    { options: { resourceMetadata: new URL(METADATA) } },
  ),
  "metadata for a denial": valid(
    { ...denied(/^No permission/), challenge: `${REALM}, error="insufficient_scope", resource_metadata="${METADATA}"` },
    { rule: { action: "read", resource: "x" }, options: { resourceMetadata: METADATA } },
  ),
  "a realm with a quote": valid(invalid("options.realm"), { options: { realm: 'a", error="' } }),
  "a realm with a line break": valid(invalid("options.realm"), { options: { realm: "a\r\nX: b" } }),
  "metadata that is no URL": valid(invalid("options.resourceMetadata"), { options: { resourceMetadata: "/path" } }),
  "onUnavailable: allow": valid(invalid("options.onUnavailable"), { options: { onUnavailable: "allow" } }),
  "onUnavailable: local without permissions": valid(invalid("options.permissions"), {
    options: { onUnavailable: "local", evaluate: () => ({ allowed: true }) },
  }),
  "onUnavailable: local with permissions for everyone": valid(invalid("options.permissions"), {
    options: { onUnavailable: "local", permissions: [], evaluate: () => ({ allowed: true }) },
  }),
  "onUnavailable: local without an evaluator": valid(invalid("options.evaluate"), {
    options: { onUnavailable: "local", permissions: () => [] },
  }),
  "options that are invalid": valid(invalid("options"), { options: [] }),
  "no rule": valid(invalid("rule"), { rule: undefined }),
  "a rule without a resource": valid(invalid("rule.resource"), { rule: { action: "read" } }),
  "a rule with an empty action": valid(invalid("rule.action"), { rule: { action: "", resource: "r" } }),
  "arguments that are text": valid(invalid("rule.arguments"), { rule: { ...READ, arguments: "text" } }),
  "a header for the call does not take the place of the token": valid(allowed, {
    options: { headers: { Authorization: "Bearer kv_canary-unknown-5d1e", "X-Tenant": "a" } },
  }),
  "nor does a header make up for a token that is not valid": with_("Bearer $revoked", invalidToken, {
    options: { headers: { Authorization: "Bearer kv_another" } },
  }),
  "an option of the call that is invalid": valid(unavailable("KavachError INVALID_ARGUMENT"), {
    options: { timeout: -1 },
  }),
};

const github = [{ resource: "mcp:github:*", actions: ["read"] }];
const limited = [{ ...github[0], constraints: { maxCallsPerHour: 5 } }];
const locally = (permissions, expect, on = "refused") =>
  failing(on, expect, { options: { onUnavailable: "local", permissions, evaluate: "local" } });

const local = {
  "decides here: allowed": locally(() => github, { allowed: "local" }),
  "decides here: allowed, with permissions that come later": locally(async () => github, { allowed: "local" }),
  "decides here where nobody answers in time": failing(
    "stalled-before-headers",
    { allowed: "local" },
    { options: { timeout: 300, onUnavailable: "local", permissions: () => github, evaluate: "local" } },
  ),
  "decides here after a deadline, within it": failing(
    "stalled-before-headers",
    { allowed: "local" },
    { options: { deadline: 500, onUnavailable: "local", permissions: () => github, evaluate: "local" } },
  ),
  "decides here where a gateway says that nobody answers": locally(() => github, { allowed: "local" }, "html-502"),
  "does not decide here after nonsense": locally(() => github, unavailable("DecodeError DECODE_ERROR"), "html-200"),
  "decides here: denied": locally(() => [], denied('No permission grants access to "read" on "mcp:github:repos"')),
  "does not guess a rate": locally(() => limited, unavailable("NetworkError NETWORK_ERROR")),
  "does not know the token": locally(() => undefined, unavailable("NetworkError NETWORK_ERROR")),
  "permissions that throw": locally(throws, unavailable("NetworkError NETWORK_ERROR")),
  "permissions that are invalid": locally(() => "all", unavailable("NetworkError NETWORK_ERROR")),
  "does not decide here what the server has denied": with_("Bearer $unknown", invalidToken, {
    options: { onUnavailable: "local", permissions: () => github, evaluate: "local" },
  }),
  "does not decide here what the server limits": locally(
    () => github,
    { reason: "rate_limited", status: 429, challenge: null, error: "RateLimitError" },
    "retry-after-none",
  ),
  "does not decide here without a token": with_(undefined, missing, {
    ...{ on: "refused", options: { onUnavailable: "local", permissions: () => github, evaluate: "local" } },
  }),
  "does not decide here where the rule throws": valid(unavailable("Error the rule is broken"), {
    ...{ rule: throws, options: { onUnavailable: "local", permissions: () => github, evaluate: "local" } },
  }),
};

const groups = { tokens, decisions, rules, failures, options, local };

/** `[name, case]` for each. */
export const cases = Object.entries(groups).flatMap(([group, members]) =>
  Object.entries(members).flatMap(([name, one]) =>
    one.on === "both"
      ? ["sdk", "adapter"].map((on) => [`${group}: ${name} (${on})`, { ...one, on }])
      : [[`${group}: ${name}`, one]],
  ),
);
