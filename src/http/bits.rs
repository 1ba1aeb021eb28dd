//! Flags packed into numbers, which cross the boundary to JavaScript at no cost.

/// Declares a set of flags: a number whose bits have names. JavaScript takes the names from `generated/protocol.js`.
macro_rules! flags {
    ($(#[$meta:meta])* $name:ident { $($(#[$flag_meta:meta])* $flag:ident = $bit:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name(pub u32);

        impl $name {
            $($(#[$flag_meta])* pub const $flag: Self = Self(1 << $bit);)+

            /// Every flag with its name.
            pub const NAMES: &'static [(&'static str, u32)] = &[$((stringify!($flag), 1 << $bit),)+];

            /// Whether all of `flags` are set.
            pub const fn has(self, flags: Self) -> bool {
                self.0 & flags.0 == flags.0
            }

            /// These flags and, on a condition, those.
            pub const fn with(self, flags: Self, condition: bool) -> Self {
                if condition { Self(self.0 | flags.0) } else { self }
            }
        }
    };
}

pub(crate) use flags;
