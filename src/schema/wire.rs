//! What a value must look like, as data: the shapes that [`Json::check`](super::Json::check) goes by.

/// The form a value must have.
#[derive(Clone, Copy, Debug)]
pub enum Schema {
    /// Any string.
    Text,
    /// A string with at least one character: an id, a name, a word the server looks up.
    Id,
    /// An id that can stand in a path: neither empty nor a step within it.
    PathId,
    /// A bearer token.
    Bearer,
    /// The path of a route, in which `:name` stands for a parameter.
    Path,
    /// Any value that JSON can carry.
    Json,
    /// A non-empty string without a comma: one item of a comma-joined list.
    Word,
    /// A boolean.
    Flag,
    /// A finite number.
    Number,
    /// A whole number of 0 or more.
    Count,
    /// A date and time: an ISO 8601 string or a JavaScript `Date`.
    Moment,
    /// A plain object with arbitrary members, which travels as JSON.
    Map,
    /// An object of the host or the caller's own, which stays as it is: it never travels.
    Instance,
    /// One of these words, and how to list them in a sentence.
    Choice(&'static [&'static str], &'static str),
    /// A function.
    Function,
    /// An `AbortSignal`.
    Signal,
    /// A span of time in milliseconds, which may be without end.
    Duration,
    /// How often something may happen again: a whole number of 0 or more, or without end.
    Repeats,
    /// A bearer token, or a function that returns one.
    Token,
    /// Headers, in any of the forms that `fetch` takes.
    Headers,
    /// Where an API is served.
    Url,
    /// A boolean, or an array of names.
    FlagOrNames,
    /// Members for the `init` of `fetch`, none of which the client sets itself.
    Init,
    /// An array whose items share one schema.
    List(&'static Schema),
    /// An object with known members. Members it does not name are kept as they are.
    Object(&'static [Field]),
}

/// One known member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The member's name on the wire.
    pub name: &'static str,
    /// The form its value must have.
    pub schema: &'static Schema,
    /// Whether the member may be neither missing nor `null`.
    pub required: bool,
}

impl Schema {
    /// The known members, if this is the schema of an object.
    pub const fn fields(&self) -> &'static [Field] {
        match self {
            Schema::Object(fields) => fields,
            _ => &[],
        }
    }

    /// The number by which conform.js knows this kind of schema.
    pub const fn kind(&self) -> u32 {
        match self {
            Schema::Text => 0,
            Schema::Id => 1,
            Schema::Word => 2,
            Schema::Flag => 3,
            Schema::Number => 4,
            Schema::Count => 5,
            Schema::Moment => 6,
            Schema::Map => 7,
            Schema::List(_) => 8,
            Schema::Object(_) => 9,
            Schema::Function => 10,
            Schema::Signal => 11,
            Schema::Duration => 12,
            Schema::Token => 13,
            Schema::Choice(..) => 14,
            Schema::Headers => 15,
            Schema::Url => 16,
            Schema::Repeats => 17,
            Schema::Instance => 18,
            Schema::FlagOrNames => 19,
            Schema::Init => 20,
            Schema::PathId => 21,
            Schema::Bearer => 22,
            Schema::Path => 23,
            Schema::Json => 24,
        }
    }

    /// What to call this schema in a sentence: `must be …`.
    pub const fn expected(&self) -> &'static str {
        match self {
            Schema::Text => "a string",
            Schema::Id => "a non-empty string",
            Schema::PathId => "a non-empty string, and not \".\" or \"..\"",
            Schema::Path => {
                "a path that begins with one slash, such as \"/tools/:id\", without a query, white space and dot segments"
            }
            Schema::Json => "a value that JSON can carry",
            Schema::Bearer => "a bearer token: visible ASCII characters only",
            Schema::Word => "a non-empty string without a comma",
            Schema::Flag => "a boolean",
            Schema::Number => "a number",
            Schema::Count | Schema::Repeats => "a whole number of 0 or more",
            Schema::Moment => "an ISO 8601 date and time, as a string or a Date",
            Schema::Choice(_, listed) => listed,
            Schema::Function => "a function",
            Schema::Signal => "an AbortSignal",
            Schema::Duration => "a positive number of milliseconds (Infinity for no limit)",
            Schema::Token => "a bearer token (visible ASCII characters only) or a function that returns one",
            Schema::Headers => "an object or a Headers",
            Schema::Url => "an http: or https: URL, such as \"https://your-app.com/api/kavach\"",
            Schema::FlagOrNames => "a boolean or an array of names",
            Schema::Init => "an object without method, body, headers, signal and redirect",
            Schema::Map | Schema::Instance | Schema::Object(_) => "an object",
            Schema::List(Schema::Text | Schema::Id | Schema::Word) => "an array of strings",
            Schema::List(Schema::Object(_)) => "an array of objects",
            Schema::List(_) => "an array",
        }
    }
}

/// A type with a known form on the wire.
pub trait Wire {
    /// That form.
    const SCHEMA: Schema;
}

impl Wire for String {
    const SCHEMA: Schema = Schema::Text;
}

impl Wire for bool {
    const SCHEMA: Schema = Schema::Flag;
}

impl Wire for f64 {
    const SCHEMA: Schema = Schema::Number;
}

impl Wire for u32 {
    const SCHEMA: Schema = Schema::Number;
}

impl<T: Wire> Wire for Vec<T> {
    const SCHEMA: Schema = Schema::List(&T::SCHEMA);
}

/// A string that may not be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "rust-client", derive(serde::Serialize, serde::Deserialize))]
pub struct Id(pub String);

impl Wire for Id {
    const SCHEMA: Schema = Schema::Id;
}

/// A string that travels in a comma-joined list, so it holds no comma.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "rust-client", derive(serde::Serialize, serde::Deserialize))]
pub struct Word(pub String);

impl Wire for Word {
    const SCHEMA: Schema = Schema::Word;
}

/// A whole number of 0 or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "rust-client", derive(serde::Serialize, serde::Deserialize))]
pub struct Count(pub u32);

impl Wire for Count {
    const SCHEMA: Schema = Schema::Count;
}

/// Declares what stands for a form that has no Rust type.
macro_rules! forms {
    ($($(#[$meta:meta])* $name:ident: $schema:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name;

        impl Wire for $name {
            const SCHEMA: Schema = $schema;
        }
    )+};
}

#[cfg(feature = "rust-client")]
pub use super::typed::{JsonObject, Secret, SecretId};

#[cfg(not(feature = "rust-client"))]
forms! {
    /// An object whose members are the caller's own business.
    JsonObject: Schema::Map;
    /// A string that is not to be shown: a token.
    Secret: Schema::Text;
    /// A non-empty string that is not to be shown: a password.
    SecretId: Schema::Id;
}

forms! {
    /// An object that stays as it is.
    Instance: Schema::Instance;
    /// The path of a route.
    Path: Schema::Path;
    /// Any value that JSON can carry.
    AnyJson: Schema::Json;
    /// More members for the `init` of `fetch`.
    FetchInit: Schema::Init;
    /// A function.
    Function: Schema::Function;
    /// An `AbortSignal`.
    Signal: Schema::Signal;
    /// Milliseconds.
    Duration: Schema::Duration;
    /// How often something may happen again.
    Repeats: Schema::Repeats;
    /// Where an API is served.
    Url: Schema::Url;
    /// Request headers.
    HeaderFields: Schema::Headers;
}

pub(crate) use super::declare::{declare, plain, wire, words};

/// Tells serde to leave an absent member out. (Not `Option::is_none`: tsify takes that path to
/// mean that the member is never `null`, and servers do send `null`.)
#[allow(dead_code)]
pub(crate) fn is_absent<T>(value: &Option<T>) -> bool {
    value.is_none()
}
