//! A decision, and who made it.

use crate::rust_client::Decision;
use std::ops::Deref;

/// Who made a decision.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::{AuthorizeRequest, DecisionSource};
///
/// # pollster::block_on(async {
/// let decision = kavach.decision_cache().authorize("agent-1", AuthorizeRequest::new("read", "files")).await.unwrap();
/// assert_eq!(decision.source, DecisionSource::Server);
/// # });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecisionSource {
    /// The server, just now.
    Server,
    /// The server, a short time ago: see [`DecisionCache`](super::DecisionCache). Neither audited nor counted.
    Cache,
    /// This program, during an outage of the server: see [`Guard::local`](super::Guard::local). Its `audit_id` is empty.
    Local,
}

/// A decision, and who made it. It dereferences to the [`Decision`].
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::AuthorizeRequest;
///
/// # pollster::block_on(async {
/// let decision = kavach.decision_cache().authorize("agent-1", AuthorizeRequest::new("read", "files")).await.unwrap();
/// assert!(decision.allowed && !decision.is_token_only);
/// # });
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GuardDecision {
    /// The decision.
    pub decision: Decision,
    /// Who made it.
    pub source: DecisionSource,
    /// Whether the rule was [`Rule::token_only`](super::Rule::token_only): the token is valid, and nothing else was decided.
    pub is_token_only: bool,
}

impl GuardDecision {
    pub(super) const fn new(decision: Decision, source: DecisionSource) -> Self {
        Self { decision, source, is_token_only: false }
    }
}

impl Deref for GuardDecision {
    type Target = Decision;

    fn deref(&self) -> &Decision {
        &self.decision
    }
}
