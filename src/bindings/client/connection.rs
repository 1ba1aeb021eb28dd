//! One server, as a client was told to reach it: where every method's call begins.

use super::observers::Observers;
use super::options::{CallSettings, ClientSettings, client_settings};
use super::trip::Trip;
use crate::endpoints::{self, audit};
use crate::http::{Base, Call, Dialect, DialectMemory, InvalidArgument, Server, Transport};
use crate::schema::shapes::allowing;
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

impl Connection {
    /// Reads the options of a client.
    pub fn new(options: &JsValue) -> Result<Self, InvalidArgument> {
        let ClientSettings { bases, dialect, transport, call, observers } = client_settings(options)?;
        let server = Rc::new(Server { bases, memory: DialectMemory::new(dialect) });
        Ok(Self { server, transport, defaults: call, observers, calls: Cell::new(0) })
    }

    /// Where the server is.
    pub fn base_url(&self) -> &str {
        &self.server.bases.api
    }

    /// The dialect that the server speaks, once it is known.
    pub fn dialect(&self) -> Option<Dialect> {
        let memory = &self.server.memory;
        memory.is_settled(Base::Api).then(|| memory.first(Base::Api))
    }

    /// Numbers a call, for observers. The first is 1.
    pub(super) fn next_number(&self) -> u32 {
        self.calls.set(self.calls.get().wrapping_add(1));
        self.calls.get()
    }

    /// A copy of the filters of `audit.iterate`, once they and its options have been checked.
    pub fn filters(&self, filters: &JsValue, options: &JsValue) -> Result<JsValue, InvalidArgument> {
        let filters = audit::filters(filters)?;
        self.defaults.with_call(options).map(|_| filters)
    }

    /// The call of a method. Its arguments are read before this returns: the caller may change them while the promise is pending.
    pub fn call(
        self: &Rc<Self>,
        method: usize,
        first: &JsValue,
        second: &JsValue,
        options: &JsValue,
    ) -> Result<Trip, InvalidArgument> {
        let settings = self.defaults.with_call(options)?;
        let (Some(prepare), Some(method)) = (endpoints::prepare(method), endpoints::METHODS.get(method)) else {
            return Err(InvalidArgument::new("the method", "must be one that there is"));
        };
        let operation = allowing(&settings.allow_unknown, || prepare(first, second))?;
        #[cfg(feature = "force-panic")]
        super::forced_panic::at("before", &operation);
        let call = Call::new(operation, self.server.clone());
        Ok(Trip::new(self.clone(), method.name, settings, call))
    }
}
