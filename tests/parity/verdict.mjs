// What a recorded answer must mean to a caller: told from the recording alone, independently of the client.

const CLASSES = { 401: "AuthenticationError", 403: "PermissionError", 404: "NotFoundError", 429: "RateLimitError" };
const classOf = (status) => CLASSES[status] ?? (status >= 500 ? "ServerError" : "KavachError");

// `{ value }` or `{ error }`, for a call made with `token`, if any, in `dialect`.
export function meaningOf(call, { status, body, bodyKind }, { token, dialect, base }) {
  if (status >= 200 && status < 300)
    return { value: understood(call, bodyKind === "text" ? body : structuredClone(body), token) };
  if (isMissingRoute(status, body, bodyKind) || dialect === "sdk") return { error: missingRoute(call, status, base) };
  if (body?.data?.allowed === false) return { value: body.data };
  if (call === "agents.get" && status === 404) return { value: null };
  if (call === "auth.getSession" && status === 401) return { value: null };
  const { error } = body;
  const said = typeof error === "string" ? { code: "API_ERROR", message: error } : error;
  return {
    error: { class: classOf(status), statusCode: status, code: said.code, message: said.message, retryAfter: null },
  };
}

function understood(call, body, token) {
  switch (call) {
    case "agents.revoke":
    case "delegation.revoke":
    case "auth.signOut":
      return undefined;
    case "audit.export":
      return typeof body === "string" ? body : JSON.stringify(body);
    case "audit.queryPaginated":
      return { entries: body.data };
    // The server leaves things out: the user's id stands beside, the token was sent. No more is made up.
    case "auth.signUp":
      return { ...body, session: { token: body.token, userId: body.user.id } };
    case "auth.signIn":
      return { ...body, session: { ...body.session, userId: body.user.id } };
    case "auth.getSession":
      return { ...body.session, userId: body.user.id, ...(token && { token }) };
    default:
      return body.data;
  }
}

// A thing that is missing is named in JSON; a route that is missing is not.
function isMissingRoute(status, body, bodyKind) {
  return status === 404 && (bodyKind !== "json" || /^(Route|Plugin endpoint) not found$/.test(body.error?.message));
}

// It says where it looked, and for the e-mail routes what to do about it.
function missingRoute(call, status, base) {
  const mail = /^auth\.(sign|getSession)/.test(call);
  return {
    class: "NotFoundError",
    statusCode: status,
    code: "ROUTE_NOT_FOUND",
    message: (message) => message.includes(`${base}/`) && message.includes("authUrl") === mail,
  };
}
