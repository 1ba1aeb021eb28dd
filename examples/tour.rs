//! A tour of the Rust client: every call of the API, on real requests, in the order in which one would meet them.
//!
//!     ./dev serve --port 8787 &
//!     cargo run --example tour --features native -- http://127.0.0.1:8787/api/kavach

use kavachos_wasm::rust_client::{
    AgentFilters, AuditFilters, AuthorizeRequest, CreateAgentInput, DelegateInput, Dialect, ExportFormat,
    ExportOptions, KnownAgentStatus, KnownAgentType, KnownAuditResult, Permission, SignInInput, SignUpInput,
    UpdateAgentInput,
};
use kavachos_wasm::{Client, Error};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[allow(dead_code)] // The tests run `tour` alone.
#[tokio::main]
async fn main() -> Result<(), Error> {
    let Some(base_url) = std::env::args().nth(1) else {
        eprintln!("usage: tour <base URL of a KavachOS server>");
        std::process::exit(2);
    };
    tour(&base_url).await
}

pub async fn tour(base_url: &str) -> Result<(), Error> {
    let now = SystemTime::now();
    let stamp = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let (email, password) = (format!("ada-{stamp}@example.com"), "correct horse battery staple");

    println!("── People sign up and in with e-mail and password");
    let stranger = Client::builder(base_url).build()?;
    let account = stranger.auth().sign_up(SignUpInput::new(&*email, password).name("Ada")).await?;
    let session = stranger.auth().sign_in(SignInInput::new(&*email, password)).await?.session;
    let token = session.token.unwrap_or_default();
    let kavach = Client::builder(base_url).token(token.clone()).build()?;
    let found = kavach.auth().get_session().await?;
    assert_eq!(found.map(|session| session.user_id), Some(account.user.id.clone()));
    println!("{kavach:?}");

    println!("── Agents get an identity, permissions, and a token that is shown once");
    let permissions = [Permission::read("mcp:github:*"), Permission::execute("mcp:deploy:production").with_approval()];
    let input = CreateAgentInput::new(&*account.user.id, "github-reader", KnownAgentType::Autonomous, permissions);
    let reader = kavach.agents().create(input).await?;
    let permissions = [Permission::read_write("mcp:notes:*").rate_limited(100)];
    let input = CreateAgentInput::new(&*account.user.id, "helper", KnownAgentType::Delegated, permissions);
    let helper = kavach.agents().create(input).await?;
    println!("{reader:?}");
    let filters = AgentFilters::default().user_id(&*account.user.id).status(KnownAgentStatus::Active);
    assert_eq!(kavach.agents().list_with(filters).await?.len(), 2);
    let renamed = kavach.agents().update(&helper.id, UpdateAgentInput::default().name("note-taker")).await?;
    assert_eq!(renamed.name, "note-taker");

    println!("── Every action is authorized; a denial is a value");
    let request = || AuthorizeRequest::new("read", "mcp:github:repos");
    assert!(kavach.authorize(&reader.id, request()).await?.allowed);
    let denied = kavach.authorize(&reader.id, AuthorizeRequest::new("write", "mcp:github:repos")).await?;
    println!("{denied:?}");
    assert!(!denied.allowed);
    let deploy = AuthorizeRequest::new("execute", "mcp:deploy:production").arguments([("version", "1.2.3")]);
    println!("{:?}", kavach.authorize(&reader.id, deploy).await?);

    println!("── An agent may ask with its own token, until that is rotated");
    assert!(kavach.auth().authorize_by_token(&reader.token, request()).await?.allowed);
    let rotated = kavach.agents().rotate(&reader.id).await?;
    assert!(!kavach.auth().authorize_by_token(&reader.token, request()).await?.allowed);
    assert!(kavach.auth().authorize_by_token(&rotated.token, request()).await?.allowed);

    println!("── Agents delegate permissions to agents");
    assert!(!kavach.authorize(&helper.id, request()).await?.allowed);
    let input = DelegateInput::new(
        &*reader.id,
        &*helper.id,
        [Permission::read("mcp:github:repos")],
        now + Duration::from_secs(60 * 60),
    );
    let chain = kavach.delegation().create(input.max_depth(2)).await?;
    println!("{chain:?}");
    assert_eq!(kavach.delegation().list_chains(&reader.id).await?.len(), 1);
    match kavach.delegation().get_effective_permissions(&helper.id).await {
        Ok(permissions) => println!("{permissions:?}"),
        Err(error) => assert!(error.is_not_supported() && kavach.dialect() == Some(Dialect::Adapter)),
    }
    kavach.delegation().revoke(&chain.id).await?;

    println!("── Everything is in the audit log");
    let filters = AuditFilters::default().agent_id(&*reader.id);
    let denied = kavach.audit().query(filters.clone().result(KnownAuditResult::Denied).limit(2)).await?;
    println!("{denied:?}");
    let page = kavach.audit().query_paginated(filters.clone().limit(2).offset(2)).await?;
    assert!(page.entries.len() <= 2);
    let mut entries = kavach.audit().iterate(filters).page_size(2);
    let mut count = 0;
    while let Some(entry) = entries.next().await {
        assert_eq!(entry?.agent_id, reader.id);
        count += 1;
    }
    println!("{count} entries");
    let options = ExportOptions::default().format(ExportFormat::Csv).since("2024-01-01T00:00:00Z");
    println!("{} bytes of CSV", kavach.audit().export(options).await?.len());

    println!("── Revoking is for good; what is missing is `None`; errors have kinds");
    kavach.agents().revoke(&reader.id).await?;
    assert!(!kavach.authorize(&reader.id, request()).await?.allowed);
    assert!(kavach.agents().get("no-such-agent").await?.is_none());
    let error = kavach.agents().rotate("no-such-agent").await.expect_err("there is no such agent");
    println!("{error:?}");
    let error = kavach.agents().get("").await.expect_err("an id is not empty");
    assert!(error.is_invalid_argument());
    let wrong = stranger.auth().sign_in(SignInInput::new(&*email, "a wrong password")).await;
    println!("{:?}", wrong.expect_err("the password is wrong"));
    kavach.auth().sign_out().await?;
    assert!(kavach.auth().get_session().await?.is_none());
    println!("That was the whole API.");
    Ok(())
}
