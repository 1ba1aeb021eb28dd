// The guard, tried in a Worker.
import * as sdk from "kavachos-wasm";
import * as guard from "kavachos-wasm/guard";
import * as local from "kavachos-wasm/permissions";
import { runGuard } from "./guard/run.mjs";

export default {
  async fetch(request) {
    return Response.json(await runGuard({ sdk, guard, local }, await request.json(), shown));
  },
};

// What a Worker's log shows of a value: its own members, and theirs.
function shown(value) {
  const seen = new Set();
  const text = (one, depth) => {
    if (typeof one !== "object" || one === null || seen.has(one) || depth > 6) return String(one);
    seen.add(one);
    return Object.entries(one)
      .map(([name, member]) => `${name}: ${text(member, depth + 1)}`)
      .join("\n");
  };
  return text(value, 0);
}
