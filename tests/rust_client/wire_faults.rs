//! Every fault of the fault server, on reqwest: exactly the error that the npm client has, after exactly so many requests, and no
//! secret anywhere. tests/faults/expected.txt has each outcome; lines with `@rust` say where this client differs.

use crate::secrets::everything_about;
use kavachos_wasm::rust_client::{AuthorizeRequest, Dialect, ReqwestTransport, SignInInput};
use kavachos_wasm::{Client, Error};
use serde_json::{Value, from_str};
use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

const TOKEN: &str = "kv_canary-token-7f3a";
const PASSWORD: &str = "canary \"pass\\word";
const HEADER: &str = "canary-header-99c1";
const CANARIES: [&str; 5] = [TOKEN, PASSWORD, "canary \\\"pass\\\\word", "canary%20%22pass%5Cword", HEADER];
const OPERATIONS: [&str; 3] = ["read", "decide", "signIn"];

/// Maps each case, such as `html-200: read`, to its outcome.
fn expected() -> BTreeMap<String, String> {
    let text = include_str!("../faults/expected.txt");
    let mut expected = BTreeMap::new();
    for line in text.lines().filter(|line| line.contains('|')) {
        let columns: Vec<_> = line.split('|').map(str::trim).collect();
        let (name, runtime) = columns[0].split_once(" @").unwrap_or((columns[0], "rust"));
        if runtime.trim() == "rust" {
            for (index, operation) in OPERATIONS.iter().enumerate() {
                let outcome = columns.get(index + 1).unwrap_or(&columns[1]);
                expected.insert(format!("{}: {operation}", name.trim()), (*outcome).to_owned());
            }
        }
    }
    expected
}

fn failed(error: &Error) -> String {
    let class = format!("{error:?}");
    let class = class.split(' ').next().unwrap().to_owned();
    let code: String = error.code().chars().take(40).collect();
    format!("{class} {code}")
}

async fn outcome(kavach: &Client, operation: &str) -> Result<String, Error> {
    Ok(match operation {
        "read" => kavach.agents().get("a1").await?.map_or("null".to_owned(), |agent| format!("value {}", agent.id)),
        "decide" => {
            let decision = kavach.authorize("a1", AuthorizeRequest::new("read", "r")).await?;
            if decision.allowed { "allowed" } else { "denied" }.to_owned()
        }
        _ => {
            let account = kavach.auth().sign_in(SignInInput::new("ada@example.com", PASSWORD)).await?;
            format!("value {}", account.user.id)
        }
    })
}

fn leaks(text: &str) -> Vec<&'static str> {
    CANARIES.into_iter().filter(|canary| text.contains(canary)).collect()
}

/// Meets a fault, and says the outcome, how often the server was asked, and which secrets showed.
async fn meet(
    transport: ReqwestTransport,
    fault: &str,
    operation: &str,
    origin: &str,
    key: &str,
) -> (String, Vec<&'static str>) {
    // Nothing listens there.
    let is_refused = fault == "refused";
    let base_url = if is_refused { "http://127.0.0.1:9".to_owned() } else { format!("{origin}/{fault}/{key}") };
    let is_slow = fault.contains("stalled") || fault.contains("one-byte");
    let timeout = Duration::from_millis(if is_slow { 1500 } else { 20_000 });
    let builder = Client::builder(base_url).dialect(Dialect::Sdk).token(TOKEN).header("X-Api-Key", HEADER);
    let kavach = builder.timeout(timeout).transport(transport).build().unwrap();
    let result = outcome(&kavach, operation).await;
    let mut shown = Vec::new();
    let text = match &result {
        Ok(text) => text.clone(),
        Err(error) => {
            shown = leaks(&everything_about(error));
            failed(error)
        }
    };
    let mut requests = 0;
    if !is_refused {
        let asked = reqwest::get(format!("{origin}/count/{key}")).await.unwrap().text().await.unwrap();
        shown.extend(leaks(&asked));
        requests = from_str::<Vec<String>>(&asked).unwrap().len();
    }
    (format!("{text} ×{requests}"), shown)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_comes_to_what_is_expected() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/serve.mjs");
    let mut command = Command::new("node");
    command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut server = command.spawn().expect("node runs the fault server");
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let about: Value = from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let origins: Vec<String> = about["origins"].as_array().unwrap().iter().map(text).collect();
    let mut names: Vec<String> = about["names"].as_array().unwrap().iter().map(text).collect();
    assert!(names.len() >= 100, "{} faults", names.len());
    names.push("refused".to_owned());

    let mut cases = Vec::new();
    for (index, fault) in names.iter().enumerate() {
        let origin = &origins[index % origins.len()];
        cases.extend(OPERATIONS.map(|operation| (fault.clone(), operation, origin.clone())));
    }
    let count = cases.len();
    let (cases, found) = (Arc::new(Mutex::new(cases)), Arc::new(Mutex::new(BTreeMap::new())));
    let transport = ReqwestTransport::new().unwrap();
    let workers: Vec<_> = (0..60)
        .map(|worker| {
            let (cases, found, transport) = (cases.clone(), found.clone(), transport.clone());
            tokio::spawn(async move {
                loop {
                    let next = cases.lock().unwrap().pop();
                    let Some((fault, operation, origin)) = next else { return };
                    let key = format!("{operation}-{worker}-{fault}");
                    let outcome = meet(transport.clone(), &fault, operation, &origin, &key).await;
                    found.lock().unwrap().insert(format!("{fault}: {operation}"), outcome);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    let found = found.lock().unwrap().clone();
    assert_eq!(found.len(), count);

    let expected = expected();
    let mut differences = Vec::new();
    for (name, (outcome, shown)) in &found {
        let wanted = expected.get(name).map(String::as_str).unwrap_or("nothing is expected");
        if outcome != wanted || !shown.is_empty() {
            differences.push(format!("{name}: {outcome}, not {wanted}; shows {shown:?}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));

    server.stdin.as_mut().unwrap().write_all(b"\n").await.unwrap();
    let sent_elsewhere = lines.next_line().await.unwrap().unwrap();
    assert_eq!(leaks(&sent_elsewhere), Vec::<&str>::new());
}
