// Authorizers without a server, for what a guard makes of them.

export const ALLOWED = { allowed: true, auditId: "a" };

/** An authorizer whose answers `answer(kind, subject, request, options)` gives; `asked` counts them. */
export function authorizer(answer = () => ALLOWED) {
  const made = {
    asked: 0,
    authorize: (id, request, options) => reply("id", id, request, options),
    auth: { authorizeByToken: (token, request, options) => reply("token", token, request, options) },
  };
  async function reply(...given) {
    made.asked++;
    return answer(...given);
  }
  return made;
}

export const never = () => new Promise(() => {});

export const asks = (token = "kv_x", more = {}) =>
  new Request("https://tools.example/", { headers: { Authorization: `Bearer ${token}` }, ...more });

/** A client that answers every call with this response. */
export const answering = ({ KavachClient }, response, more) =>
  new KavachClient({ baseUrl: "https://kavach.example", dialect: "sdk", maxRetries: 0, fetch: response, ...more });
