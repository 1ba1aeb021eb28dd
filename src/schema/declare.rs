//! The macros that declare wire types.

/// Declares a type whose wire form is exactly one of the plain [`Schema`]s.
macro_rules! plain {
    ($($(#[$meta:meta])* $name:ident: $schema:ident as $ts:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, tsify::Tsify)]
        #[cfg_attr(feature = "rust-client", derive(serde::Serialize, serde::Deserialize))]
        #[tsify(type = $ts)]
        pub struct $name(pub String);

        #[cfg(feature = "rust-client")]
        $crate::schema::typed::text!($name);

        impl $crate::schema::Wire for $name {
            const SCHEMA: $crate::schema::Schema = $crate::schema::Schema::$schema;
        }
    )+};
}

/// Declares the words of a closed set that the client sends. Answers may hold other words.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident: [$($variant:ident $word:literal),+] as $listed:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "rust-client", derive(serde::Serialize, serde::Deserialize))]
        pub enum $name {
            $(#[doc = $word] #[cfg_attr(feature = "rust-client", serde(rename = $word))] $variant,)+
        }

        #[cfg(feature = "rust-client")]
        impl $name {
            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl $crate::schema::Wire for $name {
            const SCHEMA: $crate::schema::Schema = $crate::schema::Schema::Choice(&[$($word),+], $listed);
        }
    )+};
}

/// Declares a wire type: its Rust struct, its TypeScript interface and its [`Schema`]. With the feature `rust-client` the struct is
/// also the type of the Rust client: serde reads and writes it, and it has a constructor and setters.
///
/// Required members come first, then those that may be missing or `null`; each says its name on
/// the wire, so that a reader can search for it.
macro_rules! wire {
    ($(#[$meta:meta])* pub struct $name:ident $required:tt optional $optional:tt) => {
        $crate::schema::wire::declare! {
            #[cfg_attr(feature = "rust-client", derive(serde::Serialize, serde::Deserialize, PartialEq))]
            $(#[$meta])*
            pub struct $name $required
            optional $optional
        }

        #[cfg(feature = "rust-client")]
        $crate::schema::typed::constructors! { $name $required $optional }
    };
}

/// Declares a type as [`wire!`] does, for JavaScript alone.
macro_rules! declare {
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
                #[serde(rename = $optional_key, default, skip_serializing_if = "crate::schema::wire::is_absent")]
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

pub(crate) use {declare, plain, wire, words};
