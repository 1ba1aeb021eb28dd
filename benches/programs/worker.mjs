// In workerd: makes as many calls as it is asked to. Its clock stands still while it computes, so that the time is
// taken outside.
import { peers } from "../peers.mjs";
import { kinds } from "./whole.mjs";

const clients = new Map();

export default {
  async fetch(request) {
    const { peer, call, calls, agentId, ...options } = await request.json();
    if (!clients.has(peer)) clients.set(peer, peers[peer].make(options));
    for (let made = 0; made < calls; made++) await kinds[call](clients.get(peer), agentId);
    return new Response("done");
  },
};
