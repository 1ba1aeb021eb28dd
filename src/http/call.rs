//! The course of a call: in which dialect it asks, what a response leads to, and what is learned from it.
//!
//! Pure decisions over numbers. The host holds the values and does the I/O: JavaScript in the npm package, `client` natively.

use super::dialect::{Dialect, Memory};
use super::facts::Facts;
use super::failure_reason::FailureReason;
use super::retry::RetryCause;
use super::route::Base;
use super::traits::Traits;

/// What the host does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send the request of the dialect.
    Send,
    /// Ask the token function for another token.
    Renew,
    /// Try again if [`RetryClass::wait`](super::RetryClass::wait) allows it; otherwise ask again with [`Facts::LAST`].
    Retry,
    /// Read the value of the body.
    Value,
    /// Return the body as it is.
    Body,
    /// Resolve to nothing.
    Nothing,
    /// Resolve to `null`.
    Null,
    /// Reject, for this reason.
    Fail(FailureReason),
}

impl Action {
    /// The names by which JavaScript knows the numbers of `Action::number`.
    pub const NAMES: [&'static str; 8] = ["SEND", "RENEW", "RETRY", "VALUE", "BODY", "NOTHING", "NULL", "FAIL"];

    const fn number(self) -> u32 {
        match self {
            Self::Send => 0,
            Self::Renew => 1,
            Self::Retry => 2,
            Self::Value => 3,
            Self::Body => 4,
            Self::Nothing => 5,
            Self::Null => 6,
            Self::Fail(_) => 7,
        }
    }
}

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// The dialect of the request in hand.
    pub dialect: Dialect,
    asked_sdk: bool,
    asked_adapter: bool,
    /// Whether the token function has been asked for another token.
    renewed: bool,
}

impl State {
    const fn pack(self) -> u32 {
        matches!(self.dialect, Dialect::Adapter) as u32
            | (self.asked_sdk as u32) << 1
            | (self.asked_adapter as u32) << 2
            | (self.renewed as u32) << 3
    }

    /// The state in the number of a [`Step`].
    pub const fn unpack(number: u32) -> Self {
        Self {
            dialect: if number & 1 == 0 { Dialect::Sdk } else { Dialect::Adapter },
            asked_sdk: number >> 1 & 1 == 1,
            asked_adapter: number >> 2 & 1 == 1,
            renewed: number >> 3 & 1 == 1,
        }
    }

    const fn has_asked(self, dialect: Dialect) -> bool {
        match dialect {
            Dialect::Sdk => self.asked_sdk,
            Dialect::Adapter => self.asked_adapter,
        }
    }

    const fn asking(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        match dialect {
            Dialect::Sdk => self.asked_sdk = true,
            Dialect::Adapter => self.asked_adapter = true,
        }
        self
    }
}

/// A step of a call: what to do next, and what is known from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where the call stands.
    pub state: State,
    /// What to do.
    pub action: Action,
    /// Whether the value is in an envelope.
    pub is_enveloped: bool,
    /// What the client knows of its server.
    pub memory: Memory,
}

impl Step {
    /// The parts of the number: name, first bit, bits. JavaScript reads them by functions of these names.
    pub const PARTS: [(&'static str, u32, u32); 6] = [
        ("dialect", 0, 1),
        ("asked", 1, 2),
        ("action", 4, 4),
        ("enveloped", 8, 1),
        ("memory", 9, 7),
        ("reason", 16, 6),
    ];

    /// This step as a number, which is also the state that the next decision takes.
    pub const fn pack(self) -> u32 {
        let reason = match self.action {
            Action::Fail(reason) => reason as u32,
            _ => 0,
        };
        self.state.pack()
            | self.action.number() << 4
            | (self.is_enveloped as u32) << 8
            | self.memory.pack() << 9
            | reason << 16
    }
}

/// The first step: a request, unless the dialect is known and has no route for it.
pub fn begin(traits: Traits, memory: Memory) -> Step {
    let first = memory.first(traits.base());
    // As long as the dialect is not certain, the one that has a route for the call is asked.
    let is_certain = memory.settled(traits.base()).is_some();
    let dialect = if is_certain || traits.is_in(first) { first } else { first.other() };
    let state = State { dialect, asked_sdk: false, asked_adapter: false, renewed: false };
    ask(state, dialect, traits, memory)
}

/// The step that a response leads to.
pub fn receive(state: State, traits: Traits, memory: Memory, status: u16, facts: Facts) -> Step {
    let is_success = matches!(status, 200..=299);
    let is_denial = traits.has(Traits::DECISION) && facts.has(Facts::JSON) && facts.is_denied();
    let is_enveloped = facts.is_enveloped() && !traits.has(Traits::ENVELOPE_STAYS);
    let step = |action| Step { state, action, is_enveloped, memory };
    if status == 401 && facts.has(Facts::CAN_RENEW) && !state.renewed && !traits.has(Traits::PASSWORD) && !is_denial {
        return Step { state: State { renewed: true, ..state }, ..step(Action::Renew) };
    }
    // How long the server asks to wait is not known here: with it, more may be retried.
    let may_retry = traits.retry_class().allows(RetryCause::Status(status, Some(0.0)));
    if !is_success && !is_denial && !facts.has(Facts::LAST) && may_retry {
        return step(Action::Retry);
    }
    if is_missing_route(status, facts, traits, state.dialect) {
        let base = traits.base();
        // Another call may have found out the dialect since this one asked: then the other one remains to be asked.
        let is_certain = memory.settled(base) == Some(state.dialect);
        let other = state.dialect.other();
        if is_certain || state.has_asked(other) || traits.has(Traits::SHARED) || traits.has(Traits::PLUGIN) {
            return step(Action::Fail(no_route(traits, memory)));
        }
        return ask(state, other, traits, memory);
    }
    let action = if is_success { read(status, facts, traits) } else { refused(status, traits, is_denial) };
    Step { memory: learned(state, traits, memory, status, facts), ..step(action) }
}

fn ask(state: State, dialect: Dialect, traits: Traits, memory: Memory) -> Step {
    let (state, action) = match (traits.is_in(dialect), state.has_asked(dialect.other())) {
        (true, _) => (state.asking(dialect), Action::Send),
        (false, false) => (State { dialect, ..state }, Action::Fail(FailureReason::NotSupported)),
        (false, true) => (State { dialect, ..state }, Action::Fail(FailureReason::NotSupportedEither)),
    };
    Step { state, action, is_enveloped: false, memory }
}

/// Whether a response says that the server has no such *route*, in which case nothing was executed.
///
/// A missing *thing* is a JSON error that names it, and is never taken for a missing route.
const fn is_missing_route(status: u16, facts: Facts, traits: Traits, asked: Dialect) -> bool {
    let is_json = facts.has(Facts::JSON);
    let is_empty = !is_json && !facts.has(Facts::TEXT) && !facts.has(Facts::MALFORMED);
    match status {
        405 => true,
        404 if is_json => facts.has(Facts::SAYS_NO_ROUTE),
        // An `sdk` server may answer 404 with an empty body for a thing that it does not have.
        404 if is_empty => !(matches!(asked, Dialect::Sdk) && traits.has(Traits::NULL_IF_MISSING)),
        404 => true,
        // `POST /authorize` is by token in one dialect and by id in the other, which wants an id.
        400 if is_json && traits.has(Traits::WANTS_AGENT_ID) && matches!(asked, Dialect::Sdk) => {
            facts.has(Facts::SAYS_NO_AGENT_ID)
        }
        _ => false,
    }
}

const fn no_route(traits: Traits, memory: Memory) -> FailureReason {
    if traits.has(Traits::PLUGIN) {
        return FailureReason::PluginNotMounted;
    }
    match (traits.has(Traits::AUTH), memory.has_auth_url, traits.has(Traits::SHARED)) {
        (true, false, _) => FailureReason::AuthRouteNotFound,
        (true, true, _) => FailureReason::AuthUrlNotFound,
        (false, _, true) => FailureReason::SharedRouteNotFound,
        (false, _, false) => FailureReason::RouteNotFound,
    }
}

/// Remembers the dialect once an answer has shown it.
fn learned(state: State, traits: Traits, memory: Memory, status: u16, facts: Facts) -> Memory {
    let base = traits.base();
    if memory.settled(base).is_some() {
        return memory;
    }
    if traits.has(Traits::SHARED) {
        // Both dialects ask alike: only the envelope of a success tells them apart, or the lack of one where a value is due.
        let is_success = matches!(status, 200..=299) && facts.has(Facts::JSON) && !traits.has(Traits::ENVELOPE_STAYS);
        let is_value = !traits.has(Traits::NOTHING) && !facts.has(Facts::UNSUCCESSFUL);
        return match facts.is_enveloped() {
            _ if !is_success => memory,
            true => memory.learned(base, Dialect::Adapter),
            false if is_value => memory.learned(base, Dialect::Sdk),
            false => memory,
        };
    }
    // The route exists in this dialect alone. A gateway in front of the server answers 401, 429 and 5xx whatever the route, so
    // those show nothing.
    if matches!(status, 401 | 407 | 429 | 500..) { memory } else { memory.learned(base, state.dialect) }
}

/// What becomes of a success.
const fn read(status: u16, facts: Facts, traits: Traits) -> Action {
    let takes_text = traits.has(Traits::NOTHING) || traits.has(Traits::RAW);
    if facts.has(Facts::JSON) {
        return match facts.has(Facts::UNSUCCESSFUL) && !traits.has(Traits::ENVELOPE_STAYS) {
            true => Action::Fail(FailureReason::of_status(status)),
            false if traits.has(Traits::NOTHING) => Action::Nothing,
            false if traits.has(Traits::RAW) => Action::Body,
            false => Action::Value,
        };
    }
    match (facts.has(Facts::TEXT), facts.has(Facts::MALFORMED)) {
        (true, _) if takes_text && facts.has(Facts::HTML) => Action::Fail(FailureReason::UnexpectedPage),
        (true, _) if traits.has(Traits::NOTHING) => Action::Nothing,
        (true, _) if takes_text => Action::Body,
        (true, _) | (_, true) => Action::Fail(FailureReason::NotJson),
        _ if traits.has(Traits::RAW) && traits.has(Traits::ENVELOPE_STAYS) => Action::Body,
        _ if traits.has(Traits::NOTHING) || traits.has(Traits::ENVELOPE_STAYS) => Action::Nothing,
        _ => Action::Fail(FailureReason::EmptyBody),
    }
}

/// What becomes of an error status, which may still be a value.
const fn refused(status: u16, traits: Traits, is_denial: bool) -> Action {
    match status {
        404 if traits.has(Traits::NULL_IF_MISSING) => Action::Null,
        401 if traits.has(Traits::NULL_IF_UNAUTHORIZED) => Action::Null,
        // A denial is a value. A permission with an error status is a contradiction, never a permission.
        _ if is_denial => Action::Value,
        _ => Action::Fail(FailureReason::of_status(status)),
    }
}

impl Traits {
    /// Whether a dialect has a route for it.
    pub const fn is_in(self, dialect: Dialect) -> bool {
        self.has(match dialect {
            Dialect::Sdk => Self::IN_SDK,
            Dialect::Adapter => Self::IN_ADAPTER,
        })
    }

    /// The base of its route.
    pub const fn base(self) -> Base {
        if self.has(Self::AUTH) { Base::Auth } else { Base::Api }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_of_one_dialect_is_asked_in_that_one_first() {
        for (traits, dialect) in [(Traits::IN_SDK, Dialect::Sdk), (Traits::IN_ADAPTER, Dialect::Adapter)] {
            let step = begin(traits, Memory::default());
            assert_eq!((step.action, step.state.dialect), (Action::Send, dialect));
            let missing = receive(step.state, traits, Memory::default(), 404, Facts::TEXT);
            assert_eq!(missing.action, Action::Fail(FailureReason::NotSupportedEither));
            let known = begin(traits, Memory::new(Some(dialect.other()), false));
            assert_eq!(known.action, Action::Fail(FailureReason::NotSupported));
        }
    }

    #[test]
    fn a_missing_route_of_a_plugin_is_no_missing_route_of_the_server() {
        let traits = Traits::PLUGIN.with(Traits::AUTH, true).with(Traits::IN_ADAPTER, true);
        for memory in [Memory::default(), Memory::default().learned(Base::Auth, Dialect::Adapter)] {
            let step = begin(traits, memory);
            assert_eq!((step.action, step.state.dialect), (Action::Send, Dialect::Adapter));
            for facts in [Facts::TEXT, Facts::default(), Facts::JSON.with(Facts::SAYS_NO_ROUTE, true)] {
                let missing = receive(step.state, traits, memory, 404, facts);
                assert_eq!(missing.action, Action::Fail(FailureReason::PluginNotMounted));
            }
            let thing = receive(step.state, traits, memory, 404, Facts::JSON);
            assert_eq!(thing.action, Action::Fail(FailureReason::ReportedNotFound));
        }
        let sdk = begin(traits, Memory::new(Some(Dialect::Sdk), false));
        assert_eq!(sdk.action, Action::Fail(FailureReason::NotSupported));
    }

    #[test]
    fn a_state_survives_the_number_of_its_step() {
        for number in 0..16 {
            assert_eq!(State::unpack(number).pack(), number);
        }
        assert!(FailureReason::ALL.len() < 1 << 6);
    }
}
