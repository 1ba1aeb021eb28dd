//! What the wire types can do in Rust programs: they are constructed, converted and read by serde.

use super::timestamp::{Timestamp, is_timestamp};
use super::wire::{Count, Id, Schema, Wire, Word};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;
use std::ops::Deref;
use std::time::{SystemTime, UNIX_EPOCH};

/// A JSON object whose members are the caller's own business.
///
/// ```
/// # use kavachos_wasm::schema::JsonObject;
/// let object = JsonObject::from([("branch", "main")]);
/// assert_eq!(object.0["branch"], "main");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JsonObject(pub Map<String, Value>);

impl Wire for JsonObject {
    const SCHEMA: Schema = Schema::Map;
}

impl From<Map<String, Value>> for JsonObject {
    fn from(members: Map<String, Value>) -> Self {
        Self(members)
    }
}

impl<K: Into<String>, V: Into<Value>, const N: usize> From<[(K, V); N]> for JsonObject {
    fn from(members: [(K, V); N]) -> Self {
        members.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        Self(members.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Declares text that is not to be shown.
macro_rules! secret {
    ($($(#[$meta:meta])* $name:ident: $schema:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name(pub String);

        impl Wire for $name {
            const SCHEMA: Schema = Schema::$schema;
        }

        /// Shows that there is one.
        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(if self.0.is_empty() { "\"\"" } else { "[redacted]" })
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        text!($name);
    )+};
}

/// Lets a type that wraps a string be made of one and compared with one.
macro_rules! text {
    ($name:ident) => {
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&String> for $name {
            fn from(text: &String) -> Self {
                Self(text.clone())
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.0 == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.0 == *text
            }
        }
    };
}

/// Lets a word that a server may extend be compared with the words that this version knows.
macro_rules! open {
    ($($name:ident: $known:ident;)+) => {$(
        impl PartialEq<super::$known> for super::$name {
            fn eq(&self, known: &super::$known) -> bool {
                self.0 == known.as_str()
            }
        }

        impl fmt::Display for super::$name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )+};
}

/// Declares the constructor of a wire type, which takes the required members, and a setter for each optional one. Where
/// nothing is required, the constructor is `default`.
macro_rules! constructors {
    ($name:ident {} { $($optional:tt)* }) => {
        impl ::std::default::Default for $name {
            fn default() -> Self {
                $crate::schema::typed::constructors!(@new $name {} { $($optional)* })
            }
        }

        $crate::schema::typed::constructors!(@setters $name { $($optional)* });
    };
    ($name:ident {
        $($(#[$required_meta:meta])* $required:ident ($required_key:literal): $required_type:ty,)+
    } { $($optional:tt)* }) => {
        impl $name {
            /// One of these required members; the others have setters.
            #[allow(clippy::too_many_arguments)]
            pub fn new($($required: impl Into<$required_type>),+) -> Self {
                $crate::schema::typed::constructors!(@new $name { $($required: $required.into(),)+ } { $($optional)* })
            }
        }

        $crate::schema::typed::constructors!(@setters $name { $($optional)* });
    };
    (@new $name:ident { $($given:tt)* } {
        $($(#[$meta:meta])* $optional:ident ($key:literal): $type:ty,)*
    }) => {
        $name { $($given)* $($optional: None,)* }
    };
    (@setters $name:ident {}) => {};
    (@setters $name:ident { $($(#[$meta:meta])* $optional:ident ($key:literal): $type:ty,)+ }) => {
        impl $name {
            $(
                #[doc = concat!("The same with `", $key, "`.")]
                pub fn $optional(mut self, $optional: impl Into<$type>) -> Self {
                    self.$optional = Some($optional.into());
                    self
                }
            )+
        }
    };
}

pub(crate) use {constructors, text};

secret! {
    /// A string that is not to be shown: a token. `Debug` redacts it.
    ///
    /// ```
    /// # use kavachos_wasm::schema::Secret;
    /// let token = Secret::from("kv_1");
    /// assert_eq!(format!("{token:?} {}", &*token), "[redacted] kv_1");
    /// ```
    Secret: Text;
    /// A non-empty string that is not to be shown: a password. `Debug` redacts it.
    SecretId: Id;
}

text!(Id);
text!(Word);
text!(Timestamp);

open! {
    AgentType: KnownAgentType;
    AgentStatus: KnownAgentStatus;
    AuditResult: KnownAuditResult;
}

impl From<u32> for Count {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl From<SystemTime> for Timestamp {
    /// The moment in ISO 8601 with milliseconds. Moments before 1970 become 1970.
    fn from(moment: SystemTime) -> Self {
        let milliseconds = moment.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        Self(iso(u64::try_from(milliseconds).unwrap_or(u64::MAX).min(LAST)))
    }
}

/// The last millisecond of the year 9999.
const LAST: u64 = 253_402_300_799_999;

/// Milliseconds since 1970 in ISO 8601.
pub(crate) fn iso(milliseconds: u64) -> String {
    let (seconds, fraction) = (milliseconds / 1000, milliseconds % 1000);
    let (days, second) = (seconds / 86_400 + 719_468, seconds % 86_400);
    // Years begin in March here, so that a leap day is the last.
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    #[allow(clippy::disallowed_macros)]
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}Z");
    text
}

/// The milliseconds since 1970 of an ISO 8601 moment, or `None` before 1970 and for other text. Without an offset it is UTC.
pub(crate) fn unix_milliseconds(text: &str) -> Option<u64> {
    if !is_timestamp(text) {
        return None;
    }
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let number = |text: &str| text.parse::<i64>().ok();
    let mut parts = date.split('-').map_while(number);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let clock = time.split(['Z', '+', '-']).next().unwrap_or_default();
    let minutes = |text: &str| {
        let mut parts = text.split(':').map_while(number);
        parts.next().unwrap_or(0) * 60 + parts.next().unwrap_or(0)
    };
    let offset = match (time.rsplit_once('+'), time.rsplit_once('-')) {
        (Some((_, offset)), _) => minutes(offset),
        (_, Some((_, offset))) => -minutes(offset),
        _ => 0,
    };
    let seconds = clock.splitn(3, ':').nth(2).and_then(|seconds| seconds.parse::<f64>().ok()).unwrap_or(0.0);
    // Years begin in March here, so that a leap day is the last.
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = 365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468;
    let whole = (days * 1440 + minutes(clock) - offset) * 60_000;
    u64::try_from(whole).ok().map(|whole| whole + (seconds * 1000.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn moments_become_timestamps_that_servers_read() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"),
            (1_769_851_800, "2026-01-31T09:30:00.000Z"),
            (4_107_542_399, "2100-02-28T23:59:59.000Z"),
            (u64::MAX / 4, "9999-12-31T23:59:59.999Z"),
        ] {
            let moment = UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap();
            let text = Timestamp::from(moment).0;
            assert_eq!(text, expected);
            assert_eq!(
                unix_milliseconds(&text),
                Some(moment.duration_since(UNIX_EPOCH).unwrap().as_millis() as u64).map(|of| of.min(LAST))
            );
            assert!(is_timestamp(&text));
        }
    }

    #[test]
    fn timestamps_are_read_in_every_zone() {
        for text in ["2026-01-31T09:30:00.250Z", "2026-01-31T15:00:00.25+05:30", "2026-01-31T01:30:00.250-08:00"] {
            assert_eq!(unix_milliseconds(text), Some(1_769_851_800_250), "{text}");
        }
        assert_eq!(unix_milliseconds("2026-01-31"), Some(1_769_817_600_000));
        assert_eq!((unix_milliseconds("1969-12-31"), unix_milliseconds("soon")), (None, None));
    }
}
