//! The session of a person, decided: what its state becomes after each event, which of two tabs is right, and when to look again.
//!
//! Pure, over numbers. The host, which holds the tokens, the storage, the timers and the channel, asks [`next`] what follows. It never leads to
//! [`Phase::SignedIn`] by a session that is expired, or that the server has refused.

mod event;
mod next;
mod state;
mod time;

pub use event::{Event, Facts};
pub use next::{Moment, next};
pub use state::{Effects, Phase, Reason, State, Step};
pub use time::{deadline, stamp, wait};
