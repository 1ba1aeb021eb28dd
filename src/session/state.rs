//! The states of a session, and what follows from an event.

use crate::http::bits::flags;

/// Whether a person is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It is not known yet.
    Loading,
    /// Nobody is.
    SignedOut,
    /// The server has said so.
    SignedIn,
    /// A person was, and the server cannot be asked.
    Unknown,
}

impl Phase {
    /// Their names, by number.
    pub const NAMES: [&'static str; 4] = ["LOADING", "SIGNED_OUT", "SIGNED_IN", "UNKNOWN"];
    /// Their words in JavaScript, by number.
    pub const WORDS: [&'static str; 4] = ["loading", "signedOut", "signedIn", "unknown"];

    const fn of(number: u32) -> Self {
        match number & 3 {
            0 => Self::Loading,
            1 => Self::SignedOut,
            2 => Self::SignedIn,
            _ => Self::Unknown,
        }
    }
}

/// Why nobody is signed in. Where two tabs name different reasons for the same end, the later one in this list holds in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Nobody has been.
    None,
    /// The server does not accept the token that its own sign-in gave.
    Unusable,
    /// The session has expired.
    Expired,
    /// The server has refused the session.
    Revoked,
    /// Another tab has signed in as somebody else, and this tab cannot have that session.
    Replaced,
    /// The person has signed out.
    SignedOut,
}

impl Reason {
    /// Their names, by number.
    pub const NAMES: [&'static str; 6] = ["NONE", "UNUSABLE", "EXPIRED", "REVOKED", "REPLACED", "SIGNED_OUT"];
    /// Their words in JavaScript, by number.
    pub const WORDS: [&'static str; 6] = ["none", "unusable", "expired", "revoked", "replaced", "signedOut"];

    /// The reason of a number. Any other number is the strongest: it comes from a tab that has ended the session.
    pub const fn of(number: u32) -> Self {
        match number {
            0 => Self::None,
            1 => Self::Unusable,
            2 => Self::Expired,
            3 => Self::Revoked,
            4 => Self::Replaced,
            _ => Self::SignedOut,
        }
    }
}

/// The state of a session. The reason is [`Reason::None`] unless nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Whether a person is signed in.
    pub phase: Phase,
    /// Why not.
    pub reason: Reason,
}

impl State {
    /// A state of a person who is, or may be, signed in.
    pub const fn of(phase: Phase) -> Self {
        Self { phase, reason: Reason::None }
    }

    /// The state of nobody.
    pub const fn out(reason: Reason) -> Self {
        Self { phase: Phase::SignedOut, reason }
    }

    /// This state as a number of five bits.
    pub const fn pack(self) -> u32 {
        self.phase as u32 | (self.reason as u32) << 2
    }

    /// The state in the number of a [`Step`].
    pub const fn unpack(number: u32) -> Self {
        Self { phase: Phase::of(number), reason: Reason::of(number >> 2 & 7) }
    }
}

flags! {
    /// What to do after an event, beside taking the new state.
    Effects {
        /// Forget the token: nobody is signed in any more.
        DROP = 8,
        /// Write the session, or its end, to the storage.
        KEEP = 9,
        /// Tell the other tabs.
        TELL = 10,
        /// Ask the server whether it accepts the session.
        CHECK = 11,
        /// Take the session that the event is about.
        TAKE = 12,
        /// Stamp the session anew: the change is made here.
        STAMP = 13,
        /// Take the stamp of the event, without its session.
        MARK = 14,
        /// Ask for another token.
        REFRESH = 15,
        /// Tell the server that the token of this tab is of no more use.
        END = 16,
        /// Go back to the session of the person who impersonates.
        POP = 17,
    }
}

/// What an event leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The new state.
    pub state: State,
    /// What to do.
    pub effects: Effects,
}

impl Step {
    /// The parts of the number: name, first bit, bits.
    pub const PARTS: [(&'static str, u32, u32); 2] = [("phase", 0, 2), ("outReason", 2, 3)];

    /// This step as a number, which is also the state that the next decision takes.
    pub const fn pack(self) -> u32 {
        self.state.pack() | self.effects.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_survives_its_number() {
        let phases = [Phase::Loading, Phase::SignedOut, Phase::SignedIn, Phase::Unknown];
        let reasons =
            [Reason::None, Reason::Unusable, Reason::Expired, Reason::Revoked, Reason::Replaced, Reason::SignedOut];
        for phase in phases {
            for reason in reasons {
                let state = State { phase, reason };
                let effects = Effects(u32::MAX << 8);
                assert_eq!(State::unpack(Step { state, effects }.pack()), state);
                assert!(state.pack() < 1 << 8);
            }
        }
        for (number, phase) in phases.iter().enumerate() {
            assert_eq!(*phase as usize, number);
        }
        for (number, reason) in reasons.iter().enumerate() {
            assert_eq!((*reason as usize, Reason::of(number as u32)), (number, *reason));
        }
        assert_eq!(Reason::of(6), Reason::SignedOut);
    }
}
