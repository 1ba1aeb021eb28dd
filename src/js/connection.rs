//! One server, as a client was told to reach it: where every method's call begins.

use super::errors;
use super::observers::Observers;
use super::options::{CallSettings, ClientSettings, client_settings};
use super::task::{Settled, Waits, spawn};
use super::trip::Trip;
use crate::http::{Bases, Call, DialectMemory, InvalidArgument, Operation, Step, Transport};
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A server and how to reach it. It holds no state but the dialect it has found out.
pub struct Connection {
    pub(super) bases: Bases,
    pub(super) memory: DialectMemory,
    pub(super) transport: Transport,
    pub(super) defaults: CallSettings,
    pub(super) observers: Option<Observers>,
}

type Prepare = Box<dyn FnOnce() -> Result<Operation, InvalidArgument>>;

impl Connection {
    /// Reads the options of a client.
    pub fn new(options: &JsValue) -> Result<Self, InvalidArgument> {
        let ClientSettings { bases, dialect, transport, call, observers } = client_settings(options)?;
        Ok(Self { bases, memory: DialectMemory::new(dialect), transport, defaults: call, observers })
    }

    /// Carries out the operation that `prepare` makes of the arguments, or rejects without a request if they cannot be
    /// sent. They are read before this returns: the caller may change them while the promise is pending.
    pub fn call(
        self: &Rc<Self>,
        prepare: impl FnOnce() -> Result<Operation, InvalidArgument> + 'static,
        options: JsValue,
    ) -> Promise {
        self.start(Box::new(prepare), options)
    }

    fn start(self: &Rc<Self>, prepare: Prepare, options: JsValue) -> Promise {
        let connection = self.clone();
        spawn(|waits| run(connection, prepare, options, waits))
    }
}

/// The one asynchronous path: every method's future is this one.
async fn run(connection: Rc<Connection>, prepare: Prepare, options: JsValue, waits: Waits) -> Settled {
    let operation = prepare().map_err(errors::invalid)?;
    #[cfg(feature = "force-panic")]
    super::forced_panic::at("before", &operation);
    let settings = connection.defaults.with_call(&options).map_err(errors::invalid)?;
    let mut call = Call::new(&operation, &connection.memory, &connection.bases);
    let mut trip = Trip::start(&connection, &operation, &settings, &waits);
    let mut step = call.start();
    loop {
        step = match step {
            Step::Send(request) => {
                let reply = trip.make(&call, &request).await?;
                #[cfg(feature = "force-panic")]
                super::forced_panic::at("after", &operation);
                call.receive(reply, trip.token())
            }
            Step::Done(result) => return result.map_err(|failure| trip.error(failure)),
        };
    }
}
