//! Delegation: agents that delegate permissions to agents.

use super::Argument::{Body, Id};
use super::{Endpoint, agents};
use crate::http::Answer;
use crate::schema::{DelegateInput, DelegationChain, Wire};

/// Delegates permissions.
pub const CREATE: Endpoint = Endpoint::post("delegation.create", "/delegations")
    .takes(&[Body("input", &DelegateInput::SCHEMA)])
    .answers(Answer::value(&DelegationChain::SCHEMA))
    .changes_decisions();

/// Lists what an agent delegates.
pub const LIST_CHAINS: Endpoint = Endpoint::get("delegation.listChains", "/delegations/:id")
    .takes(&[Id("agentId")])
    .answers(Answer::value(&<Vec<DelegationChain>>::SCHEMA));

/// Returns what an agent may do, by its own right and by delegation.
pub const EFFECTIVE_PERMISSIONS: Endpoint = Endpoint {
    name: "delegation.getEffectivePermissions",
    arguments: &[Id("agentId")],
    ..agents::EFFECTIVE_PERMISSIONS
};

/// Revokes a delegation.
pub const REVOKE: Endpoint =
    Endpoint::delete("delegation.revoke", "/delegations/:id").takes(&[Id("id")]).changes_decisions();
