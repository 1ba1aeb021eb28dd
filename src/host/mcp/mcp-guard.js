// Guards an MCP server: lets through what is decided, as the bytes that were decided, and answers all else itself.
/** @import { Caller } from "./caller.js" */
/** @import { Body, Message } from "./messages.js" */
/** @typedef {[name: string, value: string][]} HeaderPairs */
import { LIST, REFUSALS } from "../../../generated/mcp.js";
import { invalid } from "../errors/light.js";
import { isText } from "../validate/type-guards.js";
import { readCaller } from "./caller.js";
import { corsHeaders, preflight, withHeaders } from "./cors.js";
import { withDeadline } from "./deadline.js";
import { checkToken, decideCalls, provesToken } from "./decide-calls.js";
import { forwarded, readBody } from "./forwarded.js";
import { grantedFor } from "./granted.js";
import { mcpGuardOptions } from "./guard-options.js";
import { isLoopback } from "./key-set.js";
import { readMessages } from "./messages.js";
import { metadataUrl } from "./metadata.js";
import { asError, asResponse, asResult, Refused, refused } from "./refused.js";
import { put, validTokens } from "./remembered.js";

const SESSION = "mcp-session-id";
// What no other arguments, time or scope would change.
const HIDDEN = ["unknown-tool", "insufficient-scope", "denied", "invalid-token", "address-not-allowed"];

/** @type {(id: any, error: unknown) => object} */
const unfiltered = (id, error) => asError(refused("unavailable", id, { error }));

/** @type {typeof import("./entry.js").mcpGuard} */
export function mcpGuard(/** @type {any} */ kavach, options) {
  if (typeof kavach?.auth?.authorizeByToken !== "function" || typeof kavach.authorize !== "function")
    throw invalid("kavach must be a KavachClient");
  const settings = mcpGuardOptions(options);
  const { auth, deadline, denials, resource } = settings;
  const isLocal = isLoopback(new URL(resource));
  const metadata = metadataUrl(resource);
  const valid = validTokens(kavach);
  /** @type {Map<string, string>} */
  const sessions = new Map();

  /** @type {import("./entry.js").McpGuard["check"]} */
  async function check(request) {
    if (typeof (/** @type {any} */ (request)?.headers?.get) !== "function" || request.bodyUsed)
      throw invalid("request must be a Request with its body unread (Node: kavachos-wasm/express)");
    const served = await settings.respond(request);
    if (served) return { ok: false, response: served };

    /** @type {HeaderPairs} */
    let headers = [];
    /** @type {{ body?: Body }} */
    const seen = {};
    let admitted;
    try {
      admitted = await withDeadline(deadline, async (signal) => {
        headers = await corsHeaders(settings.cors, request);
        return preflight(request) ?? admit(request, signal, seen);
      });
    } catch (error) {
      admitted = answerAll(error instanceof Refused ? error : refused("unavailable", undefined, { error }), seen.body);
    }
    if (admitted instanceof Response) return { ok: false, response: withHeaders(admitted, headers) };

    const { caller, granted, bytes, body } = admitted;
    return {
      ok: true,
      granted,
      request: forwarded(request, bytes),
      async finish(response) {
        if (response.ok) noteSession(request, response, caller);
        const lists = body?.messages.filter(({ method }) => method === LIST).map(({ id }) => id) ?? [];
        if (settings.filterTools && lists.length > 0) {
          const { filterTools } = await import("./filter-tools.js");
          response = await filterTools(response, lists, (tools) => usable(tools, caller), unfiltered);
        }
        return withHeaders(response, headers);
      },
    };
  }

  /** @type {any} */
  const guarded = async (/** @type {Request} */ incoming, /** @type {any} */ handler) => {
    if (typeof handler !== "function") throw invalid("handler must be a function");
    const { ok, response, request, granted, finish } = /** @type {any} */ (await check(incoming));
    return ok ? finish(await handler(request, granted)) : response;
  };
  return Object.assign(guarded, { check, metadata: settings.respond });

  /**
   * @param {Request} request
   * @param {AbortSignal} signal
   * @param {{ body?: Body }} seen
   */
  async function admit(request, signal, seen) {
    // A page of another name that resolves to this machine is refused (DNS rebinding).
    if (isLocal && !isLoopback(new URL(request.url))) throw refused("forbidden-host");
    if (!["GET", "POST", "DELETE"].includes(request.method)) throw refused("method-not-allowed");
    const caller = await readCaller(request, auth);
    const bytes = request.method === "POST" ? await readBody(request, settings.maxBodyBytes) : undefined;
    const version = request.headers.get("mcp-protocol-version");
    const body = bytes && readMessages(bytes, version, settings.methods);
    seen.body = body;
    signal.throwIfAborted();
    const owner = sessions.get(request.headers.get(SESSION) ?? "");
    if (owner !== undefined && owner !== caller.key) throw refused("unknown-session", body?.messages[0]?.id);

    const messages = body?.messages.filter((message) => message.call) ?? [];
    const decided = await decide(messages, caller, signal);
    const refusals = new Map();
    for (const [message, { refusal }] of decided) if (refusal) refusals.set(message, refusal);
    if (body && refusals.size > 0) return answerCalls(body, refusals);
    const granted = grantedFor(caller, resource, decided, body?.parsed);
    return { caller, granted, bytes, body };
  }

  /**
   * @param {Message[]} messages calls of tools
   * @param {Caller} caller
   * @param {AbortSignal} signal
   */
  async function decide(messages, caller, signal) {
    const begun = valid.begin();
    const calls = messages.map(({ call }) => /** @type {NonNullable<Message["call"]>} */ (call));
    const verdicts = await decideCalls(kavach, settings, caller, calls, signal);
    // The server looks at an agent's token first. Only if it was not asked about any call is it asked about the token alone.
    if (!caller.access) {
      const isAsked = verdicts.some(({ decision, refusal }) => decision || refusal?.details.error);
      const isProven = verdicts.some(({ decision, refusal }) => decision && provesToken(refusal));
      const isKnown = isAsked || valid.has(caller.key);
      const refusal = isKnown ? undefined : await checkToken(kavach, settings, caller, signal);
      if (refusal) throw refusal;
      if (isProven || !isKnown) valid.keep(caller.key, begun);
    }
    return messages.map((message, index) => /** @type {const} */ ([message, verdicts[index]]));
  }

  /**
   * Answers all messages of a request, of which some calls are refused. None of the others is executed: the bytes are forwarded as they
   * came, or not at all.
   *
   * @param {Body} body
   * @param {Map<Message, Refused>} refusals
   */
  function answerCalls({ messages, isBatch }, refusals) {
    for (const [{ call }, refusal] of refusals) tell(refusal, call?.name);
    // Where the client should get another token, the whole request says so.
    for (const { kind, details } of refusals.values())
      if (REFUSALS[kind].length > 3) return asResponse(refused(kind, messages[0].id, details), metadata, auth.scopes);
    const answers = messages
      .filter(({ id }) => id !== undefined)
      .map((message) => {
        const { kind, details } = refusals.get(message) ?? refused("batch-refused");
        const refusal = refused(kind, message.id, details);
        return denials === "result" && message.call ? asResult(refusal) : asError(refusal);
      });
    const body = isBatch ? answers : answers[0];
    const [first] = refusals.values();
    if (denials === "status") return asResponse(first, metadata, [], body);
    return Response.json(body, { headers: { "Cache-Control": "no-store" } });
  }

  /**
   * Answers a request that is refused as a whole.
   *
   * @param {Refused} refusal
   * @param {Body | undefined} body
   */
  function answerAll(refusal, body) {
    const calls = body?.messages.filter(({ call }) => call) ?? [];
    if (body && calls.length > 0 && refusal.kind === "unavailable")
      return answerCalls(body, new Map(calls.map((message) => [message, refusal])));
    tell(refusal);
    return asResponse(refusal, metadata, auth.scopes);
  }

  /** @type {(refusal: Refused, tool?: string) => void} */
  function tell({ kind, details: { scopes: _, ...details } }, tool) {
    // The refusal is answered, whatever the result of that.
    (async () => settings.onRefusal({ kind, tool, ...details }))().catch(() => {});
  }

  /**
   * A session belongs to whom it was made for: its id alone opens nothing.
   *
   * @param {Request} request
   * @param {Response} response
   * @param {Caller} caller
   */
  function noteSession(request, response, { key }) {
    if (request.method === "DELETE") sessions.delete(request.headers.get(SESSION) ?? "");
    const made = response.headers.get(SESSION);
    if (request.method === "POST" && made && !sessions.has(made)) put(sessions, made, key);
  }

  /**
   * @param {any[]} tools
   * @param {Caller} caller
   */
  async function usable(tools, caller) {
    const named = tools.filter((tool) => isText(tool?.name));
    const calls = named.map(({ name }) => ({ name }));
    const verdicts = await withDeadline(deadline, (signal) => decideCalls(kavach, settings, caller, calls, signal));
    return named.filter((_, index) => {
      const { refusal } = verdicts[index];
      if (refusal?.kind === "unavailable") throw refusal.details.error;
      return !refusal || !HIDDEN.includes(refusal.kind);
    });
  }
}
