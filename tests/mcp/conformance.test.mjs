// The official conformance tests for the authorization of clients, on the official client and `kavachos-wasm/mcp-client`.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Project } from "../matrix/project.mjs";

const source = fileURLToPath(new URL("./consumer/", import.meta.url));
const NODE_22 = `node-${process.platform}-${process.arch}`; // The tests need it.
const packages = {
  ...{ "@modelcontextprotocol/conformance": "0.1.16", "@modelcontextprotocol/sdk": "1.32.2", zod: "4.6.7" },
  [NODE_22]: "22.23.3",
};
// Stricter than these: the document must be about exactly the URL, unless an option says otherwise; and a client that registers itself
// is a public one, whose secret nobody can keep.
const REFUSED = {
  "auth/metadata-var2": "DISCOVERY_FAILED",
  "auth/token-endpoint-auth-basic": "REGISTRATION_FAILED",
  "auth/token-endpoint-auth-post": "REGISTRATION_FAILED",
};

describe("the conformance tests for clients", () => {
  let output;
  let scenarios;
  before(async () => {
    const project = new Project({ name: "mcp-conformance", source, packages }, {});
    await project.prepare();
    const node = join(project.directory, "node_modules", NODE_22, "bin/node");
    const program = join(project.directory, "node_modules/@modelcontextprotocol/conformance/dist/index.js");
    const command = `${node} ${join(project.directory, "conformance.mjs")}`;
    const results = join(project.directory, "results");
    const args = [program, "client", "--suite", "auth", "--command", command, "--timeout", "120000", "-o", results];
    // It ends with a failure, as some are refused.
    output = await project.exec("sh", ["-c", '"$@" || true', "sh", node, ...args], { both: true });
    const summary = output.slice(output.indexOf("=== SUITE SUMMARY"));
    scenarios = new Map(
      [...summary.matchAll(/^(\S) (auth\/\S+): (\d+) passed/gm)].map(([, mark, name]) => [name, mark]),
    );
  });

  it("pass, but for those that this client refuses", () => {
    assert.ok(scenarios.size >= 14, output);
    const failed = [...scenarios].filter(([, mark]) => mark !== "✓").map(([name]) => name);
    assert.deepEqual(failed.sort(), Object.keys(REFUSED).sort(), output);
    const codes = [...output.matchAll(/\bcode: '([A-Z]+_[A-Z]+)'/g)].map(([, code]) => code);
    // What scope-retry-limit looks for is that the client gives up.
    assert.deepEqual(codes.sort(), [...Object.values(REFUSED), "INSUFFICIENT_SCOPE"].sort(), output);
    for (const name of ["metadata-default", "scope-step-up", "scope-retry-limit", "basic-cimd", "pre-registration"])
      assert.equal(scenarios.get(`auth/${name}`), "✓");
  });
});
