// The checks that make up `./dev test`.

const lints = ["-D", "warnings"];
const elsewhere = ["-A", "clippy::disallowed_macros"];
// What can panic has no place in code that ships: a panic poisons the instance.
const shipped = ["unwrap_used", "expect_used", "panic", "indexing_slicing"].flatMap((lint) => [
  "-D",
  `clippy::${lint}`,
]);

export const steps = [
  {
    name: "format",
    about: "Rust is formatted",
    command: ["cargo", "fmt", "--all", "--check"],
  },
  {
    name: "biome",
    about: "JavaScript, TypeScript and JSON are formatted and without lint",
    command: ["biome", "ci", "--error-on-warnings", "."],
  },
  {
    name: "clippy-wasm",
    about: "the shipped code is without lint and without panics",
    command: ["cargo", "clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown", "--", ...lints, ...shipped],
  },
  {
    name: "clippy-permissions",
    about: "so is that of the module for deciding locally",
    command: [
      ...["cargo", "clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"],
      ...["--no-default-features", "--features", "permissions", "--", ...lints, ...shipped],
    ],
  },
  {
    name: "host-permissions",
    about: "each file of the JavaScript around that module, without the module",
    command: ["node", "--test", "src/host/permissions/"],
  },
  {
    name: "types-permissions",
    about: "its types, under strict",
    command: ["tsc", "-p", "src/host/permissions"],
  },
  {
    name: "clippy-audit",
    about: "so is that of the module for audit logs",
    command: [
      ...["cargo", "clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"],
      ...["--no-default-features", "--features", "audit", "--", ...lints, ...shipped],
    ],
  },
  {
    name: "clippy-native",
    about: "tests and local server are without lint",
    command: [
      "cargo",
      "clippy",
      "--quiet",
      "--workspace",
      "--all-targets",
      "--features",
      "native-json",
      "--",
      ...lints,
      ...elsewhere,
    ],
  },
  {
    name: "native",
    about: "requests, dialects, answers, errors and permissions, and 180,000 property cases, without a browser",
    command: ["cargo", "test", "--quiet", "--features", "native-json"],
  },
  {
    name: "server",
    about: "the local KavachOS server, against recordings of the real one and as a program",
    command: ["node", "--test", "tests/server/"],
  },
  {
    name: "wasm-node",
    about: "the JavaScript boundary in Node, and its checks against the native ones",
    command: [
      ...["wasm-pack", "test", "--mode", "no-install", "--node", "--"],
      ...["--features", "agreement", "--test", "boundary", "--test", "agreement"],
    ],
  },
  {
    name: "wasm-chromium",
    about: "the JavaScript boundary in headless Chromium",
    command: ["node", "tools/wasm-chromium.mjs"],
  },
  {
    name: "package",
    about: "the packed tarball, installed: entries, errors, types, hygiene",
    command: ["node", "--test", "tests/package/"],
  },
  {
    name: "calls",
    about: "retries, deadlines, tokens and observers, and that a call leaves nothing behind",
    command: ["node", "--test", "tests/calls/"],
  },
  {
    name: "arbitrary",
    about: "48,000 calls with arguments and options of every kind: refused by name, or sent well-formed",
    command: ["node", "--test", "tests/arbitrary/"],
  },
  {
    name: "faults",
    about: "a server and a fetch that fail in every way, in Node, Chromium and workerd",
    command: ["node", "--test", "tests/faults/"],
  },
  {
    name: "guard",
    about: "the guard on requests of every kind and servers that fail, in Node, Deno and workerd",
    command: ["node", "--test", "tests/guard/"],
  },
  {
    name: "panics",
    about: "a module that is built to panic: calls reject, and the client works on",
    command: ["node", "--test", "tests/panics/"],
  },
  {
    name: "matrix",
    about: "the behavioural suite in browsers, runtimes and bundlers (all of them: ./dev matrix)",
    command: ["node", "tests/matrix/matrix.mjs", "--quick"],
  },
  {
    name: "permissions",
    about: "deciding locally: recorded decisions, and random ones against a plain reading of the rules",
    command: ["node", "--test", "tests/permissions/"],
  },
  {
    name: "audit",
    about: "audit logs of 100,000 entries and exports of 50 MB: every filter, inserts meanwhile, memory, cancellation",
    command: ["node", "--expose-gc", "--test", "tests/audit/"],
  },
  {
    name: "parity",
    about: "against the official Python SDK, and against recordings of the adapter",
    command: ["node", "--test", "tests/parity/"],
  },
  {
    name: "readme",
    about: "every code block of the README, compiled and run",
    command: ["node", "--test", "tests/readme/"],
  },
  {
    name: "examples",
    about:
      "the quickstart in both dialects, its page in Chromium, the demo with its traffic, and guarded tools at the edge",
    command: ["node", "--test", "tests/examples/"],
  },
  {
    name: "dashboard",
    about:
      "every page of the dashboard in Chromium against both dialects, with faults, and a walk through it in Firefox",
    command: ["node", "--test", "--test-concurrency=2", "tests/dashboard/"],
  },
  {
    name: "benches",
    about: "the arithmetic of the benches, and what weighs the package",
    command: ["node", "--test", "tests/benches/"],
  },
];
