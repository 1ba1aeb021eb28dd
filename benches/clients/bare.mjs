// The lower bound: `fetch` and `json()`, with the headers that a server wants, and nothing checked.

export function make({ baseUrl, token, dialect, fetch = globalThis.fetch }) {
  const authorization = `Bearer ${token}`;
  const adapter = dialect === "adapter";
  const get = async (path) => {
    const response = await fetch(baseUrl + path, { headers: { authorization } });
    const answer = await response.json();
    return adapter ? answer.data : answer;
  };
  const post = async (path, body) => {
    const headers = { authorization, "content-type": "application/json" };
    const response = await fetch(baseUrl + path, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await response.json();
    return adapter ? answer.data : answer;
  };
  return {
    getAgent: (id) => get(`/agents/${encodeURIComponent(id)}`),
    authorize: (id, request) =>
      adapter
        ? post("/authorize", { agentId: id, ...request })
        : post(`/agents/${encodeURIComponent(id)}/authorize`, request),
    queryAudit: (limit) => get(`/audit?limit=${limit}`),
  };
}
