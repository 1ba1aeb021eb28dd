//! Agents: their identities, and decisions about what they may do.

use crate::http::{Answer, InvalidArgument, Operation, Route};
use crate::schema::{Agent, AgentFilters, AuthorizeRequest, CreateAgentInput, Json, UpdateAgentInput, Wire};

const AGENT: Answer = Answer::Value(&Agent::SCHEMA);

/// Creates an agent.
pub fn create<J: Json>(input: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::CreateAgent, AGENT).body("input", input, &CreateAgentInput::SCHEMA)
}

/// Lists agents.
pub fn list<J: Json>(filters: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::ListAgents, Answer::Value(&<Vec<Agent>>::SCHEMA)).query(
        "filters",
        filters,
        &AgentFilters::SCHEMA,
    )
}

/// Gets an agent, or `null`.
pub fn get<J: Json>(id: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::GetAgent, Answer::Lookup(&Agent::SCHEMA)).id("id", id)
}

/// Changes an agent.
pub fn update<J: Json>(id: &J, input: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::UpdateAgent, AGENT).id("id", id)?.body("input", input, &UpdateAgentInput::SCHEMA)
}

/// Revokes an agent.
pub fn revoke<J: Json>(id: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::RevokeAgent, Answer::Nothing).id("id", id)
}

/// Gives an agent a new token.
pub fn rotate<J: Json>(id: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::RotateAgent, AGENT).id("id", id)
}

/// Decides whether an agent may do something.
pub fn authorize<J: Json>(id: &J, request: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::Authorize, Answer::Decision).id("agentId", id)?.body(
        "request",
        request,
        &AuthorizeRequest::SCHEMA,
    )
}
