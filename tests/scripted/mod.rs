//! Carries out an operation against replies written down beforehand: the client without a network.
#![allow(dead_code)] // Each test file uses its own part.

pub mod cases;

use kavachos_wasm::client::{
    Bases, Call, CallStep, Failure, InvalidArgument, Operation, Payload, Reply, Request, Server,
};
use kavachos_wasm::http::{Dialect, Memory};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// A client whose server answers from a script.
pub struct Client {
    pub server: Arc<Server>,
    pub token: Option<String>,
    pub asked: RefCell<Vec<Request<Value>>>,
    limit: Cell<usize>,
}

pub fn client(dialect: Option<Dialect>) -> Client {
    Client {
        server: Arc::new(Server::new(
            Bases { api: "https://app.example/api/kavach".into(), auth: None },
            Memory::new(dialect, false),
        )),
        token: None,
        asked: RefCell::new(Vec::new()),
        limit: Cell::new(10),
    }
}

impl Client {
    /// Runs `operation`; the replies are used up in order, and one that is missing is a failed test.
    pub fn run(&self, operation: Operation<Value>, replies: &[Reply<Value>]) -> Result<Value, Failure<Value>> {
        let mut call = Call::new(operation, self.server.clone());
        let mut replies = replies.iter();
        let mut step = call.start();
        loop {
            match step {
                CallStep::Done(result) => {
                    assert_eq!(replies.next().map(|reply| reply.status), None, "a reply was not asked for");
                    return result;
                }
                CallStep::Send(request) => {
                    assert!(self.limit.replace(self.limit.get() - 1) > 0, "the call does not end");
                    let asked = [request.method.name(), " ", &request.url].concat();
                    self.asked.borrow_mut().push(request);
                    let reply = replies.next().unwrap_or_else(|| panic!("{asked} was not expected"));
                    step = call.receive(reply.clone(), self.token.as_deref());
                }
            }
        }
    }

    /// The requests made since the last look, as `METHOD path?query`.
    pub fn requests(&self) -> Vec<String> {
        let asked = std::mem::take(&mut *self.asked.borrow_mut());
        asked
            .iter()
            .map(|request| {
                let path = request.url.strip_prefix(&self.server.bases.api).unwrap_or(&request.url);
                [request.method.name(), " ", path].concat()
            })
            .collect()
    }
}

pub fn ready(operation: Result<Operation<Value>, InvalidArgument>) -> Operation<Value> {
    operation.unwrap_or_else(|InvalidArgument(message)| panic!("{message}"))
}

/// A JSON reply.
pub fn json(status: u16, body: Value) -> Reply<Value> {
    Reply {
        status,
        content_type: "application/json".into(),
        request_id: None,
        retry_after: None,
        payload: Payload::Json(body),
    }
}

/// A text reply; one without a body if the text is empty.
pub fn text(status: u16, content_type: &str, body: &str) -> Reply<Value> {
    let payload = if body.is_empty() { Payload::Empty } else { Payload::Text(body.into()) };
    Reply { status, content_type: content_type.into(), request_id: None, retry_after: None, payload }
}
