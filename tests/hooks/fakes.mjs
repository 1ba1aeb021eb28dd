// A session and a client in hand: who is signed in, and when and what the server answers, is up to the test.

/** A session whose state a test sets. */
export class FakeSession {
  state = { status: "loading" };
  listeners = new Set();
  usable = true;
  stops = 0;

  subscribe = (listener) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  token = async () => undefined;
  set(state) {
    this.state = state;
    for (const listener of [...this.listeners]) listener();
  }
  be(id, method = "magicLink") {
    this.set({ status: "signedIn", user: { id, email: `${id}@x.test` }, method });
  }
  leave(reason = "signedOut") {
    this.set({ status: "signedOut", reason });
  }
  async signIn({ email, password }) {
    if (password !== "password-1") throw Object.assign(new Error("That is not it."), { code: "INVALID_CREDENTIALS" });
    if (this.usable) this.be(email.split("@")[0], "password");
    return { user: { email }, session: { usable: this.usable } };
  }
  async signUp({ email, password, name }) {
    this.name = name;
    return this.signIn({ email, password });
  }
  async signOut() {
    this.leave();
  }
  async refresh() {
    this.refreshed = true;
  }
  stop() {
    this.stops++;
  }
}

/** A client whose answers wait until the test gives them. */
export class FakeClient {
  /** The questions, in order: `{ name, given, answer(value), fail(error) }`. */
  asked = [];
  ask(name, ...given) {
    return new Promise((resolve, reject) => {
      this.asked.push({ name, given, answer: resolve, fail: reject });
    });
  }
  authorize = (...given) => this.ask("authorize", ...given);
  agents = Object.fromEntries(
    ["list", "create", "revoke", "rotate"].map((name) => [name, (...given) => this.ask(name, ...given)]),
  );
  /** The log, newest first. */
  log = [];
  /** How many entries are given out before the iteration fails. */
  failAfter = Infinity;
  iterations = [];
  audit = {
    iterate: (filters) => {
      const iteration = { filters, isOver: false };
      this.iterations.push(iteration);
      const entries = [...this.log];
      let given = 0;
      return {
        [Symbol.asyncIterator]() {
          return this;
        },
        next: async () => {
          await undefined;
          if (iteration.isOver) return { done: true, value: undefined };
          if (given === this.failAfter) throw new Error("The log is not there.");
          const done = given >= entries.length;
          return { done, value: entries[given++] };
        },
        return: async () => {
          iteration.isOver = true;
          return { done: true, value: undefined };
        },
      };
    },
  };
  /** Answers the last question. */
  async answer(value) {
    this.asked.at(-1).answer(value);
    await settled();
  }
}

/** Lets all that is ready run. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The options of hooks over both, and what fails the test if it is used. */
export function fakes() {
  const session = new FakeSession();
  const kavach = new FakeClient();
  const never = () => {
    throw new Error("nothing is to be made");
  };
  return {
    session,
    kavach,
    options: { session, kavach, agentId: "agent-1" },
    never: { client: never, session: never },
  };
}
