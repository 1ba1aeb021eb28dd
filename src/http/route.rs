//! The one place that knows routes: what each capability is called in each dialect.

use super::dialect::Dialect;
use super::request::Method;

/// A capability of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Route {
    CreateAgent,
    ListAgents,
    GetAgent,
    UpdateAgent,
    RevokeAgent,
    RotateAgent,
    Authorize,
    AuthorizeByToken,
    CreateDelegation,
    ListDelegations,
    RevokeDelegation,
    EffectivePermissions,
    QueryAudit,
    ExportAudit,
    SignUp,
    SignIn,
    SignOut,
    GetSession,
    RegisterMcpServer,
    ListMcpServers,
    GetMcpServer,
}

/// Which base URL a route is relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// `baseUrl`.
    Api,
    /// `authUrl`, or `baseUrl` where none was given.
    Auth,
}

/// A method and a path; `:id` in the path stands for the encoded id.
pub type Endpoint = (Method, &'static str);

impl Route {
    /// Where this capability is found in `dialect`, or `None` if the dialect has no route for it.
    pub const fn endpoint(self, dialect: Dialect) -> Option<Endpoint> {
        use Dialect::{Adapter, Sdk};
        use Method::{Delete, Get, Patch, Post};
        Some(match (self, dialect) {
            (Self::CreateAgent, _) => (Post, "/agents"),
            (Self::ListAgents, _) => (Get, "/agents"),
            (Self::GetAgent, _) => (Get, "/agents/:id"),
            (Self::UpdateAgent, _) => (Patch, "/agents/:id"),
            (Self::RevokeAgent, _) => (Delete, "/agents/:id"),
            (Self::RotateAgent, _) => (Post, "/agents/:id/rotate"),
            (Self::Authorize, Sdk) => (Post, "/agents/:id/authorize"),
            (Self::Authorize, Adapter) => (Post, "/authorize"),
            (Self::AuthorizeByToken, Sdk) => (Post, "/authorize"),
            (Self::AuthorizeByToken, Adapter) => (Post, "/authorize/token"),
            (Self::CreateDelegation, _) => (Post, "/delegations"),
            (Self::ListDelegations, _) => (Get, "/delegations/:id"),
            (Self::RevokeDelegation, _) => (Delete, "/delegations/:id"),
            (Self::EffectivePermissions, Sdk) => (Get, "/delegations/:id/permissions"),
            (Self::QueryAudit, _) => (Get, "/audit"),
            (Self::ExportAudit, _) => (Get, "/audit/export"),
            (Self::SignUp, Sdk) => (Post, "/sign-up/email"),
            (Self::SignUp, Adapter) => (Post, "/auth/sign-up"),
            (Self::SignIn, Sdk) => (Post, "/sign-in/email"),
            (Self::SignIn, Adapter) => (Post, "/auth/sign-in"),
            (Self::SignOut, Sdk) => (Post, "/sign-out"),
            (Self::SignOut, Adapter) => (Post, "/auth/sign-out"),
            (Self::GetSession, Sdk) => (Get, "/session"),
            (Self::GetSession, Adapter) => (Get, "/auth/session"),
            (Self::RegisterMcpServer, Sdk) => (Post, "/mcp/servers"),
            (Self::ListMcpServers, Sdk) => (Get, "/mcp/servers"),
            (Self::GetMcpServer, Sdk) => (Get, "/mcp/servers/:id"),
            (
                Self::EffectivePermissions | Self::RegisterMcpServer | Self::ListMcpServers | Self::GetMcpServer,
                Adapter,
            ) => return None,
        })
    }

    /// The base this route is relative to.
    pub const fn base(self) -> Base {
        match self {
            Self::SignUp | Self::SignIn | Self::SignOut | Self::GetSession => Base::Auth,
            _ => Base::Api,
        }
    }

    /// Whether both dialects send the same request, so that asking in the other one is pointless.
    pub fn is_shared(self) -> bool {
        self.endpoint(Dialect::Sdk) == self.endpoint(Dialect::Adapter)
    }

    /// What the capability is, to begin a sentence about its absence.
    pub const fn capability(self) -> &'static str {
        match self {
            Self::EffectivePermissions => "Effective permissions",
            Self::RegisterMcpServer | Self::ListMcpServers | Self::GetMcpServer => "The MCP server registry",
            Self::SignUp => "E-mail sign-up",
            Self::SignIn => "E-mail sign-in",
            Self::SignOut => "E-mail sign-out",
            Self::GetSession => "The e-mail session",
            _ => "This capability",
        }
    }
}
