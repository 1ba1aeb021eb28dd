//! Whether a change that a server reports as made was made, and dates that a server writes wrongly.
//!
//! Adapters for Next.js, SolidStart and TanStack cut the id out of the URL at a fixed place: under a prefix they answer success for
//! another id, and nothing happens.

/// A change of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserChange {
    /// The user is banned.
    Ban = 0,
    /// The user is no longer banned.
    Unban = 1,
    /// The user is deleted.
    Delete = 2,
    /// The user is deleted, and nobody was found by the id: what is found is another user, who is there.
    DeleteSeenByAnother = 3,
}

/// What reading a user by the id finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserState {
    /// No user.
    Nobody = 0,
    /// A user who is not banned.
    Active = 1,
    /// A banned user.
    Banned = 2,
}

/// What it says about the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was made.
    Applied = 0,
    /// It was not made.
    NotApplied = 1,
    /// The user may be gone, or the server may find nobody by an id: look up somebody who is there.
    LookUpAnother = 2,
}

impl UserChange {
    /// The names by which JavaScript knows the numbers.
    pub const NAMES: [(&'static str, u32); 4] = [
        ("BAN", Self::Ban as u32),
        ("UNBAN", Self::Unban as u32),
        ("DELETE", Self::Delete as u32),
        ("DELETE_SEEN_BY_ANOTHER", Self::DeleteSeenByAnother as u32),
    ];

    /// What reading the user back says.
    pub const fn verdict(self, found: UserState) -> Verdict {
        match (self, found) {
            (Self::Ban, UserState::Banned) | (Self::Unban, UserState::Active) => Verdict::Applied,
            (Self::Delete, UserState::Nobody) => Verdict::LookUpAnother,
            (Self::DeleteSeenByAnother, UserState::Active | UserState::Banned) => Verdict::Applied,
            _ => Verdict::NotApplied,
        }
    }
}

/// [`UserChange::verdict`] over numbers. Whatever is no change was not applied.
pub const fn read_back(change: u32, found: u32) -> u32 {
    let found = match found {
        0 => UserState::Nobody,
        1 => UserState::Active,
        _ => UserState::Banned,
    };
    let change = match change {
        0 => UserChange::Ban,
        1 => UserChange::Unban,
        2 => UserChange::Delete,
        3 => UserChange::DeleteSeenByAnother,
        _ => return Verdict::NotApplied as u32,
    };
    change.verdict(found) as u32
}

/// The last millisecond of the year 9999: later times come from milliseconds that were stored as seconds.
const LAST: f64 = 253_402_300_799_999.0;

/// A time in milliseconds that a server may have multiplied by 1000.
///
/// The e-mail plugin stores milliseconds where the server expects seconds: `+058879-08-31T09:54:37.000Z` for 2026-11-28.
pub fn plausible_time(milliseconds: f64) -> f64 {
    if milliseconds > LAST { (milliseconds / 1000.0).floor() } else { milliseconds }
}

#[cfg(test)]
mod tests {
    use super::*;
    use UserState::{Active, Banned, Nobody};
    use Verdict::{Applied, LookUpAnother, NotApplied};

    #[test]
    fn only_what_is_seen_counts_as_applied() {
        let rows = [
            (UserChange::Ban, [NotApplied, NotApplied, Applied]),
            (UserChange::Unban, [NotApplied, Applied, NotApplied]),
            (UserChange::Delete, [LookUpAnother, NotApplied, NotApplied]),
            (UserChange::DeleteSeenByAnother, [NotApplied, Applied, Applied]),
        ];
        for (change, expected) in rows {
            assert_eq!([Nobody, Active, Banned].map(|found| change.verdict(found)), expected, "{change:?}");
            for found in [Nobody, Active, Banned] {
                assert_eq!(read_back(change as u32, found as u32), change.verdict(found) as u32);
            }
        }
        assert_eq!(read_back(4, 2), NotApplied as u32);
    }

    #[test]
    fn times_beyond_the_year_9999_are_a_thousand_times_too_large() {
        assert_eq!(plausible_time(1_795_895_677_000_000.0), 1_795_895_677_000.0);
        assert_eq!(plausible_time(LAST), LAST);
        assert_eq!(plausible_time(-1.0), -1.0);
        assert!(plausible_time(f64::NAN).is_nan());
    }
}
