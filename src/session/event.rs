//! What happens to a session.

use crate::http::bits::flags;

/// Declares the events, with their names and numbers.
macro_rules! events {
    ($($(#[$meta:meta])* $event:ident $name:literal,)+) => {
        /// What happens to a session.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Event {
            $($(#[$meta])* $event,)+
        }

        impl Event {
            /// Every event.
            pub const ALL: &'static [Self] = &[$(Self::$event,)+];
            /// Their names, by number.
            pub const NAMES: &'static [&'static str] = &[$($name,)+];
        }
    };
}

events! {
    /// The storage has been read, at the start.
    Restored "RESTORED",
    /// The server accepts the session.
    Accepted "ACCEPTED",
    /// The server refuses it.
    Refused "REFUSED",
    /// The server cannot be asked.
    Unreachable "UNREACHABLE",
    /// A sign-in, or another token, whose session is at hand.
    Began "BEGAN",
    /// The person signs out here, or what they have signed in to opens nothing.
    Ended "ENDED",
    /// Time has passed.
    Time "TIME",
    /// Another tab is signed in.
    TabIn "TAB_IN",
    /// Another tab is not.
    TabOut "TAB_OUT",
    /// There is no other token to be had.
    RefreshRefused "REFRESH_REFUSED",
    /// Another token cannot be asked for.
    RefreshUnreachable "REFRESH_UNREACHABLE",
}

impl Event {
    /// The event of a number. Any other number changes nothing: as the time does.
    pub fn of(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Time)
    }
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
