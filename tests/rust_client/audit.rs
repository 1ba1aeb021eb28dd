//! All entries of an audit log, and many decisions at once.

use crate::run;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{
    AuditFilters, AuthorizeRequest, BoxFuture, Entries, Subject, Transport, TransportError, TransportRequest,
    TransportResponse, Word,
};
use kavachos_wasm::{Client, Error};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A page of entries with these numbers. Odd ones are reads.
fn page(numbers: impl IntoIterator<Item = u32>) -> String {
    let entry = |number: u32| {
        let action = if number % 2 == 1 { "read" } else { "write" };
        serde_json::json!({
            "id": number.to_string(), "agentId": "a", "userId": "u", "action": action, "resource": "files",
            "parameters": {}, "result": "allowed", "durationMs": 0, "timestamp": "2026-01-31T09:30:00.000Z",
        })
    };
    serde_json::Value::from_iter(numbers.into_iter().map(entry)).to_string()
}

fn ids(mut entries: Entries) -> Result<Vec<String>, Error> {
    pollster::block_on(async {
        let mut ids = Vec::new();
        while let Some(entry) = entries.next().await {
            ids.push(entry?.id);
        }
        assert!(entries.next().await.is_none(), "the end stays");
        Ok(ids)
    })
}

fn queries(script: &Script) -> Vec<String> {
    let query = |request: &TransportRequest| request.url.split_once('?').map(|(_, query)| query.to_owned());
    script.requests().iter().filter_map(query).collect()
}

#[test]
fn pages_follow_one_another_within_a_pinned_window() {
    let script = Script::new();
    // Between the pages two entries were written: 3 and 4 are pushed onto the second one.
    script.answer(200, page([1, 2, 3, 4])).answer(200, page([3, 4, 5])).answer(200, page([]));
    let entries = script.client().audit().iterate(AuditFilters::default().agent_id("a")).page_size(4);
    assert_eq!(ids(entries).unwrap(), ["1", "2", "3", "4", "5"]);
    let pinned = "until=2026-01-31T09%3A30%3A01.000Z";
    let expected = [
        "agentId=a&limit=4&offset=0".to_owned(),
        format!("agentId=a&{pinned}&limit=4&offset=4"),
        format!("agentId=a&{pinned}&limit=4&offset=7"),
    ];
    assert_eq!(queries(&script), expected);
}

#[test]
fn actions_are_filtered_here_and_limits_hold() {
    let script = Script::new();
    script.answer(200, page([1, 2, 3, 4])).answer(200, page([5, 6, 7]));
    let filters = AuditFilters::default().actions([Word::from("read")]).offset(1).limit(2);
    assert_eq!(ids(script.client().audit().iterate(filters).page_size(4)).unwrap(), ["3", "5"]);
    assert!(queries(&script).iter().all(|query| !query.contains("actions")));

    let script = Script::new();
    script.answer(200, page([1])).answer(200, page([4, 5]));
    let filters = AuditFilters::default().offset(3).limit(2);
    assert_eq!(ids(script.client().audit().iterate(filters)).unwrap(), ["4", "5"]);
    assert!(queries(&script)[0].ends_with("limit=1&offset=0"), "the window is pinned first");
    assert!(queries(&script)[1].ends_with("limit=2&offset=3"));
    assert!(ids(script.client().audit().iterate(AuditFilters::default().limit(0))).unwrap().is_empty());
}

#[test]
fn a_server_without_pages_ends_after_one() {
    let script = Script::new();
    script.answer(200, page(1..=5));
    assert_eq!(ids(script.client().audit().iterate(AuditFilters::default()).page_size(2)).unwrap().len(), 5);
    assert_eq!(script.requests().len(), 1);
}

#[test]
fn a_server_that_repeats_itself_is_an_error() {
    let script = Script::new();
    for _ in 0..20 {
        script.answer(200, page(1..=1000));
    }
    let error = ids(script.client().audit().iterate(AuditFilters::default())).unwrap_err();
    assert_eq!(error.to_string(), "the server sends the same audit entries again and again");
}

#[test]
fn an_error_ends_the_stream() {
    let script = Script::new();
    script.answer(200, page([1])).answer(403, "");
    assert!(ids(script.client().audit().iterate(AuditFilters::default())).unwrap_err().is_forbidden());
    let wrong = AuditFilters::default().since("soon");
    assert!(ids(script.client().audit().iterate(wrong)).unwrap_err().is_invalid_argument());
}

/// Allows what has an even number after it was polled twice, and knows how many requests were in flight at most.
#[derive(Clone, Default)]
struct Slow(Arc<Mutex<(usize, usize, usize)>>);

impl Transport for Slow {
    fn send(&self, request: TransportRequest) -> BoxFuture<'static, Result<TransportResponse, TransportError>> {
        let state = self.0.clone();
        BoxFuture::new(async move {
            {
                let mut state = state.lock().unwrap();
                state.0 += 1;
                state.1 = state.1.max(state.0);
                state.2 += 1;
            }
            let mut is_polled = false;
            std::future::poll_fn(|context| {
                context.waker().wake_by_ref();
                if std::mem::replace(&mut is_polled, true) {
                    std::task::Poll::Ready(())
                } else {
                    std::task::Poll::Pending
                }
            })
            .await;
            state.lock().unwrap().0 -= 1;
            let body = request.body.unwrap_or_default();
            if body.contains("fail") {
                return Ok(TransportResponse::new(500, ""));
            }
            let allowed = body.contains("even");
            Ok(TransportResponse::new(200, format!(r#"{{"allowed": {allowed}, "auditId": "{}"}}"#, body.len())))
        })
    }
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        BoxFuture::new(std::future::pending())
    }
    fn now(&self) -> Duration {
        Duration::ZERO
    }
    fn unix_time(&self) -> Duration {
        Duration::ZERO
    }
    fn random(&self) -> f64 {
        0.0
    }
}

#[test]
fn many_decisions_are_asked_for_a_few_at_a_time() {
    let slow = Slow::default();
    let client = Client::builder("https://app.example").transport(slow.clone()).build().unwrap();
    let requests = (0..40).map(|number| {
        let resource = if number % 2 == 0 { "even" } else { "odd" };
        AuthorizeRequest::new("read", format!("{resource}:{number}"))
    });
    let decisions = run(client.authorize_many(Subject::agent("a"), requests).concurrency(3));
    assert_eq!(decisions.len(), 40);
    for (number, decision) in decisions.into_iter().enumerate() {
        assert_eq!(decision.unwrap().allowed, number % 2 == 0);
    }
    assert_eq!(*slow.0.lock().unwrap(), (0, 3, 40));
}

#[test]
fn equal_requests_share_a_decision_and_errors_stay_in_their_places() {
    let slow = Slow::default();
    let client = Client::builder("https://app.example").transport(slow.clone()).build().unwrap();
    let request = |arguments: [(&str, &str); 2]| AuthorizeRequest::new("read", "even").arguments(arguments);
    let requests = || {
        let [one, two] = [request([("a", "1"), ("b", "2")]), request([("b", "2"), ("a", "1")])];
        [one, AuthorizeRequest::new("fail", "x"), two, AuthorizeRequest::new("", "x")]
    };
    let decisions = run(client.authorize_many(Subject::token("kv_1"), requests()));
    assert_eq!(decisions.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true, false]);
    assert!(decisions[1].as_ref().unwrap_err().is_server() && decisions[3].as_ref().unwrap_err().is_invalid_argument());
    assert_eq!(slow.0.lock().unwrap().2, 2);
    run(client.authorize_many(Subject::token("kv_1"), requests()).dedupe(false));
    assert_eq!(slow.0.lock().unwrap().2, 5);
    assert!(run(client.authorize_many(Subject::agent("a"), [])).is_empty());
}
