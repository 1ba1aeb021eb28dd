//! The exports of the client's module: decisions over numbers and short texts. `src/host/client` calls them.
//!
//! They hold no state and no JavaScript value, so there is nothing to free, and a panic leaves nothing behind.

use crate::http::{
    self, Base, Budget, Dialect, Facts, FailureReason, Memory, RedirectFacts, RetryCause, State, Traits, is_code,
    is_message,
};
use crate::session;
use wasm_bindgen::prelude::*;

/// The first step of a call.
#[wasm_bindgen(skip_typescript)]
pub fn begin(traits: u32, memory: u32) -> u32 {
    #[cfg(feature = "force-panic")]
    assert!(memory >> 30 != 1, "requested by a test");
    http::begin(Traits(traits), Memory::unpack(memory)).pack()
}

/// The step that a response leads to. `step` is the last one.
#[wasm_bindgen(skip_typescript)]
pub fn receive(step: u32, traits: u32, memory: u32, status: u16, facts: u32) -> u32 {
    #[cfg(feature = "force-panic")]
    assert!(memory >> 30 != 2, "requested by a test");
    http::receive(State::unpack(step), Traits(traits), Memory::unpack(memory), status, Facts(facts)).pack()
}

/// The dialect of the server, as far as it is known: 0 if it is not, 1 for `sdk`, 2 for `adapter`.
#[wasm_bindgen(skip_typescript)]
pub fn dialect(memory: u32) -> u32 {
    match Memory::unpack(memory).settled(Base::Api) {
        None => 0,
        Some(Dialect::Sdk) => 1,
        Some(Dialect::Adapter) => 2,
    }
}

/// The milliseconds to wait before the next attempt, or -1 if there is none. `status` is 0 if there was no answer, and
/// `retry_after` is in seconds, or negative if the server does not say so.
#[wasm_bindgen(skip_typescript)]
pub fn delay(
    traits: u32,
    status: u16,
    retry_after: f64,
    retries: u32,
    max_retries: f64,
    time_left: f64,
    random: f64,
) -> f64 {
    let cause = match status {
        0 => RetryCause::NoAnswer,
        _ => RetryCause::Status(status, (retry_after >= 0.0).then_some(retry_after)),
    };
    // Saturates.
    let budget = Budget { retries, max_retries: max_retries as u32, time_left };
    Traits(traits).retry_class().wait(cause, budget, random).unwrap_or(-1.0)
}

/// What the message of an error response says about its route: flags of [`Facts`].
#[wasm_bindgen(js_name = messageFacts, skip_typescript)]
pub fn message_facts(message: &str) -> u32 {
    Facts::of_message(message).0
}

/// Whether the code of an error response is one.
#[wasm_bindgen(js_name = isCode, skip_typescript)]
pub fn is_error_code(code: &str) -> bool {
    is_code(code)
}

/// Whether a plain-text body reads like a message.
#[wasm_bindgen(js_name = isMessage, skip_typescript)]
pub fn is_error_message(text: &str) -> bool {
    is_message(text)
}

/// The wait that a server asks for, in seconds; negative if it asks for none. `milliseconds` is the header `retry-after-ms`,
/// `seconds` is `retry-after`, both empty if absent, and `until` is how far away the date is that the latter may be.
#[wasm_bindgen(js_name = retryAfter, skip_typescript)]
pub fn retry_after(milliseconds: &str, seconds: &str, until: f64) -> f64 {
    http::retry_after(Some(milliseconds), Some(seconds), |_| until).unwrap_or(-1.0)
}

/// What to do with a response that may be a redirect: -1 if it is none, 0 to follow it, else the reason not to, plus one.
#[wasm_bindgen(skip_typescript)]
pub fn redirect(status: u16, facts: u32, has_location: bool) -> i32 {
    let facts = RedirectFacts(facts);
    if !http::is_redirect(status, facts, has_location) {
        return -1;
    }
    http::obstacle(status, facts).map_or(0, |reason: FailureReason| reason as i32 + 1)
}

/// What an event leads to, for the session of a person. `event` is its number, with the reason of an end from the eighth bit on.
#[wasm_bindgen(js_name = sessionNext, skip_typescript)]
pub fn session_next(state: u32, event: u32, facts: u32, mine: f64, its: f64, deadline: f64, now: f64) -> u32 {
    let at = session::Moment { mine, its, deadline, now, reason: session::Reason::of(event >> 8) };
    session::next(session::State::unpack(state), session::Event::of(event & 255), session::Facts(facts), at).pack()
}

/// The stamp of a change to a session that is made now.
#[wasm_bindgen(js_name = sessionStamp, skip_typescript)]
pub fn session_stamp(last: f64, now: f64, random: f64) -> f64 {
    session::stamp(last, now, random)
}

/// When a session expires by the clock of this machine.
#[wasm_bindgen(js_name = sessionDeadline, skip_typescript)]
pub fn session_deadline(expires: f64, issued: f64, now: f64) -> f64 {
    session::deadline(expires, issued, now)
}

/// How long to wait before looking at a session again; negative if there is nothing to wait for.
#[wasm_bindgen(js_name = sessionWait, skip_typescript)]
pub fn session_wait(deadline: f64, now: f64, failures: u32) -> f64 {
    session::wait(deadline, now, failures)
}

/// What reading a user back says about a change: 0 if it was applied, 1 if not, 2 to look up another user. `found` is 0 for nobody, 1
/// for a user and 2 for a banned one.
#[wasm_bindgen(js_name = readBack, skip_typescript)]
pub fn read_back(change: u32, found: u32) -> u32 {
    http::read_back(change, found)
}

/// A time in milliseconds that a server may have multiplied by 1000.
#[wasm_bindgen(js_name = plausibleTime, skip_typescript)]
pub fn plausible_time(milliseconds: f64) -> f64 {
    http::plausible_time(milliseconds)
}

#[wasm_bindgen(typescript_custom_section)]
const ERROR_CODES: &str = include_str!("../../generated/error-codes.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const ERROR_TYPES: &str = include_str!("../host/errors/errors.api.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const CLIENT_TYPES: &str = include_str!("../host/client/client.api.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const ITERATOR_TYPES: &str = include_str!("../host/client/iterate.api.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const PERMISSION_TYPES: &str = include_str!("../host/client/permissions.api.d.ts");
