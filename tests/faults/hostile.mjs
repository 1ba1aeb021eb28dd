// What a `fetch` of the caller's own can do. Each makes a fresh one; it is called for every attempt.

const json = (body) => JSON.stringify(body);
const looksAlike = (more) => ({ status: 200, json: async () => 5, text: async () => "", ...more });

export const hostile = {
  "fetch-throws": () => () => {
    throw new TypeError("no route to host");
  },
  "fetch-rejects-with-text": () => async () => Promise.reject("text"),
  "fetch-rejects-with-null": () => async () => Promise.reject(null),
  "fetch-rejects-with-undefined": () => async () => Promise.reject(),
  "fetch-rejects-with-secrets": () => async (url, init) => {
    const error = new Error(`Cannot send ${init.headers.Authorization} ${init.body ?? ""}`);
    throw Object.assign(error, { request: { url, init }, list: new Map([["sent", init.headers]]) });
  },
  "fetch-rejects-with-nested-secrets": () => async (_, init) => {
    throw new Error("outer", { cause: new Error("inner", { cause: { headers: init.headers, body: init.body } }) });
  },
  "fetch-rejects-with-text-of-secrets": () => async (_, init) =>
    Promise.reject(`${json(init.headers)} ${init.body ?? ""}`),
  "fetch-returns-null": () => async () => null,
  "fetch-returns-a-number": () => async () => 5,
  "fetch-returns-text": () => () => "HTTP/1.1 200 OK",
  "fetch-returns-an-empty-object": () => async () => ({}),
  "fetch-returns-a-look-alike": () => async () => looksAlike({}),
  "fetch-returns-a-look-alike-decision": () => async () =>
    looksAlike({ json: async () => ({ allowed: true, auditId: "x" }), status: 299 }),
  "fetch-returns-a-broken-look-alike": () => async () =>
    looksAlike({
      json: () => {
        throw new Error("broken");
      },
    }),
  "fetch-returns-an-odd-status": () => async () =>
    looksAlike({ status: 1e9, json: async () => ({ allowed: true, auditId: "x" }) }),
  "fetch-returns-status-nan": () => async () => looksAlike({ status: Number.NaN }),
  "fetch-returns-a-throwing-getter": () => async () => ({
    get status() {
      throw new Error("no status");
    },
    text() {},
    json() {},
  }),
  "fetch-returns-headers-that-throw": () => async () =>
    looksAlike({
      status: 500,
      headers: {
        get() {
          throw new Error("no header");
        },
      },
    }),
  "fetch-returns-a-used-body": () => async () => {
    const response = Response.json({});
    await response.text();
    return response;
  },
  "fetch-returns-an-error-response": () => async () => Response.error(),
  "fetch-returns-the-same-response-twice": () => {
    const response = new Response("wait", { status: 503, headers: { "retry-after": "0" } });
    return async () => response;
  },
  "fetch-followed-a-redirect": () => async () =>
    Object.defineProperties(Response.json({ allowed: true, auditId: "x" }), {
      redirected: { value: true },
      url: { value: "https://elsewhere.example/agents" },
    }),
  "fetch-resolves-with-a-thenable": () => () => ({
    // biome-ignore lint/suspicious/noThenProperty: that is what is tried.
    then(resolve) {
      resolve(Response.json({ allowed: false, reason: "No", auditId: "x" }));
    },
  }),
  "fetch-never-settles": () => () => new Promise(() => {}),
  "fetch-never-settles-the-body": () => async () => looksAlike({ json: () => new Promise(() => {}) }),
};
