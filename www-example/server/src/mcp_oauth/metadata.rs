//! The documents by which clients find the server.

use super::{check_configured, issuer, open, scopes};
use crate::app::{App, Ask};
use crate::reply::{Answer, Outcome};
use serde_json::json;

/// `GET /.well-known/oauth-authorization-server`
///
/// It names two endpoints that do not exist, as the real server does.
pub fn authorization_server(app: &App, ask: &Ask) -> Outcome {
    check_configured(app)?;
    let base = app.base_url(ask);
    Ok(open(Answer::Bare(
        200,
        json!({
            "issuer": issuer(app, ask),
            "authorization_endpoint": format!("{base}/mcp/authorize"),
            "token_endpoint": format!("{base}/mcp/token"),
            "registration_endpoint": format!("{base}/mcp/register"),
            "jwks_uri": format!("{base}/mcp/jwks"),
            "scopes_supported": scopes(app),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "code_challenge_methods_supported": ["S256"],
            "revocation_endpoint": format!("{base}/mcp/revoke"),
        }),
    )))
}

/// `GET /.well-known/oauth-protected-resource`
///
/// The resource is the issuer and not a tool, as on the real server.
pub fn protected_resource(app: &App, ask: &Ask) -> Outcome {
    check_configured(app)?;
    let issuer = issuer(app, ask);
    Ok(open(Answer::Bare(
        200,
        json!({
            "resource": issuer,
            "authorization_servers": [issuer],
            "jwks_uri": format!("{}/mcp/jwks", app.base_url(ask)),
            "scopes_supported": scopes(app),
            "bearer_methods_supported": ["header"],
            "resource_signing_alg_values_supported": ["HS256"],
        }),
    )))
}
