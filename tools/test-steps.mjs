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
    name: "types-js",
    about: "tsc over the JavaScript that ships, strict",
    command: ["node", "tools/types-js.mjs"],
  },
  {
    name: "unit",
    about: "unit tests beside the JavaScript that ships, without a module",
    command: ["node", "--test", "src/host/"],
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
    name: "clippy-rust-client",
    about: "the Rust client is without lint and without panics, in WebAssembly",
    command: [
      ...["cargo", "clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"],
      ...["--no-default-features", "--features", "rust-client", "--", ...lints, ...shipped],
    ],
  },
  {
    name: "clippy-rust-native",
    about: "so is the Rust client on reqwest, with its tests and examples",
    command: [
      ...["cargo", "clippy", "--quiet", "--all-targets", "--no-default-features", "--features", "native"],
      ...["--", ...lints, ...elsewhere],
    ],
  },
  {
    name: "rust-docs",
    about: "the documentation of the Rust client builds without warnings",
    command: [
      ...["env", "RUSTDOCFLAGS=-D warnings"],
      ...["cargo", "doc", "--quiet", "--no-deps", "--lib", "--no-default-features", "--features", "native"],
    ],
  },
  {
    name: "rust-client",
    about:
      "the Rust client on faults, recorded exchanges and the local server, its tour and every example of its documentation",
    command: ["cargo", "test", "--quiet", "--no-default-features", "--features", "native"],
  },
  {
    name: "rust-client-wasm",
    about: "the Rust client in Node and headless Chromium by wasm-pack, on hostile fetches and the local server",
    command: ["node", "tools/rust-client.mjs"],
  },
  {
    name: "rust-examples",
    about: "a page in Leptos in Chromium, and a Worker in Rust in workerd, on the local server in both dialects",
    command: ["node", "--test", "tests/rust-examples/"],
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
    about: "the client in Node by wasm-pack, and its validation against the native one",
    command: [
      ...[
        "sh",
        "-c",
        'node tools/bundle-host.mjs && exec "$@"',
        "sh",
        "wasm-pack",
        "test",
        "--mode",
        "no-install",
        "--node",
        "--",
      ],
      ...["--features", "agreement", "--test", "boundary", "--test", "agreement"],
    ],
  },
  {
    name: "wasm-chromium",
    about: "the client in headless Chromium by wasm-pack",
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
    name: "session",
    about: "sessions of people: tabs and clocks in hand, events in any order, and the local server",
    command: ["node", "--test", "tests/session/"],
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
    about: "the arithmetic of the benches, and the size of the package",
    command: ["node", "--test", "tests/benches/"],
  },
];
