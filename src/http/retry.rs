//! Whether and when a request is sent again: a decision without a clock, a random number or a network of its own.

use super::request::Method;
use super::route::Route;

/// What may be repeated. The README shows the same table, which a test compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Reading, changing and removing: done twice is done once.
    Idempotent,
    /// Decisions: repeated rather than missed, at the price of a second audit entry. Never after a 500, which may
    /// well come from the request itself.
    Decision,
    /// What would happen twice: only where the server says that it has not happened.
    Once,
}

/// How an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setback {
    /// No answer, or not all of it, or not in time.
    NoAnswer,
    /// An answer with an error status, and how many seconds to wait, if it says so.
    Status(u16, Option<f64>),
}

/// What is left of a call.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// How often the request has been repeated already.
    pub repeated: u32,
    /// How often it may be repeated.
    pub max_retries: u32,
    /// How many milliseconds remain until the deadline of the call; infinity without one.
    pub time_left: f64,
}

/// The longest wait that a server can ask for, in milliseconds. Whoever is told to wait longer wants to know.
const LONGEST_WAIT: f64 = 60_000.0;

impl Repeat {
    /// The class of `route`, which is asked for with `method`.
    pub const fn of(route: Route, method: Method) -> Self {
        match (route, method) {
            (Route::Authorize | Route::AuthorizeByToken, _) => Self::Decision,
            (_, Method::Get | Method::Patch | Method::Delete) => Self::Idempotent,
            (_, Method::Post) => Self::Once,
        }
    }

    /// Whether this may be sent again after such a failure.
    pub const fn allows(self, setback: Setback) -> bool {
        matches!(
            (self, setback),
            (Self::Idempotent, Setback::NoAnswer | Setback::Status(408 | 429 | 500 | 502 | 503 | 504, _))
                | (Self::Decision, Setback::NoAnswer | Setback::Status(429 | 502 | 503 | 504, _))
                | (Self::Once, Setback::Status(429, _) | Setback::Status(503, Some(_)))
        )
    }

    /// How many milliseconds to wait before sending this again, or `None` to leave it at that. `random` is in `0..1`.
    pub fn wait(self, setback: Setback, budget: Budget, random: f64) -> Option<f64> {
        if budget.repeated >= budget.max_retries || !self.allows(setback) {
            return None;
        }
        let wait = match setback {
            Setback::Status(_, Some(seconds)) => seconds * 1000.0,
            _ => backoff(budget.repeated, random),
        };
        (wait <= LONGEST_WAIT && wait < budget.time_left).then_some(wait)
    }
}

/// 0.5 s, 1 s, 2 s, 4 s, and then 8 s, less up to a quarter.
fn backoff(repeated: u32, random: f64) -> f64 {
    f64::from(500 << repeated.min(4)) * (1.0 - random / 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Repeat::{Decision, Idempotent, Once};
    use Setback::{NoAnswer, Status};

    const BUDGET: Budget = Budget { repeated: 0, max_retries: 2, time_left: f64::INFINITY };

    #[test]
    fn the_table() {
        let rows = [
            (NoAnswer, [true, true, false]),
            (Status(408, None), [true, false, false]),
            (Status(429, None), [true, true, true]),
            (Status(429, Some(1.0)), [true, true, true]),
            (Status(500, None), [true, false, false]),
            (Status(500, Some(1.0)), [true, false, false]),
            (Status(502, None), [true, true, false]),
            (Status(503, None), [true, true, false]),
            (Status(503, Some(1.0)), [true, true, true]),
            (Status(504, None), [true, true, false]),
        ];
        for (setback, expected) in rows {
            assert_eq!([Idempotent, Decision, Once].map(|repeat| repeat.allows(setback)), expected, "{setback:?}");
        }
        for status in (100..600).filter(|status| ![408, 429, 500, 502, 503, 504].contains(status)) {
            for repeat in [Idempotent, Decision, Once] {
                assert!(!repeat.allows(Status(status, Some(0.0))), "{repeat:?} after {status}");
            }
        }
    }

    #[test]
    fn the_readme_shows_this_table() {
        let cell = |repeat: Repeat, bare: Setback, told: Setback| match (repeat.allows(bare), repeat.allows(told)) {
            (true, true) => "yes",
            (false, true) => "with `Retry-After`",
            (false, false) => "no",
            (true, false) => panic!("a wait that is asked for does no harm"),
        };
        let row = |name: &str, bare: Setback, told: Setback| {
            let cells = [Idempotent, Decision, Once].map(|repeat| cell(repeat, bare, told));
            ["| ", name, " | ", &cells.join(" | "), " |"].concat()
        };
        let mut rows = vec![row("no answer, or none in time", NoAnswer, NoAnswer)];
        for status in [408, 429, 500, 502, 503, 504] {
            rows.push(row(&status.to_string(), Status(status, None), Status(status, Some(1.0))));
        }
        rows.push(row("any other status", Status(400, None), Status(400, Some(1.0))));
        let readme = include_str!("../../README.md");
        let mut shown = readme.lines().skip_while(|line| !line.starts_with("| what went wrong ")).skip(2);
        for row in rows {
            assert_eq!(shown.next(), Some(row.as_str()));
        }
        assert_eq!(shown.next(), Some(""), "the table ends here");
    }

    #[test]
    fn routes_have_the_class_that_their_effect_asks_for() {
        use Method::{Delete, Get, Patch, Post};
        assert_eq!(Repeat::of(Route::Authorize, Post), Decision);
        assert_eq!(Repeat::of(Route::AuthorizeByToken, Post), Decision);
        for (route, method) in [
            (Route::GetAgent, Get),
            (Route::ExportAudit, Get),
            (Route::UpdateAgent, Patch),
            (Route::RevokeAgent, Delete),
        ] {
            assert_eq!(Repeat::of(route, method), Idempotent);
        }
        for route in [
            Route::CreateAgent,
            Route::RotateAgent,
            Route::CreateDelegation,
            Route::RegisterMcpServer,
            Route::SignUp,
            Route::SignIn,
            Route::SignOut,
        ] {
            assert_eq!(Repeat::of(route, Post), Once);
        }
    }

    #[test]
    fn waits_grow_to_eight_seconds_less_up_to_a_quarter() {
        let wait =
            |repeated, random| Idempotent.wait(NoAnswer, Budget { repeated, max_retries: u32::MAX, ..BUDGET }, random);
        let longest: Vec<_> = (0..7).map(|repeated| wait(repeated, 0.0)).collect();
        assert_eq!(longest, [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0].map(Some));
        assert_eq!(wait(0, 1.0), Some(375.0));
        assert_eq!(wait(1_000_000, 0.5), Some(7000.0));
    }

    #[test]
    fn servers_are_obeyed_up_to_a_minute() {
        let wait = |seconds| Idempotent.wait(Status(429, Some(seconds)), BUDGET, 0.5);
        assert_eq!(wait(0.0), Some(0.0));
        assert_eq!(wait(0.25), Some(250.0));
        assert_eq!(wait(60.0), Some(60_000.0));
        assert_eq!(wait(60.001), None);
    }

    #[test]
    fn no_wait_goes_past_the_deadline_and_no_retry_past_the_limit() {
        let within = |time_left| Idempotent.wait(NoAnswer, Budget { time_left, ..BUDGET }, 0.0);
        assert_eq!((within(501.0), within(500.0), within(-1.0)), (Some(500.0), None, None));
        let after =
            |repeated, max_retries| Once.wait(Status(429, None), Budget { repeated, max_retries, ..BUDGET }, 0.0);
        assert_eq!((after(0, 0), after(2, 2)), (None, None));
        assert_eq!(after(1, 2), Some(1000.0));
    }
}
