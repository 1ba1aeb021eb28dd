// Starts the examples for the edge as their users would: the packed package installed into a project, and the real runtime.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Project } from "../tests/matrix/project.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const NODE_22 = `node-${process.platform}-${process.arch}`;

/** For each runtime, how the example starts: resolves to `{ origin, stop, project }`. */
export const examples = {
  /** The Worker in workerd. With `binding`, the API is reached through a service binding, whatever the host in its URL. */
  async worker({ baseUrl, binding = false }) {
    const project = await prepared(binding ? "worker-binding" : "worker", "worker", { workerd: "1.20261117.1" });
    const options = ["--bundle", "--format=esm", "--conditions=workerd", "--external:*.wasm", "--outfile=bundle.js"];
    await project.exec("esbuild", ["worker/src/index.ts", ...options]);
    writeFileSync(join(project.directory, "config.capnp"), configuration(baseUrl, binding));
    const args = ["serve", "config.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
    const { found, stop } = await project.serve("workerd", args, /"event":"listen","socket":"http","port":(\d+)/);
    return { origin: `http://127.0.0.1:${found[1]}`, stop, project };
  },

  /** The Worker in `wrangler dev`, which wants Node.js 22. */
  async wrangler({ baseUrl }) {
    const project = await prepared("wrangler", "worker", { wrangler: "4.164.0", [NODE_22]: "22.23.3" });
    const node = join(project.directory, "node_modules", NODE_22, "bin/node");
    const wrangler = join(project.directory, "node_modules/wrangler/bin/wrangler.js");
    const dev = ["dev", "--ip=127.0.0.1", "--port=0", "--inspector-port=0", `--var=KAVACHOS_URL:${baseUrl}`];
    const args = [wrangler, ...dev, "-c", "worker/wrangler.toml"];
    const { found, stop } = await project.serve(node, args, /Ready on (http:\/\/[\w.:]+)/);
    return { origin: found[1], stop, project };
  },

  /** The Deno function, allowed to use the network and nothing else. */
  async deno({ baseUrl }) {
    const project = await prepared("deno", "deno", { deno: "2.9.6" });
    const env = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(project.directory, "cache") };
    const args = ["run", "--quiet", "--no-prompt", "--allow-net", "deno/main.ts", baseUrl, "0"];
    const { found, stop } = await project.serve("deno", args, /listening on (http:\/\/\S+)/, { env });
    return { origin: found[1], stop, project };
  },
};

// A project with the package installed, and the example in it beside what it shares with the other one.
async function prepared(name, example, packages) {
  const project = new Project({ name: `example-${name}`, source: join(here, "mcp"), packages }, {});
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

function configuration(baseUrl, binding) {
  const { host } = new URL(baseUrl);
  const bound = binding ? '(name = "AUTH", service = "auth"),' : "";
  const url = binding ? baseUrl.replace(host, "kavachos.internal") : baseUrl;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "tools", worker = (
      modules = [
        (name = "bundle.js", esModule = embed "bundle.js"),
        (name = "kavachos_wasm_bg.wasm", wasm = embed "node_modules/kavachos-wasm/kavachos_wasm_bg.wasm"),
      ],
      compatibilityDate = "2025-01-01",
      bindings = [${bound} (name = "KAVACHOS_URL", text = ${JSON.stringify(url)})],
    )),
    (name = "auth", external = (address = "${host}", http = ())),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", http = (), service = "tools")],
);
`;
}
