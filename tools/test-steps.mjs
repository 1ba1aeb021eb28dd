// The checks that make up `./dev test`, two of which run at a time.
//
//   uses     what only one step at a time may use: cargo locks its target directory
//   seconds  about how long it takes with a core for itself, where that is long: the longest start first
//   alone    nothing may run beside it, because it measures what other work would change
//   quick    part of `./dev check`: seconds when warm, and neither a module nor a server is built for it
//   within   the step that runs the same and more: where all steps run, this one is left out
//   covers   paths that it tests: `./dev check` names the steps of `./dev test` that cover what has been touched

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
    quick: true,
    about: "Rust is formatted",
    command: ["cargo", "fmt", "--all", "--check"],
  },
  {
    name: "biome",
    quick: true,
    about: "JavaScript, TypeScript and JSON are formatted and without lint",
    command: ["biome", "ci", "--error-on-warnings", "."],
  },
  {
    name: "types-js",
    quick: true,
    about: "tsc over the JavaScript that ships, strict",
    command: ["node", "tools/types-js.mjs"],
  },
  {
    name: "unit",
    quick: true,
    within: "coverage",
    about: "unit tests beside the JavaScript that ships, without a module",
    command: ["node", "--test", "src/host/"],
  },
  {
    name: "tools",
    quick: true,
    about: "what runs these steps, and what checks prose",
    command: ["node", "--test", "tests/tools/"],
  },
  {
    name: "workflows",
    quick: true,
    about: "the workflows of .github are without mistakes and unsafe habits",
    command: ["node", "tools/workflows.mjs"],
  },
  {
    name: "prose",
    quick: true,
    about: "documents, comments and messages use the words of tools/prose/words.mjs",
    command: ["node", "tools/prose.mjs"],
  },
  {
    name: "rust-unit",
    seconds: 30,
    uses: ["cargo"],
    quick: true,
    about: "unit tests beside the Rust sources",
    command: ["cargo", "test", "--quiet", "--lib", "--features", "native-json"],
  },
  {
    name: "clippy-wasm",
    seconds: 15,
    quick: true,
    uses: ["cargo"],
    about: "the shipped code is without lint and without panics",
    command: ["cargo", "clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown", "--", ...lints, ...shipped],
  },
  {
    name: "clippy-permissions",
    seconds: 12,
    quick: true,
    uses: ["cargo"],
    about: "so is that of the module for deciding locally",
    command: [
      ...["cargo", "clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"],
      ...["--no-default-features", "--features", "permissions", "--", ...lints, ...shipped],
    ],
  },
  {
    name: "clippy-audit",
    seconds: 12,
    quick: true,
    uses: ["cargo"],
    about: "so is that of the module for audit logs",
    command: [
      ...["cargo", "clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"],
      ...["--no-default-features", "--features", "audit", "--", ...lints, ...shipped],
    ],
  },
  {
    name: "clippy-native",
    seconds: 40,
    quick: true,
    uses: ["cargo"],
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
    seconds: 15,
    quick: true,
    uses: ["cargo"],
    about: "the Rust client is without lint and without panics, in WebAssembly",
    command: [
      ...["cargo", "clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"],
      ...["--no-default-features", "--features", "rust-client", "--", ...lints, ...shipped],
    ],
  },
  {
    name: "clippy-rust-native",
    seconds: 40,
    quick: true,
    uses: ["cargo"],
    about: "so is the Rust client on reqwest, with its tests and examples",
    command: [
      ...["cargo", "clippy", "--quiet", "--all-targets", "--no-default-features", "--features", "native"],
      ...["--", ...lints, ...elsewhere],
    ],
  },
  {
    name: "rust-docs",
    seconds: 15,
    covers: ["src/rust_client/", "docs/rust-client.md"],
    uses: ["cargo"],
    about: "the documentation of the Rust client builds without warnings",
    command: [
      ...["env", "RUSTDOCFLAGS=-D warnings"],
      ...["cargo", "doc", "--quiet", "--no-deps", "--lib", "--no-default-features", "--features", "native"],
    ],
  },
  {
    name: "rust-client",
    seconds: 144,
    covers: ["src/rust_client/", "src/client/", "src/http/", "tests/rust_client/", "examples/", "docs/rust-client.md"],
    uses: ["cargo"],
    about:
      "the Rust client on faults, recorded exchanges and the local server, its tour and every example of its documentation",
    command: ["cargo", "test", "--quiet", "--no-default-features", "--features", "native"],
  },
  {
    name: "rust-client-wasm",
    seconds: 121,
    covers: ["src/rust_client/", "src/client/", "tests/rust_client/"],
    uses: ["cargo"],
    about: "the Rust client in Node and headless Chromium by wasm-pack, on hostile fetches and the local server",
    command: ["node", "tools/rust-client.mjs"],
  },
  {
    name: "npm-sources",
    seconds: 15,
    covers: ["src/", "Cargo.toml", "tests/npm-sources/"],
    uses: ["cargo"],
    about: "the modules of the npm package are compiled without a file or a crate of the Rust client",
    command: ["node", "--test", "tests/npm-sources/"],
  },
  {
    name: "rust-examples",
    seconds: 223,
    covers: ["src/rust_client/", "www-example/leptos", "www-example/rust-worker/", "tests/rust-examples/"],
    uses: ["cargo"],
    about: "a page in Leptos in Chromium, and a Worker in Rust in workerd, on the local server in both dialects",
    command: ["node", "--test", "tests/rust-examples/"],
  },
  {
    name: "native",
    seconds: 85,
    covers: [
      "src/http/",
      "src/client/",
      "src/endpoints/",
      "src/schema/",
      "src/permissions/",
      "src/scan/",
      "generated/",
      "tests/properties/",
      "tests/generated/",
      "tests/data/",
    ],
    uses: ["cargo"],
    about: "requests, dialects, answers, errors and permissions, and 180,000 property cases, without a browser",
    command: ["cargo", "test", "--quiet", "--features", "native-json"],
  },
  {
    name: "server",
    alone: true,
    covers: ["www-example/server/", "tests/server/", "src/permissions/"],
    about: "the local KavachOS server, against recordings of the real one and as a program",
    command: ["node", "--test", "tests/server/"],
  },
  {
    name: "testing",
    covers: ["src/host/testing/", "src/host/cli/", "tests/testing/", "www-example/server/"],
    about: "the server for tests, in memory and by npx, and the doctor",
    command: ["node", "--test", "tests/testing/"],
  },
  {
    name: "bindgen",
    seconds: 39,
    uses: ["cargo"],
    covers: ["tools/bindgen/", "dev"],
    about: "the small tool that builds the package without wasm-pack writes what wasm-bindgen does",
    command: ["node", "--test", "tests/bindgen/"],
  },
  {
    name: "coverage",
    seconds: 72,
    about: "how much of the JavaScript that ships its unit tests run, with a floor",
    covers: ["src/host/"],
    command: ["c8", "node", "--test", "src/host/"],
  },
  {
    name: "wasm-node",
    seconds: 38,
    covers: ["src/bindings/", "src/host/client/", "src/host/validate/", "src/schema/"],
    uses: ["cargo"],
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
    seconds: 39,
    covers: ["src/bindings/", "src/host/client/"],
    uses: ["cargo"],
    about: "the client in headless Chromium by wasm-pack",
    command: ["node", "tools/wasm-chromium.mjs"],
  },
  {
    name: "package",
    seconds: 79,
    covers: ["pkg-template/", "tools/", "src/host/", "README.md", "tests/package/", "tests/types/"],
    about: "the packed tarball, installed: entries, errors, types, hygiene",
    command: ["node", "--test", "tests/package/"],
  },
  {
    name: "calls",
    seconds: 27,
    covers: ["src/host/", "src/http/", "tests/calls/", "tests/data/calls/"],
    about: "retries, deadlines, tokens and observers, and that a call leaves nothing behind",
    command: ["node", "--test", "tests/calls/"],
  },
  {
    name: "arbitrary",
    seconds: 34,
    covers: ["src/host/", "src/endpoints/", "src/schema/", "tests/arbitrary/"],
    about:
      "48,000 calls (a tenth unless KAVACHOS_FULL=1) with arguments and options of every kind: refused by name, or sent well-formed",
    command: ["node", "--test", "tests/arbitrary/"],
  },
  {
    name: "faults",
    seconds: 100,
    covers: [
      "src/host/fetch/",
      "src/host/client/",
      "src/host/errors/",
      "src/host/timeout/",
      "src/http/",
      "tests/faults/",
    ],
    about: "a server and a fetch that fail in every way, in Node, Chromium and workerd",
    command: ["node", "--test", "tests/faults/"],
  },
  {
    name: "guard",
    seconds: 79,
    covers: [
      ...["src/host/guard/", "src/host/guard-session/", "src/host/adapters/", "src/host/hono/", "src/host/express/"],
      ...["src/host/next/", "tests/guard/"],
    ],
    about:
      "the guard on requests of every kind and servers that fail, in Node, Deno and workerd, and its adapters in their frameworks",
    command: ["node", "--test", "tests/guard/"],
  },
  {
    name: "compat",
    covers: ["src/host/compat/", "src/host/client/", "tests/compat/"],
    about: "what @kavachos/client promises, in both dialects of the local server",
    command: ["node", "--test", "tests/compat/"],
  },
  {
    name: "mcp",
    seconds: 110,
    covers: [
      ...[
        "src/host/mcp/",
        "src/host/mcp-client/",
        "src/mcp/",
        "src/host/adapters/",
        "src/host/hono/",
        "src/host/express/",
      ],
      ...["src/host/next/", "src/host/tools/", "tests/mcp/", "www-example/mcp/"],
    ],
    about:
      "guarded MCP servers and their clients in four runtimes, three frameworks and Chromium, and guarded tools of AI SDKs",
    command: ["node", "--test", "--test-concurrency=1", "tests/mcp/"],
  },
  {
    name: "webhooks",
    covers: ["src/host/webhooks/", "tests/webhooks/"],
    about: "webhooks that KavachOS signed, in three schemes, and the weight of what verifies them",
    command: ["node", "--test", "tests/webhooks/"],
  },
  {
    name: "stores",
    seconds: 30,
    covers: ["src/host/stores/", "src/stores/", "tests/stores/"],
    about:
      "stores on the services themselves: Durable Objects in workerd, Deno KV in Deno, Redis where it is installed",
    command: ["node", "--test", "tests/stores/"],
  },
  {
    name: "people",
    covers: ["src/host/people/", "src/host/guard-session/", "tests/people/"],
    about:
      "accounts, API keys, organizations and users: on recordings, and on the local server with each way to mount it",
    command: ["node", "--test", "tests/people/"],
  },
  {
    name: "session",
    seconds: 50,
    covers: ["src/host/session/", "src/host/session-methods/", "src/session/", "tests/session/"],
    about: "sessions of people: events in any order, recordings, the local server, and tabs of real browsers",
    command: ["node", "--test", "tests/session/"],
  },
  {
    name: "hooks",
    covers: [
      ...["src/host/hooks/", "src/host/react/", "src/host/vue/", "src/host/svelte/", "src/host/session/"],
      "tests/hooks/",
    ],
    about:
      "the hooks in React with StrictMode and on a server, in Vue, and in Svelte with stores and runes, on the local server",
    command: ["node", "--test", "tests/hooks/"],
  },
  {
    name: "panics",
    seconds: 10,
    covers: ["pkg-template/loading.js", "src/bindings/", "src/allocator", "tests/panics/"],
    uses: ["cargo"],
    about: "a module that is built to panic: calls reject, and the client works on",
    command: ["node", "--test", "tests/panics/"],
  },
  {
    name: "matrix",
    seconds: 240,
    covers: ["pkg-template/", "tools/assemble.mjs", "tests/matrix/", "tests/suite/"],
    about: "the behavioural suite in browsers, runtimes and bundlers (all of them: ./dev matrix)",
    command: ["node", "tests/matrix/matrix.mjs", "--quick"],
  },
  {
    name: "permissions",
    alone: true,
    covers: ["src/permissions/", "src/host/permissions/", "tests/permissions/"],
    about: "deciding locally: recorded decisions, and random ones against a plain reading of the rules",
    command: ["node", "--test", "tests/permissions/"],
  },
  {
    name: "audit",
    seconds: 203,
    covers: ["src/scan/", "src/host/audit/", "tests/audit/"],
    about:
      "audit logs of 100,000 entries (a tenth unless KAVACHOS_FULL=1) and exports of 50 MB: every filter, inserts meanwhile, memory, cancellation",
    command: ["node", "--expose-gc", "--test", "tests/audit/"],
  },
  {
    name: "parity",
    seconds: 44,
    covers: ["src/endpoints/", "src/host/client/", "tests/parity/"],
    about: "against the official Python SDK, and against recordings of the adapter",
    command: ["node", "--test", "tests/parity/"],
  },
  {
    name: "docs",
    seconds: 95,
    covers: ["README.md", "docs/", "tests/docs/"],
    about:
      "every code block of the README and the guides, compiled and run; the site, its links, its search and its playground",
    command: ["node", "--test", "tests/docs/"],
  },
  {
    name: "examples",
    seconds: 192,
    covers: ["www-example/", "tests/examples/"],
    about:
      "the quickstart in both dialects, its page in Chromium, the demo, guarded tools at the edge, and one for each framework",
    command: ["node", "--test", "tests/examples/"],
  },
  {
    name: "dashboard",
    seconds: 520,
    covers: ["www-example/dashboard", "tests/dashboard/"],
    about:
      "every page of the dashboard in Chromium against both dialects, with faults, and a walk through it in Firefox",
    command: ["node", "--test", "--test-concurrency=2", "tests/dashboard/"],
  },
  {
    name: "benches",
    covers: ["benches/", "tools/package-size.mjs", "tests/benches/"],
    about: "the arithmetic of the benches, and the size of the package",
    command: ["node", "--test", "tests/benches/"],
  },
];
