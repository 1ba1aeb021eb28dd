//! Tokens that would travel unencrypted are warned of, and token functions are shared where that is asked for.

use crate::run;
use kavachos_wasm::Client;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{Hooks, ReqwestTransport, Token, TokenContext, TokenReason};
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

#[derive(Clone, Default)]
struct Warnings(Arc<Mutex<Vec<String>>>);

impl Hooks for Warnings {
    fn on_warning(&self, text: &str) {
        self.0.lock().unwrap().push(text.to_owned());
    }
}

#[test]
fn http_to_another_machine_is_warned_of_once() {
    let warnings = Warnings::default();
    let transport = ReqwestTransport::new().unwrap();
    let build = |url: &str| Client::builder(url).hooks(warnings.clone()).transport(transport.clone());
    for url in ["https://warned.example", "http://localhost:3000", "http://127.0.0.1:8787/api", "http://[::1]/api"] {
        build(url).build().unwrap();
    }
    build("http://trusted.example").allow_insecure(true).build().unwrap();
    build("http://double.example").transport(Script::new()).build().unwrap();
    assert!(warnings.0.lock().unwrap().is_empty());
    for _ in 0..2 {
        build("http://warned.example/api").auth_url("http://auth.warned.example:81/").build().unwrap();
    }
    let warned = warnings.0.lock().unwrap();
    assert_eq!(warned.len(), 2, "{warned:?}");
    assert!(
        warned[0].contains("unencrypted to http://warned.example. ")
            && warned[1].contains("http://auth.warned.example:81")
    );
}

/// A token function that waits until it may return, and how often it was called.
#[derive(Clone, Default)]
struct Gate(Arc<Mutex<(u32, bool, Vec<Waker>)>>);

impl Gate {
    fn token(&self) -> Token {
        let gate = self.clone();
        Token::provider(move |context: TokenContext| {
            gate.0.lock().unwrap().0 += 1;
            let gate = gate.clone();
            async move {
                poll_fn(|poll| {
                    let mut state = gate.0.lock().unwrap();
                    if state.1 {
                        return Poll::Ready(());
                    }
                    state.2.push(poll.waker().clone());
                    Poll::Pending
                })
                .await;
                match context.reason {
                    TokenReason::Unauthorized => Err("signed out"),
                    _ => Ok(Some("kv_1".to_owned())),
                }
            }
        })
    }

    fn open(&self) {
        let mut state = self.0.lock().unwrap();
        state.1 = true;
        state.2.drain(..).for_each(Waker::wake);
    }
}

#[test]
fn concurrent_calls_share_a_token_function_if_they_may() {
    for (share, calls) in [(true, 1), (false, 3)] {
        let (gate, script) = (Gate::default(), Script::new());
        script.answer(200, "[]").answer(200, "[]").answer(200, "[]");
        let builder = Client::builder("https://app.example").token(gate.token()).share_token(share).timeout(None);
        let client = builder.transport(script.clone()).build().unwrap();
        let mut one = pin!(client.agents().list().into_future());
        let mut two = pin!(client.agents().list().into_future());
        {
            // The first that waits goes away: the others get their token all the same.
            let gone = pin!(client.agents().list().into_future());
            assert!(gone.poll(&mut Context::from_waker(Waker::noop())).is_pending());
            assert!(one.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            assert!(two.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        assert_eq!(gate.0.lock().unwrap().0, calls);
        gate.open();
        assert!(run(one).is_ok() && run(two).is_ok());
        // What is over is not shared: the next call asks again.
        assert!(run(client.agents().list()).is_ok());
        assert_eq!(gate.0.lock().unwrap().0, calls + 1);
    }
}

#[test]
fn a_shared_failure_reaches_all_that_wait() {
    let (gate, script) = (Gate::default(), Script::new());
    script.answer(401, "").answer(401, "");
    gate.open();
    let builder = Client::builder("https://app.example").token(gate.token()).share_token(true);
    let client = builder.transport(script).build().unwrap();
    for _ in 0..2 {
        let error = run(client.agents().list()).unwrap_err();
        assert_eq!(error.to_string(), "the token function failed: signed out");
    }
}

#[test]
fn wakes_reach_a_waiter_whose_neighbour_is_gone() {
    // On a runtime, so that only a wake polls again.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let (gate, script) = (Gate::default(), Script::new());
        for _ in 0..20 {
            script.answer(200, "[]");
        }
        let builder = Client::builder("https://app.example").token(gate.token()).share_token(true).timeout(None);
        let client = builder.transport(script).build().unwrap();
        // All wait for the same call before any of them is a task.
        let join = |_| {
            let mut call = client.agents().list().into_future();
            assert!(Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop())).is_pending());
            tokio::spawn(call)
        };
        let tasks: Vec<_> = (0..20).map(join).collect();
        while gate.0.lock().unwrap().2.is_empty() {
            tokio::task::yield_now().await;
        }
        tasks.iter().step_by(2).for_each(tokio::task::JoinHandle::abort);
        gate.open();
        for task in tasks.into_iter().skip(1).step_by(2) {
            task.await.unwrap().unwrap();
        }
        assert_eq!(gate.0.lock().unwrap().0, 1);
    });
}
