//! Decides here, during an outage of the server.

use super::decision::{DecisionSource, GuardDecision};
use crate::permissions::pattern::{Budget, Pattern, PatternError};
use crate::permissions::{Call, Host, Mode, Need, find, judge, no_grant};
use crate::rust_client::{AuthorizeRequest, Decision, Error, Permission};
use serde_json::Value;

/// Whether an error says that the server was not reached. Any answer of the server itself is no outage.
pub(super) fn is_outage(error: &Error) -> bool {
    match error.status() {
        Some(status) => error.is_server() && matches!(status, 502..=504),
        None => error.is_network() && matches!(error.code(), "NETWORK_ERROR" | "TIMEOUT" | "DEADLINE_EXCEEDED"),
    }
}

/// What is known around a call: its arguments alone.
struct Unknowing(Budget);

impl Host for Unknowing {
    fn count(&mut self, _: &str, _: u32) -> Option<u32> {
        None
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError> {
        Pattern::new(pattern)?.is_found(text, &mut self.0)
    }

    fn time_of_day(&mut self) -> String {
        String::new()
    }

    fn address(&mut self) -> Option<String> {
        None
    }

    fn lacks(&self, _: &Need) -> bool {
        true
    }
}

/// Decides with these permissions; `None` if that needs what is not known here, such as a rate or an address.
pub(super) fn decide(permissions: &[Permission], request: &AuthorizeRequest) -> Option<GuardDecision> {
    let strings = request.arguments.as_ref().map(|arguments| {
        let text = |(name, value): (&'_ String, &'_ Value)| Some((name.clone(), value.as_str()?.to_owned()));
        arguments.0.iter().filter_map(text).collect::<Vec<_>>()
    });
    let pairs = strings
        .as_ref()
        .map(|pairs| pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>());
    let (action, resource) = (request.action.as_str(), request.resource.as_str());
    let call = Call { agent: "", action, resource, arguments: pairs.as_deref() };
    let reason = match find(permissions, action, resource) {
        None => Some(no_grant(None, action, resource)),
        Some(permission) => {
            let mut host = Unknowing(Budget::default());
            let judgement = judge(Mode::Server, permission.constraints.as_ref(), (&[], 0), &call, &mut host);
            if !judgement.needs.is_empty() {
                return None;
            }
            judgement.reason
        }
    };
    let decision = Decision { allowed: reason.is_none(), audit_id: String::new(), reason };
    Some(GuardDecision::new(decision, DecisionSource::Local))
}
