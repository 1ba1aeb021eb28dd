//! What the course of a call depends on, of its endpoint.

use super::bits::flags;
use super::retry::RetryClass;

flags! {
    /// The traits of an endpoint, as a number that JavaScript keeps beside the endpoint and hands back.
    Traits {
        /// The route is relative to `authUrl`.
        AUTH = 0,
        /// The `sdk` dialect has a route for it.
        IN_SDK = 1,
        /// The `adapter` dialect has one.
        IN_ADAPTER = 2,
        /// Both send the same request, so that asking in the other dialect is pointless.
        SHARED = 3,
        /// 404 resolves to `null`.
        NULL_IF_MISSING = 4,
        /// 401 resolves to `null`.
        NULL_IF_UNAUTHORIZED = 5,
        /// The answer is a decision: a denial is a value, whatever its status.
        DECISION = 6,
        /// Nothing but success is expected.
        NOTHING = 7,
        /// The body is returned as it is.
        RAW = 8,
        /// A 401 is about the password in the body, not about the token.
        PASSWORD = 9,
        /// In the `sdk` dialect an adapter takes this for another route, which wants an agent's id.
        WANTS_AGENT_ID = 10,
        /// The first bit of the retry class.
        RETRY_DECISION = 11,
        /// The second bit of the retry class.
        RETRY_NEVER_TWICE = 12,
        /// The answer is returned as the server sends it, whatever it is: the route is the host's own.
        ENVELOPE_STAYS = 13,
        /// A plugin of the server serves the route.
        PLUGIN = 14,
    }
}

impl Traits {
    /// The retry class.
    pub const fn retry_class(self) -> RetryClass {
        if self.has(Self::RETRY_DECISION) {
            RetryClass::Decision
        } else if self.has(Self::RETRY_NEVER_TWICE) {
            RetryClass::NonIdempotent
        } else {
            RetryClass::Idempotent
        }
    }

    /// These traits with a retry class.
    pub const fn with_retry_class(self, class: RetryClass) -> Self {
        self.with(Self::RETRY_DECISION, matches!(class, RetryClass::Decision))
            .with(Self::RETRY_NEVER_TWICE, matches!(class, RetryClass::NonIdempotent))
    }
}
