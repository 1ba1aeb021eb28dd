// The installed package, the local server, and a page at its origin: what the hooks of each framework are tested on.
import { startServer } from "../suite/server.mjs";

/** Starts the local server, and makes a page that has it at `/api/kavach`, as a site of one's own would. */
export async function world() {
  const server = await startServer("--dialect", "adapter", "--password-sessions", "refused");
  const { origin, pathname } = new URL(server.baseUrl);
  process.env.KAVACHOS_PAGE = `${origin}/`;
  const page = await import("./dom.mjs");
  const { KavachClient } = await import(process.env.KAVACHOS_PACKAGE);
  const entry = async (name) => import(process.env.KAVACHOS_PACKAGE.replace(/index\.js$/, `${name}.js`));

  /** Signs a person in by the link in a mail. */
  async function signIn(session, email) {
    await session.magicLink.send(email);
    const { mails } = await (await fetch(`${origin}/__outbox?to=${email}&kind=magic-link`)).json();
    await session.magicLink.verify(mails.at(-1).token);
  }
  const { createSession } = await entry("session");
  const makeSession = (options) => createSession(new KavachClient({ baseUrl: server.baseUrl }), options);
  return { server, basePath: pathname, page, KavachClient, entry, signIn, makeSession };
}

/** Waits until a condition holds. */
export async function until(holds, what) {
  for (let turn = 0; turn < 500; turn++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`it never came: ${what}`);
}

export const agent = (name, ownerId) => ({
  name,
  ownerId,
  type: "autonomous",
  permissions: [{ resource: "file:*", actions: ["read"] }],
});
