//! What a client and a single call can be told, and the form it must have. None of it travels.

use super::shape::{Duration, Function, HeaderFields, Instance, Repeats, Shape, Signal, Url, Wire, wire};
use tsify::Tsify;

/// Which of the two wire dialects to speak: `"sdk"` (what the official SDKs speak), `"adapter"`
/// (what the shipped server adapters speak), or `"auto"` (find out).
#[derive(Clone, Copy, Debug, Tsify)]
#[tsify(type = "\"auto\" | \"sdk\" | \"adapter\"")]
pub struct Dialect;

impl Wire for Dialect {
    const SHAPE: Shape = Shape::Choice(&["auto", "sdk", "adapter"], "\"auto\", \"sdk\" or \"adapter\"");
}

/// The `credentials` mode of `fetch`.
#[derive(Clone, Copy, Debug)]
pub struct Credentials;

impl Wire for Credentials {
    const SHAPE: Shape = Shape::Choice(&["omit", "same-origin", "include"], "\"omit\", \"same-origin\" or \"include\"");
}

/// A bearer token, or a function that returns one. The function is called for every attempt (once for all that wait for
/// it at the same time), and once more if the server answers 401.
#[derive(Clone, Copy, Debug, Tsify)]
#[tsify(type = "string | (() => string | null | undefined | Promise<string | null | undefined>)")]
pub struct TokenSource;

impl Wire for TokenSource {
    const SHAPE: Shape = Shape::Token;
}

wire! {
    /// How a `KavachClient` reaches its server.
    pub struct KavachClientOptions {
        /// Where the API is served, for example `"https://your-app.com/api/kavach"`. In a browser it may be a path such as `"/api/kavach"`.
        #[tsify(type = "string")]
        base_url ("baseUrl"): Url,
    }
    optional {
        /// The bearer token of an agent, a service or a session, or a function that returns one.
        #[tsify(type = "TokenSource | null")]
        token ("token"): TokenSource,
        /// Headers to send with every request. A token takes precedence over an `Authorization` header here.
        #[tsify(type = "Record<string, string> | Headers | null")]
        headers ("headers"): HeaderFields,
        /// How long one attempt may take, its body included, in milliseconds. 30,000 if left out; `Infinity` for no limit.
        /// What is late is a `TimeoutError` with the code `TIMEOUT`, and may be tried again.
        #[tsify(type = "number | null")]
        timeout ("timeout"): Duration,
        /// How long a whole call may take, with all its attempts and the waits between them, in milliseconds. No limit if left out.
        /// A call that is late rejects with a `TimeoutError` with the code `DEADLINE_EXCEEDED`.
        #[tsify(type = "number | null")]
        deadline ("deadline"): Duration,
        /// How often a request may be repeated after a passing failure, where that is sound. 2 if left out; 0 for never.
        /// What would happen twice is only repeated if the server says that it has not happened. A decision may be asked for
        /// again after an outage, and then be audited twice.
        #[tsify(type = "number | null")]
        max_retries ("maxRetries"): Repeats,
        /// The function to send requests with, in place of the global `fetch`: a service binding, a proxy, a test double.
        #[tsify(type = "((url: string, init: RequestInit) => Promise<Response>) | null")]
        fetch ("fetch"): Function,
        /// The `credentials` mode to give to `fetch`, for servers that use cookies. Left to `fetch` if left out.
        #[tsify(type = "\"omit\" | \"same-origin\" | \"include\" | null")]
        credentials ("credentials"): Credentials,
        /// The dialect to speak; `"auto"` if left out.
        #[tsify(type = "Dialect | null")]
        dialect ("dialect"): Dialect,
        /// Where the e-mail routes (`auth.signUp`, `signIn`, `signOut`, `getSession`) are served, if not under `baseUrl`.
        #[tsify(type = "string | null")]
        auth_url ("authUrl"): Url,
        /// Says that tokens may travel unencrypted to a `baseUrl` with `http:`, of which the client warns otherwise.
        #[tsify(type = "boolean | null")]
        allow_insecure ("allowInsecure"): bool,
        /// Called before each attempt. What it throws is ignored.
        #[tsify(type = "((event: RequestEvent) => void) | null")]
        on_request ("onRequest"): Function,
        /// Called after each attempt, with the status or, if there was no answer, the code of the failure.
        #[tsify(type = "((event: ResponseEvent) => void) | null")]
        on_response ("onResponse"): Function,
        /// Called before the wait that precedes another attempt.
        #[tsify(type = "((event: RetryEvent) => void) | null")]
        on_retry ("onRetry"): Function,
        /// Gets a line for each attempt (`debug`) and each retry (`warn`); `console` will do.
        #[tsify(type = "Logger | null")]
        logger ("logger"): Instance,
    }
}

// What observers are told is made in JavaScript: these exist to be declared in TypeScript.

/// What `onRequest` is told. There are no headers and no bodies in it, and so no secrets.
#[allow(dead_code)]
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RequestEvent {
    /// Which call of this client it belongs to: 1 for the first. Its first event comes before the method returns, unless a
    /// token function is asked.
    #[tsify(type = "number")]
    pub call: (),
    /// The method that was called: `"agents.create"`.
    #[tsify(type = "string")]
    pub operation: (),
    /// The HTTP method.
    #[tsify(type = "string")]
    pub method: (),
    /// The URL, with its query.
    #[tsify(type = "string")]
    pub url: (),
    /// 1 for the first attempt of the call.
    #[tsify(type = "number")]
    pub attempt: (),
}

/// What `onResponse` is told.
#[allow(dead_code)]
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(type = "RequestEvent & { status?: number; code?: string; durationMs: number }")]
pub struct ResponseEvent;

/// What `onRetry` is told.
#[allow(dead_code)]
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(type = "RequestEvent & { status?: number; code?: string; delayMs: number }")]
pub struct RetryEvent;

/// Where lines for people go: `console`, or a logger that has such methods.
#[allow(dead_code)]
#[derive(Tsify)]
#[tsify(type = "{ debug?(line: string): void; warn?(line: string): void }")]
pub struct Logger;

wire! {
    /// What a single call can be told; each method takes it as its last argument.
    pub struct CallOptions {}
    optional {
        /// Aborts the call: it rejects with `signal.reason`.
        #[tsify(type = "AbortSignal | null")]
        signal ("signal"): Signal,
        /// How long one attempt may take, its body included, in milliseconds.
        #[tsify(type = "number | null")]
        timeout ("timeout"): Duration,
        /// How long the whole call may take, in milliseconds.
        #[tsify(type = "number | null")]
        deadline ("deadline"): Duration,
        /// How often this call may be repeated after a passing failure.
        #[tsify(type = "number | null")]
        max_retries ("maxRetries"): Repeats,
        /// Headers for this call, over those of the client.
        #[tsify(type = "Record<string, string> | Headers | null")]
        headers ("headers"): HeaderFields,
        /// The bearer token for this call, over that of the client.
        #[tsify(type = "TokenSource | null")]
        token ("token"): TokenSource,
    }
}
