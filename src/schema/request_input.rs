//! Requests to routes of the host's own.

use super::declare::wire;
use super::wire::{AnyJson, JsonObject, Path, Schema, Wire};
use tsify::Tsify;

/// An HTTP method.
#[derive(Clone, Copy, Debug)]
pub struct MethodName;

impl Wire for MethodName {
    const SCHEMA: Schema = Schema::Choice(
        &["GET", "POST", "PUT", "PATCH", "DELETE"],
        "\"GET\", \"POST\", \"PUT\", \"PATCH\" or \"DELETE\"",
    );
}

/// What the base of a route is.
#[derive(Clone, Copy, Debug)]
pub struct BaseName;

impl Wire for BaseName {
    const SCHEMA: Schema = Schema::Choice(&["api", "auth"], "\"api\" or \"auth\"");
}

/// What the body of a response is read as.
#[derive(Clone, Copy, Debug, Tsify)]
#[tsify(type = "\"json\" | \"text\" | \"bytes\" | \"stream\"")]
pub struct ResponseType;

impl Wire for ResponseType {
    const SCHEMA: Schema =
        Schema::Choice(&["json", "text", "bytes", "stream"], "\"json\", \"text\", \"bytes\" or \"stream\"");
}

wire! {
    /// The input of `kavach.request`: a route that the client has no method for.
    pub struct RequestInput {
        /// The path, relative to the base URL: `"/tools/:id"`. A `:name` stands for the parameter of that name.
        #[tsify(type = "string")]
        path ("path"): Path,
    }
    optional {
        /// The HTTP method.
        ///
        /// @default "GET"
        #[tsify(type = "\"GET\" | \"POST\" | \"PUT\" | \"PATCH\" | \"DELETE\" | null")]
        method ("method"): MethodName,
        /// The parameters in the path. They are encoded.
        #[tsify(type = "Record<string, string | number> | null")]
        params ("params"): JsonObject,
        /// The parameters of the query. An array becomes one parameter per item; `null` and `undefined` are left out.
        #[tsify(type = "Record<string, string | number | boolean | readonly (string | number | boolean)[] | null | undefined> | null")]
        query ("query"): JsonObject,
        /// The body, a plain JSON value.
        #[tsify(type = "unknown")]
        body ("body"): AnyJson,
        /// What the path is relative to: `"api"` for `baseUrl`, `"auth"` for `authUrl`.
        ///
        /// @default "api"
        #[tsify(type = "\"api\" | \"auth\" | null")]
        base ("base"): BaseName,
        /// Whether executing the request twice has the effect of executing it once. It then is retried like a GET.
        ///
        /// @default `true` for GET, PUT and DELETE
        #[tsify(type = "boolean | null")]
        idempotent ("idempotent"): bool,
        /// What the body of the response is read as: a JSON value, text, a `Uint8Array` or a `ReadableStream`.
        ///
        /// @default "json"
        #[tsify(type = "ResponseType | null")]
        response_type ("responseType"): ResponseType,
    }
}
