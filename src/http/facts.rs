//! What is known of a response before anything is decided about it.

use super::bits::flags;

flags! {
    /// The facts about a response, which the host collects.
    Facts {
        /// The body is JSON.
        JSON = 0,
        /// The body is other text, or is not looked at.
        TEXT = 1,
        /// The body was due to be JSON and is not.
        MALFORMED = 2,
        /// The `Content-Type` is that of a page.
        HTML = 3,
        /// The body is an object with a member `data` that is an object or an array.
        DATA = 4,
        /// The body has a member `id` or `allowed`.
        BARE = 5,
        /// The body has `success: false`.
        UNSUCCESSFUL = 6,
        /// The body has `allowed: false`.
        DENIED = 7,
        /// The body's `data` has `allowed: false`.
        DATA_DENIED = 8,
        /// The error message says that there is no such route.
        SAYS_NO_ROUTE = 9,
        /// The error message says that an agent's id is missing.
        SAYS_NO_AGENT_ID = 10,
        /// The token function can be called for another token.
        CAN_RENEW = 11,
        /// The call has no more attempts.
        LAST = 12,
    }
}

impl Facts {
    /// Whether the value is in an envelope: `{data: …}` or `{success: true, data: …}`.
    ///
    /// No value on the wire has its own member `data` beside an `id` or a verdict, so a body that has one of those is bare.
    pub const fn is_enveloped(self) -> bool {
        self.has(Self::DATA) && !self.has(Self::BARE)
    }

    /// Whether the value says `allowed: false`.
    pub const fn is_denied(self) -> bool {
        self.has(if self.is_enveloped() { Self::DATA_DENIED } else { Self::DENIED })
    }

    /// What the message of an error response says about its route.
    pub fn of_message(message: &str) -> Self {
        let no_route = matches!(message, "Route not found" | "Plugin endpoint not found")
            || (message.starts_with("Route ") && message.ends_with(" not found"));
        Self::default()
            .with(Self::SAYS_NO_ROUTE, no_route)
            .with(Self::SAYS_NO_AGENT_ID, crate::text::holds(message, "agentId: Required"))
    }
}
