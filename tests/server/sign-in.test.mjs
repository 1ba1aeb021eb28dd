// Signing in at the local server: the time tells nothing about accounts, passwords are hashed a few at a time, and addresses
// are compared as the official server compares them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";

const sdk = await import(process.env.KAVACHOS_PACKAGE);
const PASSWORD = "long enough";
const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

for (const dialect of ["sdk", "adapter"]) {
  describe(`signing in (${dialect})`, () => {
    let server;
    let kavach;
    const wrong = (email, password = "not the password") =>
      assert.rejects(kavach.auth.signIn({ email, password }), sdk.AuthenticationError);
    before(async () => {
      server = await startServer("--dialect", dialect);
      kavach = new sdk.KavachClient({ baseUrl: server.baseUrl, dialect, maxRetries: 0 });
      await kavach.auth.signUp({ email: "known@example.com", password: PASSWORD });
    });
    after(() => server.stop());

    it("takes as long for an address that is unknown, or has no password, as for a known one", async () => {
      const times = { known: [], unknown: [], "without password": [] };
      const emails = {
        ...{ known: "known@example.com", unknown: "unknown@example.com" },
        "without password": "user-123@example.com",
      };
      for (let round = 0; round < 9; round += 1) {
        for (const [name, email] of Object.entries(emails)) {
          const began = performance.now();
          await wrong(email);
          times[name].push(performance.now() - began);
        }
      }
      const known = median(times.known);
      for (const name of ["unknown", "without password"]) {
        const ratio = median(times[name]) / known;
        assert.ok(ratio > 0.6 && ratio < 1.7, `${name}: ${ratio.toFixed(2)} of the time of a known one (${known} ms)`);
      }
    });

    it("compares addresses exactly", async () => {
      const signUp = (email) => kavach.auth.signUp({ email, password: PASSWORD });
      const { user } = await signUp("Ann@Example.com");
      await assert.rejects(signUp("Ann@Example.com"), { statusCode: 409 });
      await wrong("ann@example.com", PASSWORD);
      const other = await signUp("ann@example.com");
      assert.notEqual(other.user.id, user.id, "another case is another account");
      assert.equal((await kavach.auth.signIn({ email: "Ann@Example.com", password: PASSWORD })).user.id, user.id);
      for (const email of [" Ann@Example.com", "Ann@Example.com ", "Ann@Example.com\0", "%", "Ann@Example.co_"]) {
        await wrong(email, PASSWORD);
      }
    });

    it("takes the addresses that the official server takes", async () => {
      const signUp = async (email) => {
        const body = JSON.stringify({ email, password: PASSWORD });
        const path = dialect === "sdk" ? "/sign-up/email" : "/auth/sign-up";
        const headers = { "content-type": "application/json" };
        return (await fetch(server.baseUrl + path, { method: "POST", headers, body })).status;
      };
      const space = ["a b@c.d", "a@b .c", " a@b.c", "a@b.c\n", "a\u00a0@b.c", "a\ufeff@b.c", "a\u2003@b.c"];
      for (const email of ["", "a", "@b.c", "a@", "a@b", "a@.c", "a@b.", "a@b@c.d", "a@@b.c", ...space]) {
        assert.equal(await signUp(email), 400, JSON.stringify(email));
      }
      for (const email of ["a@b.c", "a@..c", "a@b..", "ä@b.c", "a@b.😀", "a\u0085@b.c", `${"a".repeat(300)}@b.c`]) {
        assert.equal(await signUp(email), 201, JSON.stringify(email));
      }
    });

    it("counts the characters of a password as JavaScript does", async () => {
      const signUp = (email, password) => kavach.auth.signUp({ email, password });
      await assert.rejects(signUp("b@example.com", "1234567"), { statusCode: 400 });
      await signUp("b@example.com", "😀😀😀😀");
      await assert.rejects(signUp("c@example.com", "😀".repeat(65)), { statusCode: 400 });
    });
  });
}

describe("many sign-ins at once", () => {
  it("are all answered, with little memory, while others are", async (context) => {
    const server = await startServer("--seed");
    context.after(() => server.stop());
    const kavach = new sdk.KavachClient({ baseUrl: server.baseUrl, maxRetries: 0 });
    await kavach.auth.signUp({ email: "known@example.com", password: PASSWORD });
    let open = true;
    const signIns = Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        number % 2
          ? kavach.auth.signIn({ email: "known@example.com", password: PASSWORD }).then(() => "in")
          : kavach.auth
              .signIn({ email: `${number}@example.com`, password: PASSWORD })
              .catch((error) => error.statusCode),
      ),
    ).finally(() => {
      open = false;
    });
    const times = [];
    while (open) {
      const began = performance.now();
      assert.equal((await kavach.agents.list()).length, 3);
      times.push(performance.now() - began);
    }
    assert.deepEqual(
      await signIns,
      Array.from({ length: 50 }, (_, number) => (number % 2 ? "in" : 401)),
    );
    assert.ok(times.length > 5 && median(times) < 250, `${times.length} others, ${median(times)} ms`);
    // 50 hashes at once would take 950 MiB.
    if (process.platform === "linux") {
      const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"));
      assert.ok(kilobytes < 250 * 1024, `${kilobytes} kB`);
    }
  });
});
