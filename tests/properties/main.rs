//! Properties that hold for whatever comes in: 20,000 random cases for each target, and a corpus that is replayed.
//!
//! Each target takes a JSON value and panics if a property does not hold. `PROPERTY_SECONDS` has every target run for that
//! long instead, with cases that are new each time (`./dev fuzz`). A case that fails is printed small, and belongs into
//! `tests/properties/corpus/<target>/` once it is fixed.
#![cfg(not(target_arch = "wasm32"))]

mod calls;
mod inputs;
mod lists;
mod targets;

use proptest::strategy::{BoxedStrategy, Strategy};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

const CASES: u32 = 20_000;

fn hold(name: &str, strategy: BoxedStrategy<Value>, target: fn(&Value)) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/properties/corpus").join(name);
    let mut replayed = 0;
    for entry in std::fs::read_dir(&corpus).unwrap_or_else(|error| panic!("{}: {error}", corpus.display())) {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| !line.is_empty()) {
            let input = serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            catch_unwind(AssertUnwindSafe(|| target(&input))).unwrap_or_else(|_| panic!("{}: {line}", path.display()));
            replayed += 1;
        }
    }
    assert!(replayed > 0, "{name} has a corpus");

    let seconds = std::env::var("PROPERTY_SECONDS").ok().and_then(|text| text.parse().ok());
    let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let Some(seconds) = seconds else {
        // The same cases each time: what fails here fails everywhere.
        let seeded = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        return run(name, TestRunner::new_with_rng(config, seeded), &strategy, target);
    };
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut cases = 0;
    while Instant::now() < end {
        run(name, TestRunner::new(config.clone()), &strategy, target);
        cases += CASES;
    }
    println!("{name}: {cases} cases");
}

fn run(name: &str, mut runner: TestRunner, strategy: &BoxedStrategy<Value>, target: fn(&Value)) {
    let outcome = runner.run(strategy, |input| {
        target(&input);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{name}: {failure}");
    }
}

macro_rules! properties {
    ($($name:ident),+ $(,)?) => {
        $(
            #[test]
            fn $name() {
                hold(stringify!($name), inputs::$name().boxed(), targets::$name);
            }
        )+
    };
}

properties!(answers, refusals, requests, arguments, permissions, coverage, lists, patterns, retry_after);
