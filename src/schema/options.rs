//! The options of a client and of a single call. None of them is sent.

use super::wire::{Duration, FetchInit, Function, HeaderFields, Instance, Repeats, Schema, Signal, Url, Wire, declare};
use tsify::Tsify;

/// The wire dialect of a server: `"sdk"` (that of the official SDKs), `"adapter"` (that of the shipped server adapters), or
/// `"auto"` (the client detects it).
#[derive(Clone, Copy, Debug, Tsify)]
#[tsify(type = "\"auto\" | \"sdk\" | \"adapter\"")]
pub struct Dialect;

impl Wire for Dialect {
    const SCHEMA: Schema = Schema::Choice(&["auto", "sdk", "adapter"], "\"auto\", \"sdk\" or \"adapter\"");
}

/// The `credentials` mode of `fetch`.
#[derive(Clone, Copy, Debug)]
pub struct Credentials;

impl Wire for Credentials {
    const SCHEMA: Schema =
        Schema::Choice(&["omit", "same-origin", "include"], "\"omit\", \"same-origin\" or \"include\"");
}

/// The `cache` mode of `fetch`.
#[derive(Clone, Copy, Debug, Tsify)]
#[tsify(type = "\"default\" | \"no-store\" | \"reload\" | \"no-cache\" | \"force-cache\" | \"only-if-cached\"")]
pub struct CacheMode;

impl Wire for CacheMode {
    const SCHEMA: Schema = Schema::Choice(
        &["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"],
        "a cache mode of fetch, such as \"no-store\"",
    );
}

/// Which names are sent although this version does not know them: all of them, or those in a list.
#[derive(Clone, Copy, Debug)]
pub struct AllowUnknown;

impl Wire for AllowUnknown {
    const SCHEMA: Schema = Schema::FlagOrNames;
}

/// The argument of a token function: why it is called, and for which call.
#[allow(dead_code)]
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TokenContext {
    /// `"initial"` before an attempt; `"unauthorized"` after a 401: refresh the token. If the function then returns the same
    /// token, or none, the call is not repeated.
    #[tsify(type = "\"initial\" | \"unauthorized\"")]
    pub reason: (),
    /// The method that was called: `"agents.create"`.
    #[tsify(type = "string")]
    pub operation: (),
    /// The token that the server refused; absent for `"initial"`.
    #[tsify(optional, type = "string")]
    pub previous_token: (),
}

/// A bearer token, or a function that returns one.
///
/// The function is called for every attempt, in the async context of the caller, and once more after a 401. If it then
/// returns the same token, or none, the call is not repeated. `null` and `undefined` mean no token.
///
/// @example
/// ```ts
/// const token: TokenSource = ({ reason }) => (reason === "unauthorized" ? session.refresh() : session.token);
/// ```
#[derive(Clone, Copy, Debug, Tsify)]
#[tsify(type = "string | ((context: TokenContext) => string | null | undefined | Promise<string | null | undefined>)")]
pub struct TokenSource;

impl Wire for TokenSource {
    const SCHEMA: Schema = Schema::Token;
}

declare! {
    /// The options of a `KavachClient`: where its server is, and how to reach it.
    pub struct KavachClientOptions {
        /// The base URL of the API: `"https://your-app.com/api/kavach"`. In a browser it can be a path: `"/api/kavach"`.
        #[tsify(type = "string | URL")]
        base_url ("baseUrl"): Url,
    }
    optional {
        /// The bearer token of an agent, a service or a session, or a function that returns it.
        #[tsify(type = "TokenSource | null")]
        token ("token"): TokenSource,
        /// Headers to send with every request. The token overrides an `Authorization` header.
        #[tsify(type = "HeadersInput | null")]
        headers ("headers"): HeaderFields,
        /// The time limit of one attempt, in milliseconds, until the whole body has arrived; `Infinity` for no limit. An attempt
        /// that exceeds it fails with a `TimeoutError` `TIMEOUT`, and can be retried.
        ///
        /// @default 30000
        #[tsify(type = "number | null")]
        timeout ("timeout"): Duration,
        /// The time limit of a whole call, in milliseconds, with all its attempts and the backoff between them. A call that
        /// exceeds it rejects with a `TimeoutError` `DEADLINE_EXCEEDED`.
        ///
        /// @default Infinity
        #[tsify(type = "number | null")]
        deadline ("deadline"): Duration,
        /// The maximum number of retries after transient failures; 0 for none. Requests that are not idempotent are retried only if
        /// the server says that it did not execute them. A decision that is retried after an outage can be audited twice.
        ///
        /// @default 2
        #[tsify(type = "number | null")]
        max_retries ("maxRetries"): Repeats,
        /// The function that sends requests, instead of the global `fetch`: a service binding, a proxy, a test double.
        #[tsify(type = "((url: string, init: RequestInit) => Promise<Response>) | null")]
        fetch ("fetch"): Function,
        /// The `credentials` mode of `fetch`, for servers that use cookies. It is not set by default: some runtimes refuse it.
        #[tsify(type = "\"omit\" | \"same-origin\" | \"include\" | null")]
        credentials ("credentials"): Credentials,
        /// The `cache` mode of `fetch`. By default it is set only where the runtime accepts it.
        ///
        /// @default "no-store"
        #[tsify(type = "CacheMode | null")]
        cache ("cache"): CacheMode,
        /// Members that the host adds to the `init` of `fetch`: `next`, `cf`, `keepalive`, `priority`, `dispatcher`.
        #[tsify(type = "FetchInit | null")]
        init ("init"): FetchInit,
        /// The maximum size of a response, in bytes; `Infinity` for no limit. A larger one rejects with a `DecodeError`
        /// `RESPONSE_TOO_LARGE`. Streams have no limit.
        ///
        /// @default 67108864
        #[tsify(type = "number | null")]
        max_response_bytes ("maxResponseBytes"): Repeats,
        /// Names of permission and constraint members that are sent although this version does not know them, for newer
        /// servers: a list, or `true` for all names.
        ///
        /// @default false
        #[tsify(type = "boolean | readonly string[] | null")]
        allow_unknown ("allowUnknown"): AllowUnknown,
        /// Whether concurrent calls share one pending call of an asynchronous token function. One user per client: if the token
        /// function depends on the request, a shared token sends calls as another user.
        ///
        /// @default false
        #[tsify(type = "boolean | null")]
        share_token ("shareToken"): bool,
        /// The dialect of the server.
        ///
        /// @default "auto"
        #[tsify(type = "Dialect | null")]
        dialect ("dialect"): Dialect,
        /// The base URL of the e-mail routes (`auth.signUp`, `signIn`, `signOut`, `getSession`), if it is not `baseUrl`.
        #[tsify(type = "string | URL | null")]
        auth_url ("authUrl"): Url,
        /// Whether tokens may be sent unencrypted to a `baseUrl` with `http:`. Otherwise the client warns about it.
        ///
        /// @default false
        #[tsify(type = "boolean | null")]
        allow_insecure ("allowInsecure"): bool,
        /// Called before each attempt. Errors that it throws are ignored.
        #[tsify(type = "((event: RequestEvent) => void) | null")]
        on_request ("onRequest"): Function,
        /// Called after each attempt, with the status, or with the error code if there was no response.
        #[tsify(type = "((event: ResponseEvent) => void) | null")]
        on_response ("onResponse"): Function,
        /// Called before the backoff that precedes a retry.
        #[tsify(type = "((event: RetryEvent) => void) | null")]
        on_retry ("onRetry"): Function,
        /// Called when a call ends, before its promise settles: with the status, the error code and the duration of the whole call.
        /// Calls whose arguments are refused are not reported. Errors that it throws are ignored.
        #[tsify(type = "((event: CallEndEvent) => void) | null")]
        on_call_end ("onCallEnd"): Function,
        /// Begins each call, within a span for example: `openTelemetry(tracer)` of `kavachos-wasm/telemetry`.
        #[tsify(type = "CallTracer | null")]
        tracer ("tracer"): Function,
        /// A logger, which gets a line for each attempt (`debug`) and each retry (`warn`): `console`, for example.
        #[tsify(type = "Logger | null")]
        logger ("logger"): Instance,
    }
}

// JavaScript makes the events: these structs exist only for their TypeScript declarations.

/// The event of `onRequest`. It holds no headers and no bodies, and so no secrets.
#[allow(dead_code)]
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RequestEvent {
    /// The number of the call within this client, starting at 1. All events of a call have the same number.
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
    /// The number of the attempt within the call, starting at 1.
    #[tsify(type = "number")]
    pub attempt: (),
}

/// The event of `onResponse`. `durationMs` is the duration of the attempt; `code` is the error code if there was no response.
#[allow(dead_code)]
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(type = r#"RequestEvent & {
    /** The status of the response; absent if there was none. */
    status?: number;
    /** The code of the error, if there was no response. */
    code?: string;
    /** The duration of the attempt, in milliseconds. */
    durationMs: number;
}"#)]
pub struct ResponseEvent;

/// The event of `onRetry`. `delayMs` is the backoff before the next attempt.
#[allow(dead_code)]
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(type = r#"RequestEvent & {
    /** The status of the response; absent if there was none. */
    status?: number;
    /** The code of the error, if there was no response. */
    code?: string;
    /** The backoff before the next attempt, in milliseconds. */
    delayMs: number;
}"#)]
pub struct RetryEvent;

/// The event of `onCallEnd`. It holds no bodies, no request headers and no URLs, and so no secrets that were sent.
#[allow(dead_code)]
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(type = r#"{
    /** The number of the call within this client, starting at 1. All events of a call have the same number. */
    call: number;
    /** The method that was called: `"agents.create"`. */
    operation: string;
    /** The number of requests that were sent. */
    attempts: number;
    /** The duration of the whole call, in milliseconds, with its retries and the backoff between them. */
    durationMs: number;
    /** The status of the last response; absent if there was none. */
    status?: number;
    /** The id that the server gave to the last request, if its header is readable. */
    requestId?: string;
    /** The code of the error; `"ABORTED"` if the call was aborted; absent if the call succeeded. */
    code?: string;
    /** The headers of the last response. Only the option of a call receives them, not that of a client. */
    headers?: Headers;
}"#)]
pub struct CallEndEvent;

/// A function that begins each call. It calls `begin` at once, and can have something active meanwhile: a span, for what the call starts.
/// The call begins in any case, and once; errors that the function throws are ignored.
#[allow(dead_code)]
#[derive(Tsify)]
#[tsify(type = "(event: CallEvent, begin: (observer?: CallObserver) => void) => void")]
pub struct CallTracer;

/// Which call begins.
#[allow(dead_code)]
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CallEvent {
    /// The number of the call within this client, starting at 1. All events of a call have the same number.
    #[tsify(type = "number")]
    pub call: (),
    /// The method that was called: `"agents.create"`.
    #[tsify(type = "string")]
    pub operation: (),
}

/// Hooks of one call, which a `CallTracer` observes it with.
#[allow(dead_code)]
#[derive(Tsify)]
#[tsify(type = r#"{
    /** Called before each attempt. */
    onRequest?: ((event: RequestEvent) => void) | null;
    /** Called after each attempt. */
    onResponse?: ((event: ResponseEvent) => void) | null;
    /** Called when the call ends. */
    onCallEnd?: ((event: CallEndEvent) => void) | null;
}"#)]
pub struct CallObserver;

/// A logger: `console`, or any object that has these methods.
#[allow(dead_code)]
#[derive(Tsify)]
#[tsify(type = r#"{
    /** Receives a line for each attempt. */
    debug?: ((line: string) => void) | null;
    /** Receives a line for each retry. */
    warn?: ((line: string) => void) | null;
}"#)]
pub struct Logger;

declare! {
    /// The options of a single call. Each method takes them as its last argument.
    pub struct CallOptions {}
    optional {
        /// Aborts the call, which then rejects with `signal.reason`.
        #[tsify(type = "AbortSignal | null")]
        signal ("signal"): Signal,
        /// The time limit of one attempt, in milliseconds; that of the client by default.
        #[tsify(type = "number | null")]
        timeout ("timeout"): Duration,
        /// The time limit of the whole call, in milliseconds; that of the client by default.
        #[tsify(type = "number | null")]
        deadline ("deadline"): Duration,
        /// The maximum number of retries; that of the client by default.
        #[tsify(type = "number | null")]
        max_retries ("maxRetries"): Repeats,
        /// Headers of this call. They override those of the client.
        #[tsify(type = "HeadersInput | null")]
        headers ("headers"): HeaderFields,
        /// The bearer token of this call, or a function that returns it. It overrides that of the client.
        #[tsify(type = "TokenSource | null")]
        token ("token"): TokenSource,
        /// The `cache` mode of `fetch`; that of the client by default.
        #[tsify(type = "CacheMode | null")]
        cache ("cache"): CacheMode,
        /// Members that the host adds to the `init` of `fetch`: `next`, `cf`, `keepalive`, `priority`, `dispatcher`. They
        /// override those of the client.
        #[tsify(type = "FetchInit | null")]
        init ("init"): FetchInit,
        /// The maximum size of a response, in bytes; `Infinity` for no limit. A larger one rejects with a `DecodeError`
        /// `RESPONSE_TOO_LARGE`. That of the client by default.
        #[tsify(type = "number | null")]
        max_response_bytes ("maxResponseBytes"): Repeats,
        /// Names of permission and constraint members that are sent although this version does not know them, for newer
        /// servers: a list, or `true` for all names. That of the client by default.
        #[tsify(type = "boolean | readonly string[] | null")]
        allow_unknown ("allowUnknown"): AllowUnknown,
        /// Called when the call ends, before its promise settles, like that of the client, and with the headers of the response.
        #[tsify(type = "((event: CallEndEvent) => void) | null")]
        on_call_end ("onCallEnd"): Function,
    }
}

declare! {
    /// The options of `parsePermissions`.
    pub struct ParseOptions {}
    optional {
        /// Names of permission and constraint members that are accepted although this version does not know them: a list, or
        /// `true` for all names.
        ///
        /// @default false
        #[tsify(type = "boolean | readonly string[] | null")]
        allow_unknown ("allowUnknown"): AllowUnknown,
    }
}
