//! The calls in flight, which JavaScript drives: it waits for one thing at a time, and comes back with what became of it.
//!
//! There are no futures in this. A call would be one of 11 KB, and needs a closure for every promise. And as JavaScript
//! holds the loop, a panic ends in the promise of the call that panicked, not in a queue that nobody looks at again.

use super::connection::Asked;
use super::trip::{Next, Trip};
use crate::http::Outcome;
use crate::single::Single;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/client/task.js")]
extern "C" {
    fn hand(value: &JsValue);
    fn drive(exports: &JsValue, task: u32) -> Promise;
}

// The states that task.js knows.
const WAIT: u32 = 0;
const FULFIL: u32 = 1;
const REJECT: u32 = 2;

enum Task {
    New(Asked),
    UnderWay(Box<Trip>),
}

/// The calls in flight. A call that is running has been taken out of its place.
#[derive(Default)]
struct Tasks {
    places: Vec<Option<Task>>,
    free: Vec<u32>,
}

impl Tasks {
    fn add(&mut self, task: Task) -> u32 {
        if let Some(id) = self.free.pop() {
            self.put(id, task);
            return id;
        }
        self.places.push(Some(task));
        (self.places.len() - 1) as u32
    }

    fn put(&mut self, id: u32, task: Task) {
        if let Some(place) = self.places.get_mut(id as usize) {
            *place = Some(task);
        }
    }

    fn take(&mut self, id: u32) -> Option<Task> {
        self.places.get_mut(id as usize).and_then(Option::take)
    }
}

static TASKS: Single<Tasks> = Single::new(Tasks { places: Vec::new(), free: Vec::new() });

/// Starts a call, at once. The promise settles as the call does.
pub fn start(asked: Asked) -> Promise {
    let id = TASKS.with(|tasks| tasks.add(Task::New(asked)));
    drive(&wasm_bindgen::exports(), id)
}

/// Goes on with a call, which has not been started or has waited for what ended so. Called by task.js alone.
#[wasm_bindgen(skip_typescript)]
pub fn resume(id: u32, ending: u32, value: JsValue) -> u32 {
    // Out of its place while it runs: it calls the caller's own functions, which may start other calls.
    let (next, trip) = match TASKS.with(|tasks| tasks.take(id)) {
        Some(Task::New(asked)) => match asked.read() {
            Ok(trip) => {
                let mut trip = Box::new(trip);
                (trip.start(), Some(trip))
            }
            Err(error) => (Next::Done(Err(error)), None),
        },
        Some(Task::UnderWay(mut trip)) => (trip.go_on(Outcome::of(ending, value)), Some(trip)),
        None => return REJECT,
    };
    match (next, trip) {
        (Next::Wait(wait), Some(trip)) => {
            hand(&wait);
            TASKS.with(|tasks| tasks.put(id, Task::UnderWay(trip)));
            return WAIT;
        }
        (Next::Done(Err(error)), _) => {
            hand(&error);
            TASKS.with(|tasks| tasks.free.push(id));
            return REJECT;
        }
        (Next::Done(Ok(value)), _) => hand(&value),
        (Next::Wait(_), None) => {}
    }
    TASKS.with(|tasks| tasks.free.push(id));
    FULFIL
}

/// Frees a call that nothing will ever go on with. Called by task.js alone.
#[wasm_bindgen(skip_typescript)]
pub fn forget(id: u32) {
    let task = TASKS.with(|tasks| {
        let task = tasks.take(id);
        if task.is_some() {
            tasks.free.push(id);
        }
        task
    });
    drop(task); // Out here: to drop it may take other calls along.
}
