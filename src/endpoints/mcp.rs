//! The registry of MCP servers.

use super::Argument::{Body, Id};
use super::{Default, Endpoint};
use crate::http::Answer;
use crate::schema::{McpServer, RegisterMcpServerInput, Wire};

const REGISTRY: &str = "The MCP server registry";

/// Registers a server. Its callers must be authorized unless the input says otherwise.
pub const REGISTER: Endpoint = Endpoint::post("mcp.register", "/mcp/servers")
    .sdk_only()
    .called(REGISTRY)
    .takes(&[Body("input", &RegisterMcpServerInput::SCHEMA)])
    .adds(Default::Flag("authRequired", true))
    .answers(Answer::value(&McpServer::SCHEMA));

/// Lists servers.
pub const LIST: Endpoint = Endpoint::get("mcp.list", "/mcp/servers")
    .sdk_only()
    .called(REGISTRY)
    .answers(Answer::value(&<Vec<McpServer>>::SCHEMA));

/// Gets a server, or `null`.
pub const GET: Endpoint = Endpoint::get("mcp.get", "/mcp/servers/:id")
    .sdk_only()
    .called(REGISTRY)
    .takes(&[Id("id")])
    .answers(Answer::lookup(&McpServer::SCHEMA));
