//! The registry of MCP servers.

use crate::http::{Answer, InvalidArgument, Operation, Route};
use crate::types::{Json, Kind, McpServer, RegisterMcpServerInput, Wire};

/// Registers a server. Callers of it must be authorized unless the input says otherwise.
pub fn register<J: Json>(input: &J) -> Result<Operation, InvalidArgument> {
    let safe = (input.kind() == Kind::Object && input.get("authRequired").is_absent())
        .then(|| input.with("authRequired", Some(&J::boolean(true))));
    Operation::new(Route::RegisterMcpServer, Answer::Value(&McpServer::SHAPE)).body(
        "input",
        safe.as_ref().unwrap_or(input),
        &RegisterMcpServerInput::SHAPE,
    )
}

/// Lists servers.
pub fn list() -> Operation {
    Operation::new(Route::ListMcpServers, Answer::Value(&<Vec<McpServer>>::SHAPE))
}

/// Gets a server, or `null`.
pub fn get<J: Json>(id: &J) -> Result<Operation, InvalidArgument> {
    Operation::new(Route::GetMcpServer, Answer::Lookup(&McpServer::SHAPE)).id("id", id)
}
