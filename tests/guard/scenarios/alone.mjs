// What the scenarios start from: a client that counts what it sends, and an agent that nobody else uses.

export const READ = { action: "read", resource: "mcp:github:repos" };
export const free = () => [{ resource: "mcp:github:*", actions: ["read"] }];
export const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });

// A client that counts what it sends, and its own agent.
export async function alone({ sdk, servers }, permissions = [sdk.read("mcp:github:*")], dialect = "sdk") {
  const sent = [];
  const kavach = new sdk.KavachClient({
    ...{ baseUrl: servers[dialect].baseUrl, dialect },
    onRequest: ({ operation }) => sent.push(operation),
  });
  const agent = await kavach.agents.create({ ownerId: "user-123", name: "alone", type: "service", permissions });
  const asked = () => sent.filter((operation) => operation.includes("uthorize")).length;
  return { kavach, agent, asked };
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
