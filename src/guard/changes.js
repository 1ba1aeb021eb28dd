// Notices what a client changes on the server, so that decisions from before are not kept.

const CHANGING = { agents: ["update", "revoke", "rotate"], delegation: ["create", "revoke"] };
const known = new WeakMap();

/**
 * `{ count }`, which grows whenever a method of this client that changes decisions is called, and when it settles: in
 * between nobody can know which decisions are old. The methods of this one client are replaced by ones that count.
 */
export function changesOf(kavach) {
  const changes = known.get(kavach.agents) ?? { count: 0 };
  if (isWatchable(kavach.agents) && !known.has(kavach.agents)) {
    known.set(kavach.agents, changes);
    for (const [area, names] of Object.entries(CHANGING)) for (const name of names) count(kavach[area], name, changes);
  }
  return changes;
}

function isWatchable(area) {
  return typeof area === "object" && area !== null;
}

function count(area, name, changes) {
  const method = area?.[name];
  if (typeof method !== "function") return;
  const value = function (...given) {
    const grow = () => {
      changes.count++;
    };
    grow();
    const answer = Reflect.apply(method, this, given);
    Promise.resolve(answer).then(grow, grow);
    return answer;
  };
  Object.defineProperty(area, name, { value, configurable: true, writable: true });
}
