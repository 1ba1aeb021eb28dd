//! A Worker whose tools are guarded: `POST /tools/deploy` with an agent's bearer token and the tool's arguments as JSON.
//! `POST /quickstart` does the quickstart of the README, with the token in `KAVACHOS_TOKEN` if the server wants one.

use http::{Method, Response, StatusCode};
use kavachos_wasm::rust_client::{AuthorizeRequest, CreateAgentInput, JsonObject, KnownAgentType, Permission, Rule};
use kavachos_wasm::{Client, Error};
use worker::{Body, Context, Env, HttpRequest, event};

#[event(fetch)]
async fn fetch(request: HttpRequest, env: Env, _context: Context) -> worker::Result<Response<String>> {
    let kavach = Client::builder(env.var("KAVACHOS_URL")?.to_string());
    let kavach = match env.secret("KAVACHOS_TOKEN") {
        Ok(token) => kavach.token(token.to_string()).build(),
        Err(_) => kavach.build(),
    };
    let kavach = kavach.map_err(|error| worker::Error::RustError(error.to_string()))?;
    let (parts, body) = request.into_parts();
    if parts.uri.path() == "/quickstart" && parts.method == Method::POST {
        return Ok(match quickstart(&kavach).await {
            Ok(text) => answer(StatusCode::OK, &text),
            Err(error) => answer(StatusCode::BAD_GATEWAY, &error.to_string()),
        });
    }
    let Some(tool) = parts.uri.path().strip_prefix("/tools/") else {
        return Ok(answer(StatusCode::NOT_FOUND, "There is no such route."));
    };
    let Ok(arguments) = arguments(body).await else {
        return Ok(answer(StatusCode::BAD_REQUEST, "The arguments must be a JSON object."));
    };
    let rule = Rule::new("execute", &["tool:", tool].concat()).arguments(arguments);
    Ok(match kavach.guard(&parts.headers, rule).await {
        Ok(granted) => answer(StatusCode::OK, &["done; audit entry ", &granted.decision.audit_id].concat()),
        Err(refusal) => refusal.into_response(),
    })
}

async fn quickstart(kavach: &Client) -> Result<String, Error> {
    let permissions = [Permission::read("mcp:github:*"), Permission::execute("mcp:deploy:production").with_approval()];
    let input = CreateAgentInput::new("user-123", "github-reader", KnownAgentType::Autonomous, permissions);
    let agent = kavach.agents().create(input).await?;
    let decision = kavach.authorize(&agent.id, AuthorizeRequest::new("read", "mcp:github:repos")).await?;
    Ok(if decision.allowed { "allowed".to_owned() } else { decision.reason.unwrap_or_else(|| "denied".into()) })
}

async fn arguments(body: Body) -> Result<JsonObject, ()> {
    let response = worker::Response::from_body(
        body.into_inner().map_or(worker::ResponseBody::Empty, worker::ResponseBody::Stream),
    );
    let text = response.map_err(drop)?.text().await.map_err(drop)?;
    if text.is_empty() { Ok(JsonObject::default()) } else { serde_json::from_str(&text).map_err(drop) }
}

fn answer(status: StatusCode, text: &str) -> Response<String> {
    let mut response = Response::new(text.to_owned());
    *response.status_mut() = status;
    response
}
