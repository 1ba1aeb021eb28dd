//! Delegation: agents that lend permissions to agents.

use crate::http::{Answer, InvalidArgument, Operation, Route};
use crate::schema::{DelegateInput, DelegationChain, Json, Permission, Wire};

/// Lends permissions.
pub fn create<J: Json>(input: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::CreateDelegation, Answer::Value(&DelegationChain::SCHEMA)).body(
        "input",
        input,
        &DelegateInput::SCHEMA,
    )
}

/// Lists what an agent lends.
pub fn list_chains<J: Json>(agent_id: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::ListDelegations, Answer::Value(&<Vec<DelegationChain>>::SCHEMA)).id("agentId", agent_id)
}

/// Returns what an agent may do, by its own right and by delegation.
pub fn effective_permissions<J: Json>(name: &str, agent_id: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::EffectivePermissions, Answer::Value(&<Vec<Permission>>::SCHEMA)).id(name, agent_id)
}

/// Ends a loan.
pub fn revoke<J: Json>(id: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::RevokeDelegation, Answer::Nothing).id("id", id)
}
