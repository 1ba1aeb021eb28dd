// What every entry says where the page's policy forbids WebAssembly, read from the page where it was shown.
import { scan } from "./node_modules/kavachos-wasm/audit.js";
import { KavachClient, KavachError } from "./node_modules/kavachos-wasm/index.js";
import { evaluate } from "./node_modules/kavachos-wasm/permissions.js";
import { ready } from "./node_modules/kavachos-wasm/slim.js";

const uses = {
  client: () => new KavachClient({ baseUrl: "/api/kavach" }).agents.list(),
  slim: () => ready(),
  permissions: async () => evaluate([], { action: "read", resource: "r" }),
  audit: async () => scan(new KavachClient({ baseUrl: "/api/kavach" })),
};

globalThis.report = (async () => {
  const results = {};
  for (const [name, use] of Object.entries(uses)) {
    const error = await use().catch((error) => error);
    const place = document.querySelector("#problem");
    place.textContent = error.message;
    const known = error instanceof KavachError;
    results[name] = { name: error.name, code: error.code, known, shown: place.textContent };
  }
  const whole = { results, noise: [], agent: navigator.userAgent };
  await fetch("/report", { method: "POST", body: JSON.stringify(whole) });
  return whole;
})();
