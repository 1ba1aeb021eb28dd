// Stand-ins of the services behind the adapters, for unit tests.

/** Redis, as far as it is used. */
export function fakeRedis() {
  const entries = new Map();
  const find = (key) => (entries.get(key)?.until > Date.now() ? entries.get(key).value : null);
  return {
    async call(name, key, value, px, milliseconds, flag) {
      if (name === "GET") return find(key);
      if (px !== "PX" || !Number.isInteger(milliseconds)) throw new Error("syntax error");
      if (flag === "NX" && find(key) !== null) return null;
      entries.set(key, { value: `${value}`, until: Date.now() + milliseconds });
      return "OK";
    },
  };
}

/** The REST API of Upstash in front of it. */
export const restOf = (redis) => async (_, init) => {
  if (init.headers.Authorization !== "Bearer t") return new Response("", { status: 401 });
  return Response.json({ result: await redis.call(...JSON.parse(init.body)) });
};

/** Deno KV, whose entries outlive their expiry. */
export function fakeDenoKv() {
  const entries = new Map();
  let stamps = 0;
  const get = async (key) => entries.get(`${key}`) ?? { value: null, versionstamp: null };
  const set = async (key, value) => void entries.set(`${key}`, { value, versionstamp: `${++stamps}` });
  return {
    get,
    set,
    atomic() {
      let [check, write] = [];
      const change = {
        check(one) {
          check = one;
          return change;
        },
        set(...given) {
          write = given;
          return change;
        },
        async commit() {
          if ((entries.get(`${check.key}`)?.versionstamp ?? null) !== check.versionstamp) return { ok: false };
          set(...write);
          return { ok: true };
        },
      };
      return change;
    },
  };
}

/** Durable Objects of a class, each with its own storage; one request at a time. */
export function fakeDurableObjects(Class) {
  const all = new Map();
  return {
    all,
    idFromName: (name) => name,
    get(id) {
      if (!all.has(id)) {
        const entries = new Map();
        const storage = {
          entries,
          alarm: null,
          get: async (key) => entries.get(key),
          put: async (key, value) => void entries.set(key, value),
          delete: async (key) => entries.delete(key),
          list: async () => new Map(entries),
          getAlarm: async () => storage.alarm,
          setAlarm: async (time) => {
            storage.alarm = time;
          },
        };
        all.set(id, { object: new Class({ storage }), storage, last: Promise.resolve() });
      }
      const one = all.get(id);
      return {
        fetch: (url, init) => {
          const answer = one.last.then(() => one.object.fetch(new Request(url, init)));
          one.last = answer.catch(() => {});
          return answer;
        },
      };
    },
  };
}

/** Cloudflare KV. */
export function fakeKv() {
  const entries = new Map();
  return {
    get: async (key) => entries.get(key) ?? null,
    async put(key, value, { expirationTtl }) {
      if (!(expirationTtl >= 60)) throw new Error("Invalid expiration_ttl");
      this.ttl = expirationTtl;
      entries.set(key, value);
    },
  };
}
