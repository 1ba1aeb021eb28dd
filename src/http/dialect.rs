//! The two wire dialects, and what a client knows about its server's.

use super::route::Base;

/// One of the two wire dialects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// What the official SDKs send and expect.
    Sdk,
    /// What the shipped server adapters serve, in `{data: …}` envelopes.
    Adapter,
}

impl Dialect {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Sdk => Self::Adapter,
            Self::Adapter => Self::Sdk,
        }
    }

    /// Its name in the options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sdk => "sdk",
            Self::Adapter => "adapter",
        }
    }

    const fn of(number: u32) -> Option<Self> {
        match number & 3 {
            1 => Some(Self::Sdk),
            2 => Some(Self::Adapter),
            _ => None,
        }
    }

    const fn number(dialect: Option<Self>) -> u32 {
        match dialect {
            None => 0,
            Some(Self::Sdk) => 1,
            Some(Self::Adapter) => 2,
        }
    }
}

/// What a client knows about the dialect of its server. JavaScript keeps it as a number.
///
/// The e-mail routes are remembered apart: they can be served elsewhere (`authUrl`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    fixed: Option<Dialect>,
    api: Option<Dialect>,
    auth: Option<Dialect>,
    /// Whether the option `authUrl` was given.
    pub has_auth_url: bool,
}

impl Memory {
    /// The memory of a client that was given its dialect, or `None` to detect it.
    pub const fn new(fixed: Option<Dialect>, has_auth_url: bool) -> Self {
        Self { fixed, api: None, auth: None, has_auth_url }
    }

    /// The memory in a number that [`Memory::pack`] made.
    pub const fn unpack(number: u32) -> Self {
        Self {
            fixed: Dialect::of(number),
            api: Dialect::of(number >> 2),
            auth: Dialect::of(number >> 4),
            has_auth_url: number >> 6 & 1 == 1,
        }
    }

    /// This memory as a number of seven bits.
    pub const fn pack(self) -> u32 {
        Dialect::number(self.fixed)
            | Dialect::number(self.api) << 2
            | Dialect::number(self.auth) << 4
            | (self.has_auth_url as u32) << 6
    }

    /// The dialect behind `base`, if it is certain.
    pub const fn settled(self, base: Base) -> Option<Dialect> {
        match (self.fixed, base) {
            (Some(fixed), _) => Some(fixed),
            (None, Base::Api) => self.api,
            (None, Base::Auth) => self.auth,
        }
    }

    /// The dialect to ask in first.
    pub fn first(self, base: Base) -> Dialect {
        self.settled(base).or(self.api).unwrap_or(Dialect::Sdk)
    }

    /// This memory with what an answer has shown.
    pub const fn learned(mut self, base: Base, dialect: Dialect) -> Self {
        match base {
            Base::Api => self.api = Some(dialect),
            Base::Auth => self.auth = Some(dialect),
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memory_survives_its_number() {
        let dialects = [None, Some(Dialect::Sdk), Some(Dialect::Adapter)];
        let all = (0..27).map(|n| [dialects[n % 3], dialects[n / 3 % 3], dialects[n / 9]]);
        for [fixed, api, auth] in all {
            for has_auth_url in [false, true] {
                let memory = Memory { fixed, api, auth, has_auth_url };
                assert_eq!(Memory::unpack(memory.pack()), memory);
                assert!(memory.pack() < 1 << 7);
            }
        }
    }
}
