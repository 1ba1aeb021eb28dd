// The habits of the ways to mount the adapter, against recordings of each.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";
import { Replay, recordings } from "./replay.mjs";

const USERS = [
  ...["--user", "user-1=u@x.test=U", "--user", "root=root@x.test=root", "--user", "victim=victim@x.test=victim"],
  ...["--admin", "root"],
];

/** Replays the exchanges whose name fits, on a server of that mount. */
function mounted(mount, cases) {
  describe(`--mount ${mount}`, () => {
    for (const { file, pattern, except = /^$/, exceptPath = /^$/, prefix = "", email, options = [] } of cases) {
      describe(`${file} ${pattern}`, () => {
        let server;
        let replay;
        before(async () => {
          server = await startServer("--mount", mount, "--no-cors", ...USERS, ...options);
          replay = new Replay(server, { base: new URL(server.baseUrl).origin + prefix });
          replay.names.set("Bearer <admin JWT>", `Bearer ${await signedIn()}`);
          for (const { request } of recordings(file)) {
            const [token] = /eyJ\S+/.exec(request.headers.Authorization ?? "") ?? [];
            if (token) replay.names.set(token, replay.names.get("Bearer <admin JWT>").slice("Bearer ".length));
          }
        });
        after(() => server.stop());
        const chosen = recordings(file).filter(
          ({ name, request }) => pattern.test(name) && !except.test(name) && !exceptPath.test(request.path),
        );
        for (const recording of chosen) it(recording.name, () => replay.check(recording));
        it("is recorded", () => assert.ok(chosen.length > 0));

        // Under some mounts nobody can sign in.
        async function signedIn() {
          if (!email) return "none";
          const signingIn = new Replay(server, { base: server.baseUrl });
          return (await signingIn.signIn(email)).session.token;
        }
      });
    }
  });
}

const METADATA = ["--public-url", "http://a.test", "--mcp-issuer", "http://a.test", "--mcp-scope", ""];
const matrix = (pattern, more) => ({ file: "10-adapters-matrix", pattern, prefix: "/api/kavach", ...more });
const mounts = (pattern, more) => ({ file: "10-mounts-per-adapter", pattern, ...more });

mounted("next", [
  mounts(/^next /, { email: "u@x.test", options: METADATA, exceptPath: /authorize\/github$/ }),
  ...["nextjs", "solidstart", "tanstack"].map((name) =>
    matrix(new RegExp(`^${name} `), { email: "root@x.test", except: / PUT / }),
  ),
  { file: "10-next-silent-failures", pattern: /^next /, email: "root@x.test", exceptPath: /users$/ },
]);

mounted("sveltekit", [
  matrix(/^sveltekit /, { except: / PUT / }),
  matrix(/^astro /),
  matrix(/^nuxt /, { exceptPath: /mcp/ }),
]);

mounted("fastify", [mounts(/^fastify .*\/api\/kavach$/, { options: METADATA })]);
mounted("route", [
  mounts(/^express at \/api\/kavach$/, { exceptPath: /verify-email/ }),
  mounts(/^express AS metadata \/api/, { options: METADATA }),
]);
mounted("mount", [mounts(/^hono mount/, { email: "u@x.test" })]);

describe("Hono's route() and mount()", () => {
  for (const [mount, pattern] of [
    ["route", /^routed/],
    ["mount", /^mounted/],
  ]) {
    it(mount, async (context) => {
      const server = await startServer("--mount", mount, "--no-cors");
      context.after(() => server.stop());
      const replay = new Replay(server);
      const under = new Replay(server, { base: server.baseUrl });
      await under.post("/auth/sign-up", { email: "a@x.test", password: "password-1", name: "Ann" });
      const chosen = recordings("01-session").filter(({ name }) => pattern.test(name));
      if (mount === "mount") {
        replay.names.set(
          /eyJ\S+/.exec(chosen[0].request.headers.Authorization)[0],
          (await under.signIn("a@x.test")).session.token,
        );
      }
      for (const recording of chosen) await replay.check(recording);
      assert.ok(chosen.length > 1);
    });
  }
});
