// Random permissions, requests and surroundings: the same each time, from a small world so that they meet.

// A generator of numbers from 0 to 1 (mulberry32).
export function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SEGMENTS = ["a", "b", "c", "ab", "é", "😀", "", "*", "*", "a*", "**", " "];
const ACTIONS = ["read", "write", "*", "", "réad"];
const PATTERNS = ["^a", "b$", "", "a.c", "(", "[a-z]+", "*", "a*", "?b", "^(a|b)+$", "é", "[", "*.txt", "\\d"];
const TEXTS = ["", "a", "ab", "abc", "b", "é", "a.txt", "1", "x\ny", "(", "*", "😀b", "aXc"];
const TIMES = ["00:00", "09:00", "12:00", "17:00", "22:00", "23:59", "24:00", "9:00", "", "zz", "25:00", "12:60"];
const ENTRIES = ["10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "1.2.3.4/32", "::1", "10.0.0.0/33", "10.0.0.0/", "*", "10.0/8"];
const ADDRESSES = ["10.0.0.1", "10.200.1.1", "1.2.3.4", "::1", "010.0.0.1", " 10.0.0.9", "10.0.0.5x", "", "256.1.1.1"];
// Zones without summer time, and how many minutes they are ahead of UTC.
const ZONES = [
  { name: "UTC", ahead: 0 },
  { name: "Asia/Kolkata", ahead: 330 },
  { name: "America/Bogota", ahead: -300 },
  { name: "Pacific/Kiritimati", ahead: 840 },
];

export function cases(seed) {
  const random = generator(seed);
  const below = (end) => Math.floor(random() * end);
  const one = (list) => list[below(list.length)];
  const some = (list, most) => Array.from({ length: below(most + 1) }, () => one(list));
  const maybe = (chance, make) => (random() < chance ? make() : undefined);
  const resource = () => Array.from({ length: 1 + below(4) }, () => one(SEGMENTS)).join(":");
  const constraints = () => {
    const made = {
      maxCallsPerHour: maybe(0.3, () => below(4)),
      allowedArgPatterns: maybe(0.4, () => some(PATTERNS, 3)),
      requireApproval: maybe(0.2, () => random() < 0.5),
      timeWindow: maybe(0.3, () => ({ start: one(TIMES), end: one(TIMES) })),
      ipAllowlist: maybe(0.3, () => some(ENTRIES, 3)),
    };
    for (const name of Object.keys(made)) if (made[name] === undefined && random() < 0.8) delete made[name];
    return made;
  };
  const permission = () => {
    const made = { resource: resource(), actions: some(ACTIONS, 3) };
    if (random() < 0.5) made.constraints = random() < 0.1 ? null : constraints();
    return made;
  };
  return {
    permission,
    // Few are looked through, many are looked up: both have to come up often.
    permissions: () => Array.from({ length: random() < 0.5 ? below(8) : below(60) }, permission),
    request() {
      const request = { action: one(ACTIONS), resource: resource() };
      if (random() < 0.7) {
        const given = some(["x", "y", "2", "1", "é"], 3).map((name) => [name, one([...TEXTS, 5, null, ["a"], true])]);
        request.arguments = Object.fromEntries(given);
      }
      return request;
    },
    known: () => ({
      agentName: maybe(0.7, () => one(["agent", 'a "quoted" one', "é"])),
      ip: maybe(0.8, () => (random() < 0.1 ? null : one(ADDRESSES))),
      calls: maybe(0.8, () => below(5)),
      now: Date.UTC(2026, 0, 1) + below(366 * 24 * 60) * 60_000,
      zone: maybe(0.8, () => one(ZONES)),
    }),
  };
}

// What is known, as the package takes it.
export function contextOf({ agentName, ip, calls, now, zone }, mode) {
  return { agentName, ip, now, mode, timezone: zone?.name, callsInLastHour: calls };
}
