//! One server, as a client was told to reach it: where every method's call begins.

use super::errors;
use super::observers::Observers;
use super::options::{CallSettings, ClientSettings, client_settings};
use super::task::start;
use super::trip::Trip;
use crate::http::{Call, DialectMemory, InvalidArgument, Operation, Server, Transport};
use js_sys::Promise;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A server and how to reach it. It holds no state but the dialect it has found out, and how many calls its observers were told of.
pub struct Connection {
    server: Rc<Server>,
    pub(super) transport: Transport,
    defaults: CallSettings,
    pub(super) observers: Option<Observers>,
    calls: Cell<u32>,
}

/// Makes an operation of a method's arguments.
pub type Prepare = fn(&JsValue, &JsValue) -> Result<Operation<JsValue>, InvalidArgument>;

/// No second argument.
pub const NONE: JsValue = JsValue::UNDEFINED;

impl Connection {
    /// Reads the options of a client.
    pub fn new(options: &JsValue) -> Result<Self, InvalidArgument> {
        let ClientSettings { bases, dialect, transport, call, observers } = client_settings(options)?;
        let server = Rc::new(Server { bases, memory: DialectMemory::new(dialect) });
        Ok(Self { server, transport, defaults: call, observers, calls: Cell::new(0) })
    }

    /// Numbers a call, for observers. The first is 1.
    pub(super) fn next_number(&self) -> u32 {
        self.calls.set(self.calls.get().wrapping_add(1));
        self.calls.get()
    }

    /// Checks what a call is told.
    pub fn check(&self, options: &JsValue) -> Result<(), InvalidArgument> {
        self.defaults.with_call(options).map(drop)
    }

    /// Carries out the operation that `prepare` makes of the arguments, or rejects without a request if they cannot be
    /// sent. They are read before this returns: the caller may change them while the promise is pending.
    pub fn call(self: &Rc<Self>, prepare: Prepare, arguments: [JsValue; 2], options: JsValue) -> Promise {
        start(Asked { connection: self.clone(), prepare, arguments, options })
    }
}

/// A method that has been called.
pub struct Asked {
    connection: Rc<Connection>,
    prepare: Prepare,
    arguments: [JsValue; 2],
    options: JsValue,
}

impl Asked {
    /// Reads the arguments.
    ///
    /// # Errors
    /// What the call rejects with, if they cannot be sent.
    pub fn read(self) -> Result<Trip, JsValue> {
        let Self { connection, prepare, arguments: [first, second], options } = self;
        let operation = prepare(&first, &second).map_err(errors::invalid)?;
        #[cfg(feature = "force-panic")]
        super::forced_panic::at("before", &operation);
        let settings = connection.defaults.with_call(&options).map_err(errors::invalid)?;
        let call = Call::new(operation, connection.server.clone());
        Ok(Trip::new(connection, settings, call))
    }
}
