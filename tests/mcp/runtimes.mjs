// Where the guarded tools of www-example run: each starts them, and resolves to `{ origin, stop }`.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { examples, freePort } from "../../www-example/edge-examples.mjs";
import { Project } from "../matrix/project.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const tools = fileURLToPath(new URL("../../www-example/mcp/", import.meta.url));

export const SDK = "@modelcontextprotocol/sdk";
/** The clients: the latest, and one that speaks the version before 2025-06-18. */
export const CLIENTS = { [SDK]: "2025-11-25", "sdk-of-2025-03": "2025-03-26" };
const packages = { [SDK]: "1.32.2", "sdk-of-2025-03": "npm:@modelcontextprotocol/sdk@1.11.5", zod: "4.6.7" };

/** The project that the clients run in. */
export async function clients() {
  const project = new Project({ name: "mcp-clients", source: join(here, "consumer"), packages }, {});
  await project.prepare();
  return project;
}

async function served(command, more, { baseUrl, ...settings }) {
  const project = new Project(
    { name: `mcp-${command}`, source: join(here, "consumer"), packages: { ...packages, ...more } },
    {},
  );
  await project.prepare();
  const port = await freePort();
  const both = ["guard.ts", "server.ts"].map((file) => `export * from ${JSON.stringify(join(tools, file))};`);
  await build({
    stdin: { contents: both.join("\n"), resolveDir: project.directory },
    ...{ bundle: true, format: "esm", platform: "node", target: "es2022", packages: "external" },
    outfile: join(project.directory, "tools.mjs"),
  });
  const given = JSON.stringify({ baseUrl, resource: `http://127.0.0.1:${port}/mcp`, ...settings });
  const { found, stop } = await project.serve(command, ["serve.mjs", given, `${port}`], /listening on (http:\/\/\S+)/);
  return { origin: found[1], stop };
}

export const runtimes = {
  "Node.js": (settings) => served("node", {}, settings),
  Bun: (settings) => served("bun", { bun: "1.4.5" }, settings),
  Deno: (settings) => examples.deno(settings),
  workerd: (settings) => examples.worker(settings),
};
