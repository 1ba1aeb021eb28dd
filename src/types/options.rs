//! What a client and a single call can be told. These never travel, so they have no [`Shape`](super::Shape).

#![allow(dead_code)] // They exist to be declared in TypeScript.

use tsify::Tsify;

/// Which of the two wire dialects to speak: `"sdk"` (what the official SDKs speak), `"adapter"`
/// (what the shipped server adapters speak), or `"auto"` (find out).
#[derive(Tsify)]
#[tsify(type = "\"auto\" | \"sdk\" | \"adapter\"")]
pub struct Dialect;

/// A bearer token, or a function that returns one. The function is called for every attempt (once for all that wait for
/// it at the same time), and once more if the server answers 401.
#[derive(Tsify)]
#[tsify(type = "string | (() => string | null | undefined | Promise<string | null | undefined>)")]
pub struct TokenSource;

/// How a `KavachClient` reaches its server.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KavachClientOptions {
    /// Where the API is served, for example `"https://your-app.com/api/kavach"`. In a browser it may be a path such as `"/api/kavach"`.
    #[tsify(type = "string")]
    pub base_url: (),
    /// The bearer token of an agent, a service or a session, or a function that returns one.
    #[tsify(optional, type = "TokenSource | null")]
    pub token: (),
    /// Headers to send with every request. A token takes precedence over an `Authorization` header here.
    #[tsify(optional, type = "Record<string, string> | Headers | null")]
    pub headers: (),
    /// How long one attempt may take, its body included, in milliseconds. 30,000 if left out; `Infinity` for no limit.
    /// What is late is a `TimeoutError` with the code `TIMEOUT`, and may be tried again.
    #[tsify(optional, type = "number | null")]
    pub timeout: (),
    /// How long a whole call may take, with all its attempts and the waits between them, in milliseconds. No limit if left out.
    /// A call that is late rejects with a `TimeoutError` with the code `DEADLINE_EXCEEDED`.
    #[tsify(optional, type = "number | null")]
    pub deadline: (),
    /// How often a request may be repeated after a passing failure, where that is sound. 2 if left out; 0 for never.
    /// What would happen twice is only repeated if the server says that it has not happened. A decision may be asked for
    /// again after an outage, and then be audited twice.
    #[tsify(optional, type = "number | null")]
    pub max_retries: (),
    /// The function to send requests with, in place of the global `fetch`: a service binding, a proxy, a test double.
    #[tsify(optional, type = "((url: string, init: RequestInit) => Promise<Response>) | null")]
    pub fetch: (),
    /// The `credentials` mode to give to `fetch`, for servers that use cookies. Left to `fetch` if left out.
    #[tsify(optional, type = "\"omit\" | \"same-origin\" | \"include\" | null")]
    pub credentials: (),
    /// The dialect to speak; `"auto"` if left out.
    #[tsify(optional, type = "Dialect | null")]
    pub dialect: (),
    /// Where the e-mail routes (`auth.signUp`, `signIn`, `signOut`, `getSession`) are served, if not under `baseUrl`.
    #[tsify(optional, type = "string | null")]
    pub auth_url: (),
    /// Says that tokens may travel unencrypted to a `baseUrl` with `http:`, of which the client warns otherwise.
    #[tsify(optional, type = "boolean | null")]
    pub allow_insecure: (),
    /// Called before each attempt. What it throws is ignored.
    #[tsify(optional, type = "((event: RequestEvent) => void) | null")]
    pub on_request: (),
    /// Called after each attempt, with the status or, if there was no answer, the code of the failure.
    #[tsify(optional, type = "((event: ResponseEvent) => void) | null")]
    pub on_response: (),
    /// Called before the wait that precedes another attempt.
    #[tsify(optional, type = "((event: RetryEvent) => void) | null")]
    pub on_retry: (),
    /// Gets a line for each attempt (`debug`) and each retry (`warn`); `console` will do.
    #[tsify(optional, type = "Logger | null")]
    pub logger: (),
}

/// What `onRequest` is told. There are no headers and no bodies in it, and so no secrets.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RequestEvent {
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
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(type = "RequestEvent & { status?: number; code?: string; durationMs: number }")]
pub struct ResponseEvent;

/// What `onRetry` is told.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(type = "RequestEvent & { status?: number; code?: string; delayMs: number }")]
pub struct RetryEvent;

/// Where lines for people go: `console`, or a logger that has such methods.
#[derive(Tsify)]
#[tsify(type = "{ debug?(line: string): void; warn?(line: string): void }")]
pub struct Logger;

/// What a single call can be told; each method takes it as its last argument.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CallOptions {
    /// Aborts the call: it rejects with `signal.reason`.
    #[tsify(optional, type = "AbortSignal | null")]
    pub signal: (),
    /// How long one attempt may take, its body included, in milliseconds.
    #[tsify(optional, type = "number | null")]
    pub timeout: (),
    /// How long the whole call may take, in milliseconds.
    #[tsify(optional, type = "number | null")]
    pub deadline: (),
    /// How often this call may be repeated after a passing failure.
    #[tsify(optional, type = "number | null")]
    pub max_retries: (),
    /// Headers for this call, over those of the client.
    #[tsify(optional, type = "Record<string, string> | Headers | null")]
    pub headers: (),
    /// The bearer token for this call, over that of the client.
    #[tsify(optional, type = "TokenSource | null")]
    pub token: (),
}
