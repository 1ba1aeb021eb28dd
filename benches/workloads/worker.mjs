// In workerd: makes as many calls as it is asked to. Its clock stands still while it computes, so that the time is
// taken outside.
import { clients } from "../clients.mjs";
import { kinds } from "./whole.mjs";

const made = new Map();

export default {
  async fetch(request) {
    const { client, call, calls, agentId, ...options } = await request.json();
    if (!made.has(client)) made.set(client, clients[client].make(options));
    for (let count = 0; count < calls; count++) await kinds[call](made.get(client), agentId);
    return new Response("done");
  },
};
