// A site whose page uses the installed package. The local server is behind it, as a server of one's own would be, and the test can take
// that away, or make it slow. It also has a refresh route as KavachOS describes it: a token that can be spent once, in a cookie.
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request as ask, createServer } from "node:http";

const PACKAGE = new URL("./", process.env.KAVACHOS_PACKAGE);
const TYPES = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };
const PAGE = readFileSync(new URL("page.html", import.meta.url));
const LIFE = 600_000; // Of a renewed token.

export class Site {
  /** Whether connections to the server are cut. */
  isDown = false;
  /** What came to the server through this site: `{ method, path, token }`. */
  calls = [];
  /** How long an answer of the refresh route takes. */
  delay = 0;
  refreshes = 0;
  /** Refresh requests whose tab hung up, and those with a cookie that was spent before. */
  gone = 0;
  reused = 0;
  /** Refresh tokens that can still be spent, and those that have been. */
  fresh = new Set();
  spent = new Set();
  /** Calls that wait, by path: the test lets them go. */
  held = new Map();

  constructor() {
    this.http = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  async start() {
    this.http.listen(0, "127.0.0.1");
    await once(this.http, "listening");
    this.url = `http://localhost:${this.http.address().port}`;
    return this;
  }

  /** Names the server behind it. */
  serve({ baseUrl }, dialect) {
    this.upstream = new URL(baseUrl);
    this.sessionPath = dialect === "sdk" ? "/session" : "/auth/session";
  }

  /** Whether the server accepts the token of a header. */
  async accepts(authorization = "") {
    const answer = await fetch(`${this.upstream}${this.sessionPath}`, { headers: { authorization } });
    return answer.ok && (await answer.json()) !== null;
  }

  stop() {
    this.http.closeAllConnections();
    this.http.close();
  }

  /** Holds calls of a path until the function that is returned runs. */
  hold(path) {
    let release;
    this.held.set(path, new Promise((resolve) => (release = resolve)));
    return () => {
      this.held.delete(path);
      release();
    };
  }

  async answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    if (pathname.startsWith(this.upstream.pathname)) return this.pass(request, response);
    if (pathname === "/refresh") return this.refresh(request, response);
    if (pathname === "/sleep") {
      await new Promise((resolve) => setTimeout(resolve, Number(searchParams.get("ms"))));
      return response.end("awake");
    }
    const isPage = !pathname.startsWith("/pkg/");
    const body = isPage ? PAGE : readFileSync(new URL(`.${pathname.slice(4)}`, PACKAGE));
    response.setHeader("content-type", TYPES[isPage ? "html" : pathname.split(".").at(-1)] ?? "text/plain");
    response.end(pathname === "/favicon.ico" ? undefined : body);
  }

  /** Passes a request on. What this site's own routes need is a session. */
  async pass(request, response) {
    const { method, url, headers } = request;
    const path = url.slice(this.upstream.pathname.length);
    if (this.isDown) return request.destroy();
    this.calls.push({ method, path, token: headers.authorization?.slice("Bearer ".length) });
    await this.held.get(path);
    if (path.startsWith("/agents") && !(await this.accepts(headers.authorization))) {
      response.writeHead(401, { "content-type": "application/json" });
      return response.end(JSON.stringify({ error: "Authentication required" }));
    }
    const { hostname, port } = this.upstream;
    const further = ask({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    further.on("error", () => response.destroy());
    request.pipe(further);
  }

  /** A cookie that renews. */
  cookie() {
    const value = randomUUID();
    this.fresh.add(value);
    // Ports share their cookies.
    return { name: `app_refresh_${this.http.address().port}`, value, url: this.url, httpOnly: true, sameSite: "Lax" };
  }

  /** `POST /refresh`: spends the cookie for another one, and for a token. One that is spent twice ends all of them. */
  async refresh(request, response) {
    let isGone = false;
    response.once("close", () => {
      isGone = !response.writableEnded;
      if (isGone) this.gone++;
    });
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    await this.held.get("/refresh");
    // Who hangs up before has spent nothing.
    if (isGone) return;
    const { name, value } = this.cookie();
    const given = new RegExp(`${name}=([\\w-]+)`).exec(request.headers.cookie ?? "")?.[1];
    if (this.spent.has(given)) {
      this.reused++;
      this.fresh.clear();
    }
    if (!this.fresh.delete(given)) {
      response.writeHead(401, { "content-type": "application/json" });
      return response.end("{}");
    }
    this.spent.add(given);
    this.refreshes++;
    const now = Date.now();
    response.writeHead(200, {
      "content-type": "application/json",
      "set-cookie": `${name}=${value}; HttpOnly; SameSite=Lax; Path=/`,
    });
    const accessTokenExpiresAt = new Date(now + LIFE).toISOString();
    response.end(JSON.stringify({ accessToken: jwt(now), accessTokenExpiresAt }));
  }
}

function jwt(now) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const seconds = Math.floor(now / 1000);
  const text = `${encode({ alg: "HS256" })}.${encode({ typ: "access", sub: "host", jti: randomUUID(), iat: seconds, exp: seconds + LIFE / 1000 })}`;
  return `${text}.${createHmac("sha256", "secret of the host").update(text).digest("base64url")}`;
}
