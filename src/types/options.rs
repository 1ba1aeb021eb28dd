//! What a client and a single call can be told. These never travel, so they have no [`Shape`](super::Shape).

use tsify::Tsify;

/// Which of the two wire dialects to speak: `"sdk"` (what the official SDKs speak), `"adapter"`
/// (what the shipped server adapters speak), or `"auto"` (find out).
#[derive(Tsify)]
#[tsify(type = "\"auto\" | \"sdk\" | \"adapter\"")]
pub struct Dialect;

/// A bearer token, or a function that returns one. The function is called once for every call.
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
    /// How long one request may take, its body included, in milliseconds. 30,000 if left out; `Infinity` for no limit.
    #[tsify(optional, type = "number | null")]
    pub timeout: (),
    /// How often a request may be repeated after a passing failure. Checked, but not used yet: this version sends every request once.
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
}

/// What a single call can be told; each method takes it as its last argument.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CallOptions {
    /// Aborts the call: it rejects with `signal.reason`.
    #[tsify(optional, type = "AbortSignal | null")]
    pub signal: (),
    /// How long a request of this call may take, its body included, in milliseconds.
    #[tsify(optional, type = "number | null")]
    pub timeout: (),
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
