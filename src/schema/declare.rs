//! How the types on the wire are declared.

/// Declares a type whose wire form is exactly one of the plain [`Schema`]s.
macro_rules! plain {
    ($($(#[$meta:meta])* $name:ident: $schema:ident as $ts:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, tsify::Tsify)]
        #[tsify(type = $ts)]
        pub struct $name(pub String);

        impl $crate::schema::Wire for $name {
            const SCHEMA: $crate::schema::Schema = $crate::schema::Schema::$schema;
        }
    )+};
}

/// Declares the words of a closed set that the client sends. Answers may hold other words.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident: [$($word:literal),+] as $listed:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name;

        impl $crate::schema::Wire for $name {
            const SCHEMA: $crate::schema::Schema = $crate::schema::Schema::Choice(&[$($word),+], $listed);
        }
    )+};
}

/// Declares a wire type: its Rust struct, its TypeScript interface and its [`Schema`].
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
        #[derive(Clone, Debug, tsify::Tsify)]
        #[tsify(missing_as_null, hashmap_as_object)]
        $(#[$meta])*
        pub struct $name {
            $($(#[$required_meta])* #[serde(rename = $required_key)] pub $required: $required_type,)*
            $(
                $(#[$optional_meta])*
                #[serde(rename = $optional_key, default, skip_serializing_if = "crate::schema::declare::is_absent")]
                pub $optional: Option<$optional_type>,
            )*
        }

        impl $crate::schema::Wire for $name {
            const SCHEMA: $crate::schema::Schema = $crate::schema::Schema::Object(&[
                $($crate::schema::Field {
                    name: $required_key,
                    schema: &<$required_type as $crate::schema::Wire>::SCHEMA,
                    required: true,
                },)*
                $($crate::schema::Field {
                    name: $optional_key,
                    schema: &<$optional_type as $crate::schema::Wire>::SCHEMA,
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
