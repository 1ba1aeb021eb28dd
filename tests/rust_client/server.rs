//! The client on reqwest against the local server, in both dialects: the tour, and what a socket can do wrong.

#[path = "../../examples/tour.rs"]
mod tour;

use kavachos_wasm::Client;
use kavachos_wasm::rust_client::{
    AgentFilters, AuditFilters, AuthorizeRequest, CreateAgentInput, Dialect, KnownAgentType, Permission, Rule, Subject,
};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

/// Starts the local server; it ends when the test does.
async fn start(dialect: &str) -> (String, Child) {
    let binary = std::env::var("KAVACHOS_SERVER").expect("run these tests through ./dev test");
    let mut command = Command::new(binary);
    command
        .args(["--port", "0", "--seed", "--dialect", dialect])
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true);
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    (line.strip_prefix("listening on ").unwrap().to_owned(), child)
}

fn client(base_url: &str) -> Client {
    Client::builder(base_url).build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tour_in_both_dialects() {
    for dialect in ["sdk", "adapter"] {
        let (base_url, _child) = start(dialect).await;
        // On another thread: the future is `Send`.
        tokio::spawn(async move { tour::tour(&base_url).await }).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn the_dialect_is_found_out() {
    for (dialect, expected) in [("sdk", Dialect::Sdk), ("adapter", Dialect::Adapter)] {
        let (base_url, _child) = start(dialect).await;
        let kavach = client(&base_url);
        let agents = kavach.agents().list_with(AgentFilters::default().user_id("user-123")).await.unwrap();
        assert_eq!((agents.len(), kavach.dialect()), (2, Some(expected)));
        assert_eq!(kavach.dashboard().stats().await.is_ok(), expected == Dialect::Adapter);
        assert_eq!(kavach.mcp().list().await.is_ok(), expected == Dialect::Sdk);
    }
}

#[tokio::test]
async fn agents_are_guarded_and_decided_about_in_bulk() {
    for dialect in ["sdk", "adapter"] {
        let (base_url, _child) = start(dialect).await;
        let kavach = client(&base_url);
        let permissions = [Permission::execute("tool:deploy"), Permission::execute("tool:drop").with_approval()];
        let input = CreateAgentInput::new("user-123", "bot", KnownAgentType::Service, permissions);
        let agent = kavach.agents().create(input).await.unwrap();
        let mut headers = http::HeaderMap::new();
        headers.insert("authorization", format!("Bearer {}", &*agent.token).parse().unwrap());
        assert!(kavach.guard(&headers, Rule::new("execute", "tool:deploy")).await.is_ok());
        let refusal = kavach.guard(&headers, Rule::new("execute", "tool:drop")).await.unwrap_err();
        assert_eq!(
            (refusal.status(), refusal.problem()),
            (403, Some(kavachos_wasm::rust_client::Problem::ApprovalRequired))
        );
        headers.insert("authorization", "Bearer kv_unknown".parse().unwrap());
        assert_eq!(kavach.guard(&headers, Rule::token_only()).await.unwrap_err().status(), 401);

        let requests = (0..20).map(|number| AuthorizeRequest::new("execute", format!("tool:{}", number % 10)));
        let decisions = kavach.authorize_many(Subject::agent(&*agent.id), requests).await;
        assert!(decisions.iter().all(|decision| !decision.as_ref().unwrap().allowed));
        let mut entries = kavach.audit().iterate(AuditFilters::default().agent_id(&*agent.id)).page_size(3);
        let mut count = 0;
        while let Some(entry) = entries.next().await {
            entry.unwrap();
            count += 1;
        }
        assert_eq!(count, 12, "ten questions of twenty, and two of the guard");
    }
}

/// A server that answers each connection with the next of these texts, and then closes it; or, with none left, with nothing.
async fn raw(answers: &'static [&'static str]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut held = Vec::new();
        for answer in answers.iter().map(Some).chain(std::iter::repeat(None)) {
            let (mut socket, _) = listener.accept().await.unwrap();
            let _ = socket.read(&mut [0; 4096]).await;
            match answer {
                Some(answer) => drop(socket.write_all(answer.as_bytes()).await),
                None => held.push(socket),
            }
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn sockets_fail() {
    let refused = client("http://127.0.0.1:9").agents().list().max_retries(0).await.unwrap_err();
    assert!(refused.is_network() && !refused.is_timeout(), "{refused:?}");
    assert!(std::error::Error::source(&refused).is_some());

    let cut = raw(&["HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n[", ""]).await;
    let error = client(&cut).agents().list().max_retries(1).timeout(Duration::from_millis(300)).await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), ("NETWORK_ERROR", 2), "{error:?}");

    let silent = raw(&[]).await;
    let error = client(&silent).agents().list().max_retries(0).timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(error.is_timeout());

    let again = raw(&[
        "HTTP/1.1 503 Service Unavailable\r\nretry-after: 0\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 2\r\n\r\n[]",
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    ])
    .await;
    assert!(client(&again).agents().list().await.unwrap().is_empty());
    assert_eq!(client(&again).agents().list().await.unwrap_err().code(), "CROSS_ORIGIN_REDIRECT");

    let chunked = raw(&["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[1,2,\r\n5\r\n3,4,5\r\n"]).await;
    let error = client(&chunked).agents().list().max_response_bytes(8).await.unwrap_err();
    assert_eq!(error.code(), "RESPONSE_TOO_LARGE");
}
