//! What the derive macro of tsify asks of its crate, for the module over numbers. tsify itself brings js-sys, whose closures the
//! linker puts in the table of functions, where no optimiser takes them out again: 2.7 K of code that nothing calls.

pub use tsify_macros::Tsify;

/// A type that TypeScript knows too.
#[doc(hidden)]
pub trait Tsify {
    /// The JavaScript value.
    type JsType;
    /// The declaration.
    const DECL: &'static str;
    /// How values would be converted.
    const SERIALIZATION_CONFIG: SerializationConfig;
}

/// How values would be converted, which they are not.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct SerializationConfig {
    /// Whether what is missing becomes `null`.
    pub missing_as_null: bool,
    /// Whether a map becomes an object.
    pub hashmap_as_object: bool,
    /// Whether large numbers become `BigInt`s.
    pub large_number_types_as_bigints: bool,
}
