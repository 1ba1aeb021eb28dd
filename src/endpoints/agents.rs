//! Agents: their identities, and decisions about what they may do.

use super::{Argument, Endpoint};
use crate::http::{Answer, Repair};
use crate::schema::{
    Agent, AgentFilters, AuthorizeRequest, AuthorizeResult, CreateAgentInput, Permission, UpdateAgentInput, Wire,
};
use Argument::{Body, Id, Query};

const AGENT: Answer = Answer::value(&Agent::SCHEMA);

/// The answer to a request for a decision.
pub(super) const DECISION: Answer =
    Answer { is_decision: true, ..Answer::value(&AuthorizeResult::SCHEMA).repaired(&[Repair::Reason]) };

/// Creates an agent.
pub const CREATE: Endpoint =
    Endpoint::post("agents.create", "/agents").takes(&[Body("input", &CreateAgentInput::SCHEMA)]).answers(AGENT);

/// Lists agents.
pub const LIST: Endpoint = Endpoint::get("agents.list", "/agents")
    .takes(&[Query("filters", &AgentFilters::SCHEMA)])
    .answers(Answer::value(&<Vec<Agent>>::SCHEMA));

/// Gets an agent, or `null`.
pub const GET: Endpoint =
    Endpoint::get("agents.get", "/agents/:id").takes(&[Id("id")]).answers(Answer::lookup(&Agent::SCHEMA));

/// Changes an agent.
pub const UPDATE: Endpoint = Endpoint::patch("agents.update", "/agents/:id")
    .takes(&[Id("id"), Body("input", &UpdateAgentInput::SCHEMA)])
    .answers(AGENT)
    .changes_decisions();

/// Revokes an agent.
pub const REVOKE: Endpoint = Endpoint::delete("agents.revoke", "/agents/:id").takes(&[Id("id")]).changes_decisions();

/// Gives an agent a new token.
pub const ROTATE: Endpoint =
    Endpoint::post("agents.rotate", "/agents/:id/rotate").takes(&[Id("id")]).answers(AGENT).changes_decisions();

/// Decides whether an agent may do something.
pub const AUTHORIZE: Endpoint = Endpoint {
    adapter_id: Some("agentId"),
    ..Endpoint::post("authorize", "/agents/:id/authorize")
        .adapter_path("/authorize")
        .takes(&[Id("agentId"), Body("request", &AuthorizeRequest::SCHEMA)])
        .decides(DECISION)
};

/// The same, as a method of the agents.
pub const AGENTS_AUTHORIZE: Endpoint = Endpoint { name: "agents.authorize", ..AUTHORIZE };

/// Returns what an agent may do, by its own right and by delegation.
pub const EFFECTIVE_PERMISSIONS: Endpoint =
    Endpoint::get("agents.getEffectivePermissions", "/delegations/:id/permissions")
        .sdk_only()
        .called("Effective permissions")
        .takes(&[Id("id")])
        .answers(Answer::value(&<Vec<Permission>>::SCHEMA));
