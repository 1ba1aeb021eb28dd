//! The executor: futures that wait for one promise at a time, resumed by JavaScript.
//!
//! That is all a call needs. It takes one crossing and no closure per promise, and as JavaScript holds the loop, a panic
//! ends in the promise of the call that panicked, not in an instance whose queue is never looked at again.

use js_sys::Promise;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/task.js")]
extern "C" {
    fn hand(value: &JsValue);
    fn drive(resume: &JsValue, task: u32, stack: &JsValue, forget: &JsValue) -> Promise;
}

/// What a call comes to.
pub type Settled = Result<JsValue, JsValue>;
type Work = Pin<Box<dyn Future<Output = Settled>>>;

// The states that task.js knows.
const WAIT: u32 = 0;
const FULFIL: u32 = 1;
const REJECT: u32 = 2;

/// How a future waits for promises.
#[derive(Clone, Default)]
pub struct Waits(Rc<Slots>);

#[derive(Default)]
struct Slots {
    awaited: Cell<Option<Promise>>,
    settled: Cell<Option<Settled>>,
}

impl Waits {
    /// Waits for `promise`.
    ///
    /// # Errors
    /// What it rejects with.
    pub async fn wait(&self, promise: Promise) -> Settled {
        self.0.settled.set(None);
        self.0.awaited.set(Some(promise));
        poll_fn(|_| self.0.settled.take().map_or(Poll::Pending, Poll::Ready)).await
    }
}

struct Task {
    work: Work,
    waits: Waits,
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

thread_local! {
    static TASKS: RefCell<Tasks> = RefCell::default();
    static RESUME: JsValue = Closure::<dyn Fn(u32, bool, JsValue) -> u32>::new(resume).into_js_value();
    static FORGET: JsValue = Closure::<dyn Fn(u32)>::new(forget).into_js_value();
    static STACK: JsValue = stack_pointer();
}

/// Starts what `work` makes, at once, and resolves or rejects as it does.
pub fn spawn<F: Future<Output = Settled> + 'static>(work: impl FnOnce(Waits) -> F) -> Promise {
    let waits = Waits::default();
    let work: Work = Box::pin(work(waits.clone()));
    let id = TASKS.with(|tasks| tasks.borrow_mut().add(Task { work, waits }));
    RESUME.with(|resume| STACK.with(|stack| FORGET.with(|forget| drive(resume, id, stack, forget))))
}

fn resume(id: u32, ok: bool, value: JsValue) -> u32 {
    // Not borrowed while it runs: it calls the caller's own functions, which may start other calls.
    let Some(mut task) = TASKS.with(|tasks| tasks.borrow_mut().take(id)) else { return REJECT };
    task.waits.0.settled.set(Some(if ok { Ok(value) } else { Err(value) }));
    match task.work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Pending => {
            if let Some(promise) = task.waits.0.awaited.take() {
                hand(&promise);
            }
            TASKS.with(|tasks| tasks.borrow_mut().put(id, task));
            WAIT
        }
        Poll::Ready(settled) => {
            TASKS.with(|tasks| tasks.borrow_mut().free.push(id));
            match settled {
                Ok(value) => {
                    hand(&value);
                    FULFIL
                }
                Err(error) => {
                    hand(&error);
                    REJECT
                }
            }
        }
    }
}

/// Frees a call that nothing will ever resume.
fn forget(id: u32) {
    // Dropped when nothing is borrowed any more.
    let _task = TASKS.with(|tasks| {
        let mut tasks = tasks.borrow_mut();
        let task = tasks.take(id);
        if task.is_some() {
            tasks.free.push(id);
        }
        task
    });
}

/// The global that holds the stack pointer, so that it can be put back after a panic.
fn stack_pointer() -> JsValue {
    js_sys::Reflect::get(&wasm_bindgen::exports(), &JsValue::from_str("__stack_pointer")).unwrap_or_default()
}
