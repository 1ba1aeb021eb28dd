//! What core.js calls: a client is connected, a call is begun, and goes on with what it has waited for.
//!
//! There are no futures in this. A call would be one of 11 KB, and needs a closure for every promise. And as JavaScript
//! holds the loop, a panic ends in the promise of the call that panicked, not in a queue that nobody looks at again.

use super::connection::Connection;
use super::errors;
use super::slots::Slots;
use super::trip::{Next, Trip};
use crate::http::{Dialect, Outcome};
use crate::single::Single;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/client/core.js")]
extern "C" {
    /// Hands a value to JavaScript, beside the number that a function returns.
    fn hand(value: &JsValue);
    #[wasm_bindgen(js_name = attach)]
    fn attach_exports(exports: &JsValue);
}

// The states that core.js knows.
const WAIT: u32 = 0;
const FULFIL: u32 = 1;
const FAIL: u32 = 2;
const THROW: u32 = 3;

const REFUSED: u32 = u32::MAX;

static CONNECTIONS: Single<Slots<Rc<Connection>>> = Single::new(Slots::new());
/// The calls in flight. A call that is running has been taken out of its place.
static CALLS: Single<Slots<Box<Trip>>> = Single::new(Slots::new());

/// Lets core.js call this module where no entry of the package does: in the tests of the crate.
pub fn attach() {
    attach_exports(&wasm_bindgen::exports());
}

/// Reads the options of a client. Returns its number, or `REFUSED` with an error at hand.
#[wasm_bindgen(skip_typescript)]
pub fn connect(options: &JsValue) -> u32 {
    match Connection::new(options) {
        Ok(connection) => {
            hand(&connection.base_url().into());
            CONNECTIONS.with(|connections| {
                let id = connections.reserve();
                connections.put(id, Rc::new(connection));
                id
            })
        }
        Err(problem) => {
            hand(&errors::invalid(problem));
            REFUSED
        }
    }
}

/// Frees a client that is gone. Its calls in flight go on.
#[wasm_bindgen(skip_typescript)]
pub fn disconnect(connection: u32) {
    let gone = CONNECTIONS.with(|connections| {
        let gone = connections.take(connection);
        connections.release(connection);
        gone
    });
    drop(gone); // Out here: to drop it calls JavaScript.
}

/// The dialect of a client's server: 0 as long as it is not known, 1 for `sdk`, 2 for `adapter`.
#[wasm_bindgen(skip_typescript)]
pub fn dialect(connection: u32) -> u32 {
    match connection_of(connection).and_then(|connection| connection.dialect()) {
        None => 0,
        Some(Dialect::Sdk) => 1,
        Some(Dialect::Adapter) => 2,
    }
}

/// Copies the filters of `audit.iterate`, and checks its options. Returns `FULFIL` or `FAIL`, with the copy or the failure at hand.
#[wasm_bindgen(skip_typescript)]
pub fn filters(connection: u32, filters: &JsValue, options: &JsValue) -> u32 {
    let read = connection_of(connection).map(|connection| connection.filters(filters, options));
    match read {
        Some(Ok(filters)) => {
            hand(&filters);
            FULFIL
        }
        Some(Err(problem)) => {
            hand(&errors::invalid(problem));
            FAIL
        }
        None => FAIL,
    }
}

/// Begins a call of a method. Returns its number, times four, and its state.
#[wasm_bindgen(skip_typescript)]
pub fn begin(connection: u32, method: u32, first: JsValue, second: JsValue, options: JsValue) -> u32 {
    let Some(connection) = connection_of(connection) else { return FAIL };
    match connection.call(method as usize, &first, &second, &options) {
        Ok(trip) => {
            let mut trip = Box::new(trip);
            let id = CALLS.with(Slots::reserve);
            let next = trip.start();
            id * 4 + settle(id, next, trip)
        }
        Err(problem) => {
            hand(&errors::invalid_of(problem, method as usize));
            FAIL
        }
    }
}

/// Goes on with a call that has waited for what ended so. Returns its state.
#[wasm_bindgen(skip_typescript)]
pub fn resume(id: u32, ending: u32, value: JsValue) -> u32 {
    // Out of its place while it runs: it calls the caller's own functions, which may start other calls.
    match CALLS.with(|calls| calls.take(id)) {
        Some(mut trip) => {
            let next = trip.go_on(Outcome::of(ending, value));
            settle(id, next, trip)
        }
        None => FAIL,
    }
}

/// Frees a call that nothing will ever go on with.
#[wasm_bindgen(skip_typescript)]
pub fn forget(id: u32) {
    let call = CALLS.with(|calls| {
        let call = calls.take(id);
        if call.is_some() {
            calls.release(id);
        }
        call
    });
    drop(call); // Out here: to drop it may take other calls along.
}

fn connection_of(id: u32) -> Option<Rc<Connection>> {
    CONNECTIONS.with(|connections| connections.get(id).cloned())
}

fn settle(id: u32, next: Next, trip: Box<Trip>) -> u32 {
    let (state, value) = match next {
        Next::Wait(wait) => {
            hand(&wait);
            CALLS.with(|calls| calls.put(id, trip));
            return WAIT;
        }
        Next::Done(value) => (FULFIL, value),
        Next::Fail(failure) => (FAIL, failure),
        Next::Throw(reason) => (THROW, reason),
    };
    hand(&value);
    CALLS.with(|calls| calls.release(id));
    state
}
