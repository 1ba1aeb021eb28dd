//! What a value must look like, as data: the shapes that [`Json::check`](super::Json::check) goes by.

/// The form a value must have.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any string.
    Text,
    /// A string with at least one character: an id, a name, a word the server looks up.
    Id,
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
    /// An array whose items share one shape.
    List(&'static Shape),
    /// An object with known members. Members it does not name are kept as they are.
    Object(&'static [Field]),
}

/// One known member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The member's name on the wire.
    pub name: &'static str,
    /// The form its value must have.
    pub shape: &'static Shape,
    /// Whether the member may be neither missing nor `null`.
    pub required: bool,
}

impl Shape {
    /// The known members, if this is the shape of an object.
    pub const fn fields(&self) -> &'static [Field] {
        match self {
            Shape::Object(fields) => fields,
            _ => &[],
        }
    }

    /// The number by which conform.js knows this kind of shape.
    pub const fn kind(&self) -> u32 {
        match self {
            Shape::Text => 0,
            Shape::Id => 1,
            Shape::Word => 2,
            Shape::Flag => 3,
            Shape::Number => 4,
            Shape::Count => 5,
            Shape::Moment => 6,
            Shape::Map => 7,
            Shape::List(_) => 8,
            Shape::Object(_) => 9,
            Shape::Function => 10,
            Shape::Signal => 11,
            Shape::Duration => 12,
            Shape::Token => 13,
            Shape::Choice(..) => 14,
            Shape::Headers => 15,
            Shape::Url => 16,
            Shape::Repeats => 17,
            Shape::Instance => 18,
        }
    }

    /// What to call this shape in a sentence: `must be …`.
    pub const fn expected(&self) -> &'static str {
        match self {
            Shape::Text => "a string",
            Shape::Id => "a non-empty string",
            Shape::Word => "a non-empty string without a comma",
            Shape::Flag => "a boolean",
            Shape::Number => "a number",
            Shape::Count | Shape::Repeats => "a whole number of 0 or more",
            Shape::Moment => "an ISO 8601 date and time, as a string or a Date",
            Shape::Choice(_, listed) => listed,
            Shape::Function => "a function",
            Shape::Signal => "an AbortSignal",
            Shape::Duration => "a positive number of milliseconds (Infinity for no limit)",
            Shape::Token => "a bearer token (visible ASCII characters only) or a function that returns one",
            Shape::Headers => "an object or a Headers",
            Shape::Url => "an http: or https: URL, such as \"https://your-app.com/api/kavach\"",
            Shape::Map | Shape::Instance | Shape::Object(_) => "an object",
            Shape::List(Shape::Text | Shape::Id | Shape::Word) => "an array of strings",
            Shape::List(Shape::Object(_)) => "an array of objects",
            Shape::List(_) => "an array",
        }
    }
}

/// A type with a known form on the wire.
pub trait Wire {
    /// That form.
    const SHAPE: Shape;
}

impl Wire for String {
    const SHAPE: Shape = Shape::Text;
}

impl Wire for bool {
    const SHAPE: Shape = Shape::Flag;
}

impl Wire for f64 {
    const SHAPE: Shape = Shape::Number;
}

impl Wire for u32 {
    const SHAPE: Shape = Shape::Number;
}

impl<T: Wire> Wire for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

/// A string that may not be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id(pub String);

impl Wire for Id {
    const SHAPE: Shape = Shape::Id;
}

/// A string that travels in a comma-joined list, so it holds no comma.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word(pub String);

impl Wire for Word {
    const SHAPE: Shape = Shape::Word;
}

/// A whole number of 0 or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u32);

impl Wire for Count {
    const SHAPE: Shape = Shape::Count;
}

/// Declares what stands for a form that has no Rust type of its own.
macro_rules! forms {
    ($($(#[$meta:meta])* $name:ident: $shape:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name;

        impl Wire for $name {
            const SHAPE: Shape = $shape;
        }
    )+};
}

forms! {
    /// An object whose members are the caller's own business.
    JsonObject: Shape::Map;
    /// An object that stays as it is.
    Instance: Shape::Instance;
    /// A function.
    Function: Shape::Function;
    /// An `AbortSignal`.
    Signal: Shape::Signal;
    /// Milliseconds.
    Duration: Shape::Duration;
    /// How often something may happen again.
    Repeats: Shape::Repeats;
    /// Where an API is served.
    Url: Shape::Url;
    /// Request headers.
    HeaderFields: Shape::Headers;
}

/// Declares a type whose wire form is exactly one of the plain [`Shape`]s.
macro_rules! plain {
    ($($(#[$meta:meta])* $name:ident: $shape:ident as $ts:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, tsify::Tsify)]
        #[tsify(type = $ts)]
        pub struct $name(pub String);

        impl $crate::types::Wire for $name {
            const SHAPE: $crate::types::Shape = $crate::types::Shape::$shape;
        }
    )+};
}

/// Declares the words of a closed set that the client sends. Answers may hold other words.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident: [$($word:literal),+] as $listed:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name;

        impl $crate::types::Wire for $name {
            const SHAPE: $crate::types::Shape = $crate::types::Shape::Choice(&[$($word),+], $listed);
        }
    )+};
}

/// Declares a wire type: its Rust struct, its TypeScript interface and its [`Shape`].
///
/// Required members come first, then those that may be missing or `null`; each says its name on
/// the wire, so that a reader can search for it.
macro_rules! wire {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$required_meta:meta])* $required:ident ($required_key:literal): $required_type:ty,)*
        }
        optional {
            $($(#[$optional_meta:meta])* $optional:ident ($optional_key:literal): $optional_type:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, tsify::Tsify)]
        #[tsify(missing_as_null, hashmap_as_object)]
        pub struct $name {
            $($(#[$required_meta])* #[serde(rename = $required_key)] pub $required: $required_type,)*
            $(
                $(#[$optional_meta])*
                #[serde(rename = $optional_key, default, skip_serializing_if = "crate::types::shape::is_absent")]
                pub $optional: Option<$optional_type>,
            )*
        }

        impl $crate::types::Wire for $name {
            const SHAPE: $crate::types::Shape = $crate::types::Shape::Object(&[
                $($crate::types::Field {
                    name: $required_key,
                    shape: &<$required_type as $crate::types::Wire>::SHAPE,
                    required: true,
                },)*
                $($crate::types::Field {
                    name: $optional_key,
                    shape: &<$optional_type as $crate::types::Wire>::SHAPE,
                    required: false,
                },)*
            ]);
        }
    };
}

pub(crate) use {plain, wire, words};

/// Tells serde to leave an absent member out. (Not `Option::is_none`: tsify takes that path to
/// mean that the member is never `null`, and servers do send `null`.)
#[allow(dead_code)]
pub(crate) fn is_absent<T>(value: &Option<T>) -> bool {
    value.is_none()
}
