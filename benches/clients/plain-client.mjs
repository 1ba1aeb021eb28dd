// The client that one writes by hand: a base URL, headers, a timeout, a class for errors, a method for each call.

export class ApiError extends Error {
  constructor(message, status, code, options) {
    super(message, options);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }
}

const unchecked = (value) => value;

export class PlainClient {
  #baseUrl;
  #headers;
  #timeout;
  #fetch;
  #adapter;
  #checks;

  /** `checks` has a function for each kind of answer, which returns it or throws; without them answers are believed. */
  constructor({
    baseUrl,
    token,
    headers,
    timeout = 30_000,
    fetch = (url, init) => globalThis.fetch(url, init),
    ...rest
  }) {
    this.#baseUrl = baseUrl.replace(/\/$/, "");
    this.#headers = { accept: "application/json", authorization: `Bearer ${token}`, ...headers };
    this.#timeout = timeout;
    this.#fetch = fetch;
    this.#adapter = rest.dialect === "adapter";
    this.#checks = rest.checks ?? { agent: unchecked, decision: unchecked, entries: unchecked };
  }

  getAgent(id, options) {
    return this.#request("GET", `/agents/${encodeURIComponent(id)}`, this.#checks.agent, options);
  }

  authorize(id, request, options) {
    return this.#adapter
      ? this.#request("POST", "/authorize", this.#checks.decision, { ...options, body: { agentId: id, ...request } })
      : this.#request("POST", `/agents/${encodeURIComponent(id)}/authorize`, this.#checks.decision, {
          ...options,
          body: request,
        });
  }

  queryAudit(filters, options) {
    return this.#request("GET", `/audit?${new URLSearchParams(filters)}`, this.#checks.entries, options);
  }

  async #request(method, path, check, { body, signal } = {}) {
    const timeout = AbortSignal.timeout(this.#timeout);
    const init = { method, headers: this.#headers, signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
    if (body !== undefined) {
      init.headers = { ...this.#headers, "content-type": "application/json" };
      init.body = JSON.stringify(body);
    }
    let response;
    try {
      response = await this.#fetch(this.#baseUrl + path, init);
    } catch (cause) {
      throw new ApiError(`${method} ${path} failed`, 0, "NETWORK", { cause });
    }
    // A denial of the adapter dialect is a decision with status 403.
    const isDenial = this.#adapter && response.status === 403 && check === this.#checks.decision;
    if (!response.ok && !isDenial) {
      const problem = await response.json().catch(() => ({}));
      throw new ApiError(problem.message ?? `HTTP ${response.status}`, response.status, problem.code ?? "API_ERROR");
    }
    const answer = await response.json();
    return check(this.#adapter ? answer.data : answer);
  }
}

/** The calls that the benches make. */
export function calls(client) {
  return {
    getAgent: (id) => client.getAgent(id),
    authorize: (id, request) => client.authorize(id, request),
    queryAudit: (limit) => client.queryAudit({ limit }),
  };
}
