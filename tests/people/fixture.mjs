// What the tests of people run against: a local server with administrators, and people who are signed in on it.
import { createHmac } from "node:crypto";
import { startServer } from "../suite/server.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
export const sdk = await import(entry);
export const { createPeople } = await import(new URL("./people.js", entry));
export const guards = await import(new URL("./guard.js", entry));

/** Starts a server. `origin` is its root, where the outbox is. */
export async function start(...options) {
  const server = await startServer("--dialect", "adapter", "--admin", "root@x.test", ...options);
  return { ...server, origin: new URL(server.baseUrl).origin };
}

/** Signs in by a code that the server mails. Resolves to the token of the session. */
export async function signIn({ baseUrl, origin }, email) {
  const post = (path, body) =>
    fetch(`${baseUrl}${path}`, {
      ...{ method: "POST", headers: { "Content-Type": "application/json" } },
      body: JSON.stringify(body),
    });
  await post("/auth/email-otp/send", { email });
  const outbox = await (await fetch(`${origin}/__outbox?to=${encodeURIComponent(email)}&kind=email-otp`)).json();
  const { code } = outbox.mails.at(-1);
  const signedIn = await (await post("/auth/email-otp/verify", { email, code })).json();
  return signedIn.session.token;
}

/** The client of a person, and the methods of people. */
export async function person(server, email, options) {
  const token = await signIn(server, email);
  const kavach = new sdk.KavachClient({ baseUrl: server.baseUrl, token, ...options });
  const { user } = await (await fetch(`${server.baseUrl}/auth/session`, bearer(token))).json();
  return { kavach, token, id: user.id, ...createPeople(kavach) };
}

export const bearer = (token) => ({ headers: { Authorization: `Bearer ${token}` } });

/** The code that an authenticator app shows (RFC 6238: SHA-1, 6 digits, 30 seconds). */
export function totp(secret, time = Date.now()) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = digest.at(-1) & 15;
  return `${(digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000}`.padStart(6, "0");
}
