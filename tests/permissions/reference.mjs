// The rules of the permission engine, read plainly: slow, without an index, and with nothing of the engine in it.
//
// `server` is what the running server does; `strict` what the public documentation says.

const isPart = (pattern, segment) => pattern === "*" || pattern === segment;

const reaches = {
  server(pattern, resource) {
    const [wanted, given] = [pattern.split(":"), resource.split(":")];
    for (let at = 0; at < wanted.length; at++) {
      if (wanted[at] === "*") return true;
      if (at >= given.length || wanted[at] !== given[at]) return false;
    }
    return wanted.length === given.length;
  },
  strict(pattern, resource) {
    if (pattern === "*") return true;
    const [wanted, given] = [pattern.split(":"), resource.split(":")];
    return wanted.length === given.length && wanted.every((segment, at) => isPart(segment, given[at]));
  },
};

const acts = (actions, action) => actions.includes(action) || actions.includes("*");

// Negative if the first of two permissions that match is the more specific.
function moreSpecific(one, other, action) {
  if (one.resource === "*" || other.resource === "*") {
    if (one.resource !== other.resource) return one.resource === "*" ? 1 : -1;
  } else {
    const [a, b] = [one.resource.split(":"), other.resource.split(":")];
    for (let at = 0; at < a.length; at++) {
      if (a[at] === "*" && b[at] !== "*") return 1;
      if (a[at] !== "*" && b[at] === "*") return -1;
    }
  }
  return Number(other.actions.includes(action)) - Number(one.actions.includes(action));
}

export function deciding(permissions, { action, resource }, mode) {
  const matching = permissions
    .map((rule, index) => ({ rule, index }))
    .filter(({ rule }) => reaches[mode](rule.resource, resource) && acts(rule.actions, action));
  if (mode === "strict") matching.sort((a, b) => moreSpecific(a.rule, b.rule, action) || a.index - b.index);
  return matching[0];
}

const globs = (pattern) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", "[^]*")
      .replaceAll("?", "[^]")}$`,
    "u",
  );

const number = (text) => Number.parseInt(text, 10);

function ipv4(text) {
  const octets = text.split(".").map(number);
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255))) return undefined;
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

function isOn(entry, ip) {
  if (!entry.includes("/")) return entry === ip;
  const at = entry.indexOf("/");
  const bits = number(entry.slice(at + 1));
  const [network, address] = [ipv4(entry.slice(0, at)), ipv4(ip)];
  if (!(bits >= 0 && bits <= 32) || network === undefined || address === undefined) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(network / size) === Math.floor(address / size);
}

const minuteOf = (text) => (/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text) ? text : undefined);

function isWithin({ start, end }, now, mode) {
  if (mode === "server") return start <= now && now <= end;
  if (minuteOf(start) === undefined || minuteOf(end) === undefined) return false;
  return start <= end ? start <= now && now <= end : now >= start || now <= end;
}

// The time of day in a zone that is a fixed number of minutes ahead of UTC.
function clock(now, ahead) {
  return new Date(now + ahead * 60_000).toISOString().slice(11, 16);
}

// Each constraint in the server's order: a reason why not, `{ needs }` if that is not known, or nothing.
const checks = {
  maxCallsPerHour(limit, { resource }, { calls }) {
    if (limit === 0) return undefined;
    if (calls === undefined) return { needs: "callsInLastHour" };
    if (calls >= limit) return `Rate limit exceeded: ${calls}/${limit} calls per hour for resource "${resource}"`;
  },
  allowedArgPatterns(patterns, { arguments: given }, _, mode) {
    if (given === undefined) return undefined;
    const texts = Object.entries(given).filter(([, value]) => typeof value === "string");
    if (mode === "strict") {
      const wrong = texts.find(([, value]) => !patterns.some((pattern) => globs(pattern).test(value)));
      if (!wrong || patterns.length === 0) return undefined;
      return `Argument "${wrong[0]}" value "${wrong[1]}" does not match any allowed pattern`;
    }
    for (const pattern of patterns) {
      let expression;
      try {
        expression = new RegExp(pattern);
      } catch (error) {
        return error.message;
      }
      for (const [name, value] of texts) {
        if (!expression.test(value)) return `Argument "${name}" value "${value}" does not match pattern "${pattern}"`;
      }
    }
  },
  requireApproval(asked) {
    if (asked) return "This action requires human approval before execution";
  },
  timeWindow(window, _, { now, zone }, mode) {
    if (mode === "server" && zone === undefined) return { needs: "timezone" };
    if (!isWithin(window, clock(now, mode === "server" ? zone.ahead : 0), mode))
      return `Action is only allowed between ${window.start} and ${window.end}${mode === "strict" ? " UTC" : ""}`;
  },
  ipAllowlist(list, _, { ip }) {
    if (list.length === 0) return undefined;
    if (ip === undefined) return { needs: "ip" };
    if (ip === null || ip === "")
      return "IP_NOT_ALLOWED: No IP address provided; resource requires an IP allowlist match";
    if (!list.some((entry) => isOn(entry, ip)))
      return `IP_NOT_ALLOWED: IP "${ip}" is not in the allowlist for this resource`;
  },
};

export function decide(permissions, request, known, mode) {
  const permission = deciding(permissions, request, mode);
  if (!permission) {
    const agent = known.agentName === undefined ? "" : `agent "${known.agentName}" `;
    return {
      allowed: false,
      reason: `No permission grants ${agent}access to "${request.action}" on "${request.resource}"`,
    };
  }
  const verdicts = Object.entries(checks).map(([constraint, check]) => {
    const made = permission.rule.constraints?.[constraint] ?? undefined;
    return { constraint, verdict: made === undefined ? undefined : check(made, request, known, mode) };
  });
  const failed = verdicts.find(({ verdict }) => typeof verdict === "string");
  if (failed) return { allowed: false, reason: failed.verdict, permission, constraint: failed.constraint };
  const unknown = verdicts.filter(({ verdict }) => verdict !== undefined);
  if (unknown.length === 0) return { allowed: true, permission };
  const needs = unknown.map(({ verdict }) => verdict.needs);
  const reason =
    needs.join() === "ip"
      ? "IP_NOT_ALLOWED: No IP address provided; resource requires an IP allowlist match"
      : `Cannot be decided here without ${needs.join(", ")}`;
  return { allowed: false, reason, permission, constraint: unknown[0].constraint, needs };
}

// Whether one permission may be delegated by the holder of the other.
export function covers(parent, child) {
  const [above, below] = [parent.resource.split(":"), child.resource.split(":")];
  const star = above.indexOf("*");
  const named = star === -1 ? above : above.slice(0, star);
  const isAbove = named.length <= below.length && named.every((segment, at) => segment === below[at]);
  return isAbove && child.actions.every((action) => acts(parent.actions, action));
}
