//! The methods of the client, as data: what each is called, how many arguments it takes before the options, whether it changes
//! what decisions fall out, and which operation it is. `generated/methods.js` is generated from this table.

use super::{agents, audit, auth, delegation, mcp};
use crate::http::{InvalidArgument, Operation};
use crate::schema::Json;

/// A method of the client.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name, with its namespace: `agents.create`.
    pub name: &'static str,
    /// How many arguments it takes, the options apart.
    pub arguments: u32,
    /// Whether decisions may fall out differently after it.
    pub changes_decisions: bool,
}

/// Makes the operation of a method's arguments.
pub type Prepare<J> = fn(&J, &J) -> Result<Operation<J>, InvalidArgument>;

macro_rules! methods {
    ($($name:literal ($arguments:literal, $changes:literal) => $prepare:expr,)+) => {
        /// All methods. JavaScript knows each by its place.
        pub const METHODS: &[Method] =
            &[$(Method { name: $name, arguments: $arguments, changes_decisions: $changes },)+];

        /// What makes the operations of the methods, in the same order.
        pub fn prepare<J: Json>(method: usize) -> Option<Prepare<J>> {
            let all: &[Prepare<J>] = &[$($prepare,)+];
            all.get(method).copied()
        }
    };
}

methods! {
    "authorize" (2, false) => agents::authorize,
    "agents.create" (1, false) => |input, _| agents::create(input),
    "agents.list" (1, false) => |filters, _| agents::list(filters),
    "agents.get" (1, false) => |id, _| agents::get(id),
    "agents.update" (2, true) => agents::update,
    "agents.revoke" (1, true) => |id, _| agents::revoke(id),
    "agents.rotate" (1, true) => |id, _| agents::rotate(id),
    "agents.authorize" (2, false) => agents::authorize,
    "agents.getEffectivePermissions" (1, false) => |id, _| delegation::effective_permissions("id", id),
    "auth.signUp" (1, false) => |input, _| auth::sign_up(input),
    "auth.signIn" (1, false) => |input, _| auth::sign_in(input),
    "auth.signOut" (1, false) => |token, _| auth::sign_out(token),
    "auth.getSession" (1, false) => |token, _| auth::get_session(token),
    "auth.authorizeByToken" (2, false) => auth::authorize_by_token,
    "audit.query" (1, false) => |filters, _| audit::query(filters),
    "audit.queryPaginated" (1, false) => |filters, _| audit::query_paginated(filters),
    "audit.queryBytes" (1, false) => |filters, _| audit::query_bytes(filters),
    "audit.iterate" (1, false) => |filters, _| audit::query(filters),
    "audit.export" (1, false) => |options, _| audit::export(options),
    "audit.exportStream" (1, false) => |options, _| audit::export_stream(options),
    "delegation.create" (1, true) => |input, _| delegation::create(input),
    "delegation.listChains" (1, false) => |id, _| delegation::list_chains(id),
    "delegation.getEffectivePermissions" (1, false) => |id, _| delegation::effective_permissions("agentId", id),
    "delegation.revoke" (1, true) => |id, _| delegation::revoke(id),
    "mcp.register" (1, false) => |input, _| mcp::register(input),
    "mcp.list" (0, false) => |_, _| Ok(mcp::list()),
    "mcp.get" (1, false) => |id, _| mcp::get(id),
}
