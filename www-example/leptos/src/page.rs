//! The page: a sign-in form, and then the newest entries of the audit log.

use kavachos_wasm::rust_client::{
    AuditEntry, AuditFilters, AuthorizeRequest, CreateAgentInput, KnownAgentType, Permission, Secret, SignInInput,
};
use kavachos_wasm::{Client, Error};
use leptos::prelude::*;

/// Where the API is: the query of the page says it (`?api=http://127.0.0.1:8787/api/kavach`), or it is the page's own server.
fn base_url() -> String {
    let search = window().location().search().unwrap_or_default();
    let given = search.trim_start_matches('?').split('&').find_map(|part| part.strip_prefix("api="));
    given.unwrap_or("/api/kavach").to_owned()
}

async fn sign_in(email: String, password: String) -> Result<Client, Error> {
    let stranger = Client::builder(base_url()).build()?;
    let account = stranger.auth().sign_in(SignInInput::new(email, password)).await?;
    let token = account.session.token.unwrap_or_else(|| Secret::from(""));
    Client::builder(base_url()).token(token).build()
}

/// The quickstart of the README: makes an agent, and asks whether it may read.
async fn quickstart(kavach: Client) -> Result<String, Error> {
    let permissions = [Permission::read("mcp:github:*"), Permission::execute("mcp:deploy:production").with_approval()];
    let input = CreateAgentInput::new("user-123", "github-reader", KnownAgentType::Autonomous, permissions);
    let agent = kavach.agents().create(input).await?;
    let decision = kavach.authorize(&agent.id, AuthorizeRequest::new("read", "mcp:github:repos")).await?;
    Ok(if decision.allowed { "allowed".to_owned() } else { decision.reason.unwrap_or_else(|| "denied".into()) })
}

#[component]
pub fn Page() -> impl IntoView {
    let client = RwSignal::new(None::<Client>);
    view! {
        <main>
            <h1>"Audit log"</h1>
            {move || match client.get() {
                None => view! { <SignIn client/> }.into_any(),
                Some(kavach) => view! { <Quickstart kavach=kavach.clone()/> <Entries kavach/> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn SignIn(client: RwSignal<Option<Client>>) -> impl IntoView {
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let attempt = Action::new_local(move |(email, password): &(String, String)| {
        let (email, password) = (email.clone(), password.clone());
        async move {
            let found = sign_in(email, password).await;
            // The page may be gone meanwhile: then its signals are, too.
            found.map(|kavach| drop(client.try_set(Some(kavach)))).map_err(|error| error.to_string())
        }
    });
    let problem = move || attempt.value().get().and_then(Result::err);
    view! {
        <form on:submit=move |event| {
            event.prevent_default();
            attempt.dispatch((email.get(), password.get()));
        }>
            <input type="email" name="email" placeholder="E-mail" bind:value=email/>
            <input type="password" name="password" placeholder="Password" bind:value=password/>
            <button disabled=move || attempt.pending().get()>"Sign in"</button>
            <p role="alert">{problem}</p>
        </form>
    }
}

#[component]
fn Quickstart(kavach: Client) -> impl IntoView {
    let run = Action::new_local(move |(): &()| {
        let done = quickstart(kavach.clone());
        async move { done.await.unwrap_or_else(|error| error.to_string()) }
    });
    view! {
        <p>
            <button disabled=move || run.pending().get() on:click=move |_| drop(run.dispatch(()))>"Run the quickstart"</button>
            " "
            <output>{move || run.value().get()}</output>
        </p>
    }
}

#[component]
fn Entries(kavach: Client) -> impl IntoView {
    let entries = LocalResource::new(move || {
        let call = kavach.audit().query(AuditFilters::default().limit(20));
        async move { call.await.map_err(|error| error.to_string()) }
    });
    let row = |entry: AuditEntry| {
        let what = [&*entry.action, " ", &*entry.resource].concat();
        view! { <tr class=entry.result.to_string()><td>{entry.timestamp}</td><td>{what}</td><td>{entry.reason}</td></tr> }
    };
    view! {
        <Suspense fallback=|| view! { <p>"Loading…"</p> }>
            {move || Suspend::new(async move {
                match entries.await {
                    Ok(entries) => view! { <table>{entries.into_iter().map(row).collect_view()}</table> }.into_any(),
                    Err(problem) => view! { <p role="alert">{problem}</p> }.into_any(),
                }
            })}
        </Suspense>
    }
}
