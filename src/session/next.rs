//! What follows from an event.

use super::event::{Event, Facts};
use super::state::{Effects, Phase, Reason, State, Step};
use super::time::is_due;

/// The numbers of an event.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The stamp of the session that is held, or of the last end.
    pub mine: f64,
    /// The stamp of the event.
    pub its: f64,
    /// When the session expires that the event is about, or the one that is held: in milliseconds, infinite if it is not known.
    pub deadline: f64,
    /// The time.
    pub now: f64,
    /// The reason of an event that is an end.
    pub reason: Reason,
}

impl Moment {
    /// A deadline that is no number has passed.
    fn is_expired(self) -> bool {
        !matches!(self.now.partial_cmp(&self.deadline), Some(core::cmp::Ordering::Less))
    }
}

/// What to do where nobody is signed in from now on: in this tab, and in those that do not know it yet.
const OVER: Effects = Effects(Effects::DROP.0 | Effects::KEEP.0 | Effects::TELL.0);

/// What an event leads to.
pub fn next(state: State, event: Event, facts: Facts, at: Moment) -> Step {
    let step = |state: State, effects: Effects| Step { state, effects };
    let none = Effects::default();
    let same = step(state, none);
    let out = |reason: Reason, effects: Effects| step(State::out(reason), effects);
    let is_out = matches!(state.phase, Phase::SignedOut);
    // The last word is another tab's, which has said it.
    let is_replaced = is_out && matches!(state.reason, Reason::Replaced);
    let is_cookie = facts.has(Facts::COOKIE);
    let is_expired = at.is_expired();
    // The session of this tab is over. Where there is another one beneath, that one comes back.
    let over = |reason: Reason| match facts.has(Facts::BELOW) && !facts.has(Facts::ALL) {
        true => step(State::of(Phase::Loading), Effects::POP),
        false => out(reason, OVER),
    };
    let lapsed = |reason: Reason| if is_expired { Reason::Expired } else { reason };
    match event {
        Event::Restored => match (facts.has(Facts::HELD), is_cookie) {
            _ if !matches!(state.phase, Phase::Loading) => same,
            // Only the server knows of a cookie.
            (held, true) => step(state, Effects::CHECK.with(if held { Effects::TAKE } else { Effects::MARK }, true)),
            (false, false) => out(Reason::None, Effects::MARK),
            (true, false) if !is_expired => step(state, Effects::CHECK.with(Effects::TAKE, true)),
            (true, false) if facts.has(Facts::CAN_REFRESH) => step(state, Effects::REFRESH.with(Effects::TAKE, true)),
            (true, false) => step(State::out(Reason::Expired), OVER.with(Effects::MARK, true)),
        },
        _ if is_answer(event) && !facts.has(Facts::CURRENT) => same,
        // The session of a bearer that was dropped does not come back by an answer.
        Event::Accepted if is_out && !is_cookie => same,
        Event::Accepted if is_expired => over(Reason::Expired),
        Event::Accepted => {
            let is_news = is_cookie && (is_out || !facts.has(Facts::HELD) || !facts.has(Facts::SAME_USER));
            let effects = Effects::KEEP.with(Effects(Effects::STAMP.0 | Effects::TELL.0), is_news);
            step(State::of(Phase::SignedIn), effects)
        }
        Event::Refused | Event::RefreshRefused if is_out => same,
        Event::Refused if facts.has(Facts::CAN_REFRESH) => {
            let phase = if matches!(state.phase, Phase::Loading) { Phase::Loading } else { Phase::Unknown };
            step(State::of(phase), Effects::REFRESH)
        }
        Event::Refused | Event::RefreshRefused if !facts.has(Facts::HELD) => out(Reason::None, none),
        Event::Refused | Event::RefreshRefused => over(lapsed(Reason::Revoked)),
        Event::Unreachable | Event::RefreshUnreachable if is_out => same,
        Event::Unreachable | Event::RefreshUnreachable if !facts.has(Facts::HELD) => out(Reason::None, none),
        Event::Unreachable if is_expired => over(Reason::Expired),
        Event::Unreachable | Event::RefreshUnreachable => match state.phase {
            Phase::SignedIn if !is_expired => same,
            _ => step(State::of(Phase::Unknown), none),
        },
        Event::Began if is_expired => same,
        Event::Began => step(
            State::of(Phase::SignedIn),
            Effects(Effects::TAKE.0 | Effects::STAMP.0 | Effects::KEEP.0 | Effects::TELL.0),
        ),
        // Another tab has signed in since the person began to sign out here.
        Event::Ended if at.its < at.mine => same,
        // Where nobody is signed in, only a sign-out concerns the other tabs.
        Event::Ended if is_out && at.reason != Reason::SignedOut => out(at.reason, none),
        Event::Ended => {
            let step = over(at.reason);
            Step { effects: step.effects.with(Effects::MARK, !step.effects.has(Effects::POP)), ..step }
        }
        Event::Time if is_out || !facts.has(Facts::HELD) || matches!(state.phase, Phase::Loading) => same,
        Event::Time if !is_expired => {
            let is_due = facts.has(Facts::CAN_REFRESH) && is_due(at.deadline, at.now);
            step(state, none.with(Effects::REFRESH, is_due))
        }
        Event::Time if facts.has(Facts::CAN_REFRESH) => step(State::of(Phase::Unknown), Effects::REFRESH),
        Event::Time => over(Reason::Expired),
        // They do not know yet.
        Event::TabIn | Event::TabOut if at.its < at.mine => step(state, none.with(Effects::TELL, !is_replaced)),
        Event::TabIn if !is_later(at.its, at.mine) => step(state, none.with(Effects::TELL, is_out && !is_replaced)),
        Event::TabIn => tab_in(state, facts, is_expired),
        Event::TabOut => {
            let effects = none.with(Effects::MARK, true);
            if !is_out {
                let effects =
                    effects.with(Effects::DROP, true).with(Effects::END, !facts.has(Facts::SHARED) && !is_cookie);
                return out(at.reason, effects);
            }
            let is_same = !is_later(at.its, at.mine);
            out(if is_same { state.reason.max(at.reason) } else { at.reason }, effects)
        }
    }
}

/// Whether a stamp is later than another. One that is not a number is not.
fn is_later(stamp: f64, other: f64) -> bool {
    stamp > other
}

/// Another tab has signed in since.
fn tab_in(state: State, facts: Facts, is_expired: bool) -> Step {
    let is_out = matches!(state.phase, Phase::SignedOut);
    let (is_shared, is_same) = (facts.has(Facts::SHARED), facts.has(Facts::SAME_USER));
    let step = |state: State, effects: &[Effects]| Step {
        state,
        effects: Effects(effects.iter().fold(0, |all, effect| all | effect.0)),
    };
    if facts.has(Facts::COOKIE) {
        // The cookie is theirs already. Who it is, they say or the server does.
        let phase = match (is_shared && !is_expired, is_same && !is_out) {
            (true, _) => Phase::SignedIn,
            (false, true) => state.phase,
            (false, false) => Phase::Loading,
        };
        let take = if is_shared { Effects::TAKE } else { Effects::MARK };
        return step(State::of(phase), &[Effects::CHECK, take]);
    }
    match (is_shared, is_out || is_same) {
        (true, _) if is_expired => step(State::out(Reason::Expired), &[Effects::DROP, Effects::MARK]),
        (true, _) => step(State::of(Phase::SignedIn), &[Effects::TAKE]),
        (false, true) => step(state, &[Effects::MARK]),
        (false, false) => step(State::out(Reason::Replaced), &[Effects::DROP, Effects::MARK, Effects::END]),
    }
}

/// Whether an event answers a question that was asked some time ago.
const fn is_answer(event: Event) -> bool {
    matches!(
        event,
        Event::Accepted | Event::Refused | Event::Unreachable | Event::RefreshRefused | Event::RefreshUnreachable
    )
}
