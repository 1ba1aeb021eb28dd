//! What answers become: values, decisions, nothing, or errors of every class.

mod scripted;
mod values;

use scripted::cases::{cases, play};

#[test]
fn answers_become_what_the_cases_say() {
    let scenarios = &cases(include_str!("data/calls/answers.json"))["scenarios"];
    for scenario in scenarios.as_array().unwrap() {
        println!("{}", scenario["name"]);
        play(scenario);
    }
}
