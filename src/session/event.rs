//! What happens to a session.

use crate::http::bits::flags;

/// Declares the events, with their names and numbers.
macro_rules! events {
    ($($(#[$meta:meta])* $event:ident = $number:literal $name:literal,)+) => {
        /// What happens to a session.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Event {
            $($(#[$meta])* $event = $number,)+
        }

        impl Event {
            /// Every event.
            pub const ALL: &'static [Self] = &[$(Self::$event,)+];
            /// Their names, by number.
            pub const NAMES: &'static [&'static str] = &[$($name,)+];

            /// The event of a number. Any other number changes nothing: as the time does.
            pub const fn of(number: u32) -> Self {
                match number {
                    $($number => Self::$event,)+
                    _ => Self::Time,
                }
            }
        }
    };
}

events! {
    /// The storage has been read, at the start.
    Restored = 0 "RESTORED",
    /// The server accepts the session.
    Accepted = 1 "ACCEPTED",
    /// The server refuses it.
    Refused = 2 "REFUSED",
    /// The server cannot be asked.
    Unreachable = 3 "UNREACHABLE",
    /// A sign-in, or another token, whose session is at hand.
    Began = 4 "BEGAN",
    /// The person signs out here, or what they have signed in to opens nothing.
    Ended = 5 "ENDED",
    /// Time has passed.
    Time = 6 "TIME",
    /// Another tab is signed in.
    TabIn = 7 "TAB_IN",
    /// Another tab is not.
    TabOut = 8 "TAB_OUT",
    /// There is no other token to be had.
    RefreshRefused = 9 "REFRESH_REFUSED",
    /// Another token cannot be asked for.
    RefreshUnreachable = 10 "REFRESH_UNREACHABLE",
}

flags! {
    /// What is known when an event happens.
    Facts {
        /// There is a session: one that is held, or the one of the event.
        HELD = 0,
        /// The session is a cookie of the browser, which all tabs have and no script sees.
        COOKIE = 1,
        /// The session of another tab is at hand.
        SHARED = 2,
        /// It is the same person's.
        SAME_USER = 3,
        /// Beneath lies the session of the person who impersonates.
        BELOW = 4,
        /// Another token can be asked for.
        CAN_REFRESH = 5,
        /// The answer is about the session as it was asked about: it has not changed meanwhile.
        CURRENT = 6,
        /// The end is of all sessions, also of those beneath.
        ALL = 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_for_events() {
        for (number, event) in Event::ALL.iter().enumerate() {
            assert_eq!((Event::of(number as u32), *event as usize), (*event, number));
        }
        assert_eq!(Event::NAMES.len(), Event::ALL.len());
        assert_eq!(Event::of(99), Event::Time);
    }
}
