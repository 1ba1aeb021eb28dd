// What browsers and MCP clients read of a response: CORS, and the challenge.
import { equal, rejects } from "../../suite/checks.mjs";
import { READ } from "./alone.mjs";
import { asks, authorizer } from "./authorizer.mjs";

const APP = "https://app.example";
const from = (origin, more = {}) => ({
  ...more,
  headers: { ...(origin === undefined ? {} : { Origin: origin }), ...more.headers },
});
const preflight = (origin = APP, more = {}) =>
  new Request("https://tools.example/", {
    ...from(origin, { method: "OPTIONS" }),
    headers: { Origin: origin, "Access-Control-Request-Method": "POST", ...more },
  });
const seen = ({ headers }) => ({
  origin: headers.get("access-control-allow-origin"),
  exposed: headers.get("access-control-expose-headers"),
  vary: headers.get("vary"),
});
const denying = (reason) => authorizer(() => ({ allowed: false, auditId: "a", reason }));
const challengeOf = async (guard, kavach, request, rule, options) =>
  (await guard.guard(kavach, request, rule, options)).response.headers.get("www-authenticate");

export const browsers = {
  async "cors: a preflight is answered before the gate"({ guard }) {
    const allows = [APP, [APP, "http://localhost:3000"], (origin) => origin === APP, async () => true, "*"];
    for (const cors of allows) {
      const kavach = authorizer();
      const found = await guard.guard(
        kavach,
        preflight(APP, { "Access-Control-Request-Headers": "authorization,x-a" }),
        READ,
        { cors },
      );
      const { headers, status } = found.response;
      equal([found.ok, found.reason, status, kavach.asked], [false, "preflight", 204, 0]);
      equal(seen(found.response), {
        ...{ origin: cors === "*" ? "*" : APP, exposed: null, vary: cors === "*" ? null : "Origin" },
      });
      equal(headers.get("access-control-allow-methods"), "POST");
      equal(headers.get("access-control-allow-headers"), "authorization,x-a");
      equal(Number(headers.get("access-control-max-age")) > 0, true);
      let refusals = 0;
      const fetch = guard.protect(kavach, READ, () => new Response("ran"), { cors, onRefusal: () => void refusals++ });
      equal([(await fetch(preflight())).status, refusals], [204, 0]);
    }
    for (const cors of ["https://other.example", [], () => "yes", () => 1, (origin) => origin === "x"]) {
      const { response } = await guard.guard(authorizer(), preflight(), READ, { cors });
      equal(
        [response.status, seen(response).origin, response.headers.get("access-control-allow-methods")],
        [204, null, null],
      );
    }
    // Without the option, or where it is no preflight, the gate decides.
    equal((await guard.guard(authorizer(), preflight(), READ)).reason, "missing_token");
    const plain = new Request("https://tools.example/", from(APP, { method: "OPTIONS" }));
    equal((await guard.guard(authorizer(), plain, READ, { cors: APP })).reason, "missing_token");
  },

  async "cors: refusals can be read by the origins that are allowed"({ sdk, guard }) {
    const refusals = [
      [new Request("https://tools.example/", from(APP)), authorizer(), READ],
      [asks("kv_x", from(APP, { headers: { Authorization: "Bearer kv_x" } })), denying("No"), READ],
      [
        asks("kv_x", from(APP, { headers: { Authorization: "Bearer kv_x" } })),
        authorizer(() => Promise.reject(new sdk.RateLimitError("x", { retryAfter: 5 }))),
        READ,
      ],
      [
        asks("kv_x", from(APP, { headers: { Authorization: "Bearer kv_x" } })),
        authorizer(),
        () => Response.redirect("https://elsewhere.example"),
      ],
    ];
    for (const [request, kavach, rule] of refusals) {
      const { response } = await guard.guard(kavach, request, rule, { cors: [APP] });
      equal(seen(response), { origin: APP, exposed: "WWW-Authenticate, Retry-After", vary: "Origin" });
      const other = await guard.guard(kavach, request.clone(), rule, { cors: "https://other.example" });
      equal([seen(other.response).origin, seen(other.response).vary], [null, "Origin"]);
    }
    const replaced = guard.protect(authorizer(), READ, () => new Response("ran"), {
      ...{ cors: APP, onRefusal: () => new Response("mine", { status: 418 }) },
    });
    equal(seen(await replaced(new Request("https://tools.example/", from(APP)))).origin, APP);
  },

  async "cors: what a handler returns can be read too"({ guard }) {
    const request = () => asks("kv_x", from(APP, { headers: { Authorization: "Bearer kv_x" } }));
    const made = {
      plain: () => new Response("ran", { headers: { Vary: "Accept" } }),
      redirect: () => Response.redirect("https://elsewhere.example/"),
    };
    const get = async (cors, handler) => guard.protect(authorizer(), READ, handler, { cors })(request());
    const plain = await get(APP, made.plain);
    equal([await plain.text(), seen(plain).origin, seen(plain).vary], ["ran", APP, "Accept, Origin"]);
    const redirect = await get("*", made.redirect);
    equal(
      [redirect.status, redirect.headers.get("location"), seen(redirect).origin],
      [302, "https://elsewhere.example/", "*"],
    );
    const own = await get(
      APP,
      () => new Response("ran", { headers: { "Access-Control-Allow-Origin": "https://mine.example" } }),
    );
    equal(seen(own).origin, "https://mine.example");
    equal(seen(await get("https://other.example", made.plain)).origin, null);
    equal(await get(APP, () => undefined), undefined);
  },

  async "cors: an option that allows nobody as it is written is refused"({ sdk, guard }) {
    for (const cors of [
      `${APP}/`,
      `${APP}/path`,
      "app.example",
      "https://App.example",
      ["*"],
      [5],
      5,
      {},
      "",
      true,
      `${APP}, ${APP}`,
    ])
      await rejects(guard.guard(authorizer(), asks(), READ, { cors }), sdk.KavachError, "INVALID_ARGUMENT");
    for (const cors of ["null", "capacitor://localhost", "http://localhost:3000", "chrome-extension://abc"])
      equal((await guard.guard(authorizer(), asks(), READ, { cors })).ok, true);
    const throwing = () => {
      throw new Error("broken");
    };
    equal((await guard.guard(authorizer(), preflight(), READ, { cors: throwing })).reason, "unavailable");
  },

  async "scope: stands in the challenge where another token would help"({ guard }) {
    const scope = "mcp:tools mcp:read";
    const none = new Request("https://tools.example/");
    const kinds = [
      [authorizer(), none, `Bearer realm="KavachOS", scope="${scope}"`],
      [
        denying("Invalid or expired agent token"),
        asks(),
        `Bearer realm="KavachOS", error="invalid_token", scope="${scope}"`,
      ],
      [denying('Agent "a" is revoked'), asks(), `Bearer realm="KavachOS", error="invalid_token", scope="${scope}"`],
      [
        denying('No permission grants agent "a"'),
        asks(),
        `Bearer realm="KavachOS", error="insufficient_scope", scope="${scope}"`,
      ],
      ...[
        ...[
          "This action requires human approval before execution",
          'Argument "a" value "b" does not match pattern "c"',
        ],
        ...["Action is only allowed between 09:00 and 17:00", "IP_NOT_ALLOWED: No", "Rate limit exceeded: 1/1", "Else"],
      ].map((reason) => [denying(reason), asks(), null]),
    ];
    for (const [kavach, request, expected] of kinds)
      equal(await challengeOf(guard, kavach, request, READ, { scope }), expected);
  },

  async "scope: a function receives what is asked, where that is known"({ sdk, guard }) {
    const scope = ({ action, resource, arguments: given }) => `${action}:${resource}${given?.a ?? ""}`;
    const kavach = denying('No permission grants agent "a" access');
    const part = (challenge) => /scope="([^"]*)"/.exec(challenge)?.[1];
    const none = new Request("https://tools.example/");
    equal(
      part(await challengeOf(guard, kavach, asks(), { ...READ, arguments: { a: 1 } }, { scope })),
      "read:mcp:github:repos1",
    );
    equal(part(await challengeOf(guard, kavach, none, READ, { scope })), "read:mcp:github:repos");
    equal(part(await challengeOf(guard, kavach, none, () => READ, { scope })), undefined);
    const broken = () => {
      throw new Error("broken");
    };
    for (const value of ['a", error="x', "a\r\nX: b", " a", "a  b", "", 5, null, undefined, ["a"], "é"])
      equal(part(await challengeOf(guard, kavach, asks(), READ, { scope: () => value })), undefined);
    equal(part(await challengeOf(guard, kavach, asks(), READ, { scope: broken })), undefined);
    for (const scope of ['a"b', "a\nb", " a", "a  b", "", 5, ["a"], "é"])
      await rejects(guard.guard(kavach, asks(), READ, { scope }), sdk.KavachError, "INVALID_ARGUMENT");
  },
};
