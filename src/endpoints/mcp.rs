//! The registry of MCP servers.

use crate::http::{Answer, InvalidArgument, Operation, Route};
use crate::schema::{Json, McpServer, RegisterMcpServerInput, Wire};

/// Registers a server. Callers of it must be authorized unless the input says otherwise.
pub fn register<J: Json>(input: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::RegisterMcpServer, Answer::Value(&McpServer::SCHEMA)).body_with(
        "input",
        input,
        &RegisterMcpServerInput::SCHEMA,
        |copy| {
            if copy.get("authRequired").is_absent() {
                copy.set("authRequired", &J::boolean(true));
            }
        },
    )
}

/// Lists servers.
pub fn list<J: Json>() -> Operation<J> {
    Operation::new(Route::ListMcpServers, Answer::Value(&<Vec<McpServer>>::SCHEMA))
}

/// Gets a server, or `null`.
pub fn get<J: Json>(id: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::GetMcpServer, Answer::Lookup(&McpServer::SCHEMA)).id("id", id)
}
