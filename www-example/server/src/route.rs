//! A route: a method and a path, what answers it, and under which conditions.

use crate::app::App;
use crate::ask::Ask;
use crate::mount::Part;
use crate::people::Limit;
use crate::reply::Outcome;
use http::Method;

/// What answers requests of one method and path.
pub type Handler = fn(&App, &Ask) -> Outcome;

/// A method and path, and what answers it.
#[derive(Clone)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub handler: Handler,
    pub part: Part,
    pub hashes: bool,
    pub limit: Option<Limit>,
    pub takes_forms: bool,
    pub cuts_ids: bool,
}

impl Route {
    const fn new(method: Method, path: &'static str, handler: Handler) -> Self {
        Self {
            method,
            path,
            handler,
            part: Part::Adapter,
            hashes: false,
            limit: None,
            takes_forms: false,
            cuts_ids: true,
        }
    }

    /// A route that reads.
    pub const fn get(path: &'static str, handler: Handler) -> Self {
        Self::new(Method::GET, path, handler)
    }

    /// A route that does something.
    pub const fn post(path: &'static str, handler: Handler) -> Self {
        Self::new(Method::POST, path, handler)
    }

    /// A route that answers preflights.
    pub const fn options(path: &'static str, handler: Handler) -> Self {
        Self::new(Method::OPTIONS, path, handler)
    }

    /// A route that changes something.
    pub const fn patch(path: &'static str, handler: Handler) -> Self {
        Self::new(Method::PATCH, path, handler)
    }

    /// A route that removes something.
    pub const fn delete(path: &'static str, handler: Handler) -> Self {
        Self::new(Method::DELETE, path, handler)
    }

    /// Says which part of the server it belongs to.
    pub const fn of(mut self, part: Part) -> Self {
        self.part = part;
        self
    }

    /// Its handler hashes a password, and waits until it may.
    pub const fn hashing(mut self) -> Self {
        self.hashes = true;
        self
    }

    /// It takes so many requests of one address.
    pub const fn limited(mut self, limit: Option<Limit>) -> Self {
        self.limit = limit;
        self
    }

    /// It finds its ids under every mount.
    pub const fn with_uncut_ids(mut self) -> Self {
        self.cuts_ids = false;
        self
    }

    /// It takes bodies that an HTML form sends, too.
    pub const fn taking_forms(mut self) -> Self {
        self.takes_forms = true;
        self
    }
}
