// Starts the examples for the edge as their users would: the packed package installed into a project, and the real runtime.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Project } from "../tests/matrix/project.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const NODE_22 = `node-${process.platform}-${process.arch}`;

const SDK = { "@modelcontextprotocol/sdk": "1.32.2", zod: "4.6.7" };

/**
 * For each runtime, how the example starts: resolves to `{ origin, stop, project }`. With `signingSecret`, users may call by access
 * tokens, each as one of `agents`.
 */
export const examples = {
  /** The Worker in workerd. With `binding`, the API is reached through a service binding, whatever the host in its URL. */
  async worker({ baseUrl, binding = false, signingSecret, agents = {} }) {
    const project = await prepared(binding ? "worker-binding" : "worker", "worker", { workerd: "1.20261117.1" });
    const port = await freePort();
    const options = ["--bundle", "--format=esm", "--conditions=workerd", "--external:*.wasm", "--outfile=bundle.js"];
    await project.exec("esbuild", ["worker/src/index.ts", ...options]);
    const { host } = new URL(baseUrl);
    const variables = {
      KAVACHOS_URL: binding ? baseUrl.replace(host, "kavachos.internal") : baseUrl,
      RESOURCE: `http://127.0.0.1:${port}/mcp`,
      AGENTS: JSON.stringify(agents),
      ...(signingSecret ? { MCP_SIGNING_SECRET: signingSecret } : {}),
    };
    writeFileSync(join(project.directory, "config.capnp"), configuration(host, binding, variables));
    const args = ["serve", "config.capnp", `--socket-addr=http=127.0.0.1:${port}`, "--control-fd=1"];
    const { found, stop } = await project.serve("workerd", args, /"event":"listen","socket":"http","port":(\d+)/);
    return { origin: `http://127.0.0.1:${found[1]}`, stop, project };
  },

  /** The Worker in `wrangler dev`, which wants Node.js 22. */
  async wrangler({ baseUrl }) {
    const project = await prepared("wrangler", "worker", { wrangler: "4.164.0", [NODE_22]: "22.23.3" });
    const node = join(project.directory, "node_modules", NODE_22, "bin/node");
    const wrangler = join(project.directory, "node_modules/wrangler/bin/wrangler.js");
    const port = await freePort();
    const dev = ["dev", "--ip=127.0.0.1", `--port=${port}`, "--inspector-port=0", `--var=KAVACHOS_URL:${baseUrl}`];
    const args = [wrangler, ...dev, `--var=RESOURCE:http://127.0.0.1:${port}/mcp`, "-c", "worker/wrangler.toml"];
    const { found, stop } = await project.serve(node, args, /Ready on (http:\/\/[\w.:]+)/);
    return { origin: found[1], stop, project };
  },

  /** The Deno server, allowed to use the network and nothing else. */
  async deno({ baseUrl, ...settings }) {
    const project = await prepared("deno", "deno", { deno: "2.9.6" });
    const env = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(project.directory, "cache") };
    const args = ["run", "--quiet", "--no-prompt", "--allow-net", "deno/main.ts"];
    const given = [baseUrl, `${await freePort()}`, JSON.stringify(settings)];
    const { found, stop } = await project.serve("deno", [...args, ...given], /listening on (http:\/\/\S+)/, { env });
    return { origin: found[1], stop, project };
  },
};

// A project with the package installed, and the example in it beside what it shares with the other one.
async function prepared(name, example, packages) {
  const project = new Project(
    { name: `example-${name}`, source: join(here, "mcp"), packages: { ...SDK, ...packages } },
    {},
  );
  await project.prepare();
  for (const folder of [example, "mcp"]) {
    mkdirSync(join(project.directory, folder), { recursive: true });
    cpSync(join(here, folder), join(project.directory, folder), {
      recursive: true,
      filter: (file) => !file.endsWith("package.json"), // The project's own says what is installed.
    });
  }
  return project;
}

/** A port that is free now: the tools must know where they are reached before they listen. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function configuration(host, binding, variables) {
  const bound = binding ? ['(name = "AUTH", service = "auth")'] : [];
  const texts = Object.entries(variables).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "tools", worker = (
      modules = [
        (name = "bundle.js", esModule = embed "bundle.js"),
        (name = "kavachos_wasm_bg.wasm", wasm = embed "node_modules/kavachos-wasm/kavachos_wasm_bg.wasm"),
      ],
      compatibilityDate = "2025-01-01",
      bindings = [${[...bound, ...texts].join(", ")}],
    )),
    (name = "auth", external = (address = "${host}", http = ())),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", http = (), service = "tools")],
);
`;
}
