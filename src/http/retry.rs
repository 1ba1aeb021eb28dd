//! Whether and when a request is sent again: a decision without a clock, a random number or a network.

/// How often an endpoint may be executed. `docs/guide/retries.md` shows the same table, which a test compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryClass {
    /// Reading, changing and removing: executing it twice has the effect of executing it once.
    Idempotent,
    /// Decisions: retried at the price of a second audit entry. Not after a 500, which the request itself may cause.
    Decision,
    /// Executing it twice has effects twice: retried only where the server says that it was not executed.
    NonIdempotent,
}

/// Why an attempt is retried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RetryCause {
    /// No answer, or not all of it, or not in time.
    NoAnswer,
    /// An answer with an error status, and how many seconds to wait, if it says so.
    Status(u16, Option<f64>),
}

/// What remains of a call.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// The number of retries so far.
    pub retries: u32,
    /// The maximum number of retries.
    pub max_retries: u32,
    /// The milliseconds until the deadline of the call; infinity without one.
    pub time_left: f64,
}

/// The longest wait that a server can ask for, in milliseconds. A call that would wait longer fails instead.
const LONGEST_WAIT: f64 = 60_000.0;

impl RetryClass {
    /// Whether a request of this class may be sent again for this cause.
    pub const fn allows(self, cause: RetryCause) -> bool {
        matches!(
            (self, cause),
            (Self::Idempotent, RetryCause::NoAnswer | RetryCause::Status(408 | 429 | 500 | 502 | 503 | 504, _))
                | (Self::Decision, RetryCause::NoAnswer | RetryCause::Status(429 | 502 | 503 | 504, _))
                | (Self::NonIdempotent, RetryCause::Status(429, _) | RetryCause::Status(503, Some(_)))
        )
    }

    /// The milliseconds to wait before the next attempt, or `None` if there is none. `random` is in `0..1`.
    pub fn wait(self, cause: RetryCause, budget: Budget, random: f64) -> Option<f64> {
        if budget.retries >= budget.max_retries || !self.allows(cause) {
            return None;
        }
        let wait = match cause {
            RetryCause::Status(_, Some(seconds)) => seconds * 1000.0,
            _ => backoff(budget.retries, random),
        };
        (wait <= LONGEST_WAIT && wait < budget.time_left).then_some(wait)
    }
}

/// 0.5 s, 1 s, 2 s, 4 s, then 8 s, with up to 25 % jitter.
fn backoff(retries: u32, random: f64) -> f64 {
    f64::from(500 << retries.min(4)) * (1.0 - random / 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use RetryCause::{NoAnswer, Status};
    use RetryClass::{Decision, Idempotent, NonIdempotent};

    const BUDGET: Budget = Budget { retries: 0, max_retries: 2, time_left: f64::INFINITY };

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
        for (cause, expected) in rows {
            assert_eq!([Idempotent, Decision, NonIdempotent].map(|class| class.allows(cause)), expected, "{cause:?}");
        }
        for status in (100..600).filter(|status| ![408, 429, 500, 502, 503, 504].contains(status)) {
            for class in [Idempotent, Decision, NonIdempotent] {
                assert!(!class.allows(Status(status, Some(0.0))), "{class:?} after {status}");
            }
        }
    }

    #[test]
    fn the_guide_shows_this_table() {
        let cell =
            |class: RetryClass, bare: RetryCause, told: RetryCause| match (class.allows(bare), class.allows(told)) {
                (true, true) => "yes",
                (false, true) => "with `Retry-After`",
                (false, false) => "no",
                (true, false) => panic!("a wait that is asked for does no harm"),
            };
        let row = |name: &str, bare: RetryCause, told: RetryCause| {
            let cells = [Idempotent, Decision, NonIdempotent].map(|class| cell(class, bare, told));
            ["| ", name, " | ", &cells.join(" | "), " |"].concat()
        };
        let mut rows = vec![row("no answer, or none in time", NoAnswer, NoAnswer)];
        for status in [408, 429, 500, 502, 503, 504] {
            rows.push(row(&status.to_string(), Status(status, None), Status(status, Some(1.0))));
        }
        rows.push(row("any other status", Status(400, None), Status(400, Some(1.0))));
        let guide = include_str!("../../docs/guide/retries.md");
        let mut shown = guide.lines().skip_while(|line| !line.starts_with("| what went wrong ")).skip(2);
        for row in rows {
            assert_eq!(shown.next(), Some(row.as_str()));
        }
        assert_eq!(shown.next(), Some(""), "the table ends here");
    }

    #[test]
    fn waits_grow_to_eight_seconds_less_up_to_a_quarter() {
        let wait =
            |retries, random| Idempotent.wait(NoAnswer, Budget { retries, max_retries: u32::MAX, ..BUDGET }, random);
        let longest: Vec<_> = (0..7).map(|retries| wait(retries, 0.0)).collect();
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
        let after = |retries, max_retries| {
            NonIdempotent.wait(Status(429, None), Budget { retries, max_retries, ..BUDGET }, 0.0)
        };
        assert_eq!((after(0, 0), after(2, 2)), (None, None));
        assert_eq!(after(1, 2), Some(1000.0));
    }
}
