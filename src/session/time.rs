//! Stamps, deadlines and timers of a session, in milliseconds since 1970.

/// Where stamps begin to count, so that they stay whole numbers until 2058.
const EPOCH: f64 = 1_700_000_000_000.0;
/// The number of stamps in a millisecond, of which chance takes one: two tabs do not take the same.
const PER_MILLISECOND: f64 = 8192.0;
/// A clock that differs less from the server's is taken for right.
const TOLERANCE: f64 = 10_000.0;
/// The longest timer. Timers stand still while a machine sleeps, and take more than 2³¹ milliseconds for none at all.
const LONGEST: f64 = 60_000.0;
/// How long before its end a token is renewed: longer than the longest timer, which a hidden tab may fire a minute late.
const MARGIN: f64 = 180_000.0;
/// The first wait before a server that was unreachable is asked again. Each further one is twice as long.
const RETRY: f64 = 5_000.0;

/// The stamp of a change made now: greater than the last one that is known, whatever the clock says. `random` is in `0..1`.
pub fn stamp(last: f64, now: f64, random: f64) -> f64 {
    let chance = (random * PER_MILLISECOND).floor().max(0.0);
    ((now - EPOCH).floor() * PER_MILLISECOND).max(last + 1.0).max(1.0) + chance
}

/// When a session expires by the clock of this machine. `issued` is when the server issued it by its own, NaN if that is not
/// known: a clock that is wrong is known by it, as the session has only just arrived.
pub fn deadline(expires: f64, issued: f64, now: f64) -> f64 {
    let skew = now - issued;
    if skew.abs() > TOLERANCE { expires + skew } else { expires }
}

/// Whether a token that can be renewed is about to expire.
pub fn is_due(deadline: f64, now: f64) -> bool {
    deadline - now < MARGIN
}

/// How long to wait before looking at the session again; negative if there is nothing to wait for. `deadline` is infinite if there
/// is none, and `failures` counts how often the server was unreachable since it last answered.
pub fn wait(deadline: f64, now: f64, failures: u32) -> f64 {
    let retry = match failures {
        0 => f64::INFINITY,
        _ => RETRY * f64::from(1u32 << (failures - 1).min(4)),
    };
    // A deadline that has passed has been acted upon: what remains is to wait for an answer, or for the next attempt.
    let left = if deadline > now { deadline - now } else { retry.min(LONGEST) };
    let left = left.max(1.0).min(retry);
    if left == f64::INFINITY { -1.0 } else { left.min(LONGEST) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_796_000_000_000.0;

    #[test]
    fn stamps_grow_though_the_clock_goes_back() {
        let first = stamp(0.0, NOW, 0.5);
        assert!(stamp(first, NOW, 0.0) == first + 1.0 && stamp(first, NOW - 1e9, 0.0) == first + 1.0);
        assert_ne!(stamp(first, NOW, 0.1), stamp(first, NOW, 0.9), "two tabs that know of the same change");
        assert!(stamp(first, NOW + 1.0, 0.0) > first);
        for odd in [f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(stamp(7.0, odd, 0.0), 8.0);
        }
        assert_eq!(stamp(f64::NAN, f64::NAN, f64::NAN), 1.0);
        let last = stamp(0.0, 2_780_000_000_000.0, 0.999);
        assert!(last + 1.0 > last && last < 9_007_199_254_740_992.0);
    }

    #[test]
    fn a_wrong_clock_is_known_by_the_time_of_issue() {
        assert_eq!(deadline(NOW + 100.0, NOW - 900.0, NOW), NOW + 100.0);
        assert_eq!(deadline(NOW, NOW - 3_600_000.0, NOW), NOW + 3_600_000.0);
        assert_eq!(deadline(NOW, NOW + 3_600_000.0, NOW), NOW - 3_600_000.0);
        assert_eq!(deadline(NOW, f64::NAN, NOW), NOW);
        assert!(deadline(f64::NAN, NOW, NOW).is_nan() && deadline(f64::INFINITY, NOW, NOW) == f64::INFINITY);
    }

    #[test]
    fn a_token_is_renewed_in_time_by_timers_that_are_a_minute_late() {
        assert!(is_due(NOW + LONGEST + 60_000.0, NOW) && is_due(NOW - 1.0, NOW));
        assert!(!is_due(NOW + 1e6, NOW) && !is_due(f64::INFINITY, NOW));
    }

    #[test]
    fn timers_are_short_and_never_none() {
        assert_eq!(wait(NOW + 1e12, NOW, 0), 60_000.0);
        assert_eq!(wait(NOW + 500.0, NOW, 0), 500.0);
        assert_eq!((wait(NOW - 5.0, NOW, 0), wait(f64::NAN, NOW, 0)), (60_000.0, 60_000.0));
        assert_eq!((wait(NOW - 5.0, NOW, 1), wait(NOW + 0.1, NOW, 1)), (5_000.0, 1.0));
        assert_eq!(wait(f64::INFINITY, NOW, 0), -1.0);
        let waits: Vec<_> = (1..9).map(|failures| wait(f64::INFINITY, NOW, failures)).collect();
        assert_eq!(waits, [5e3, 1e4, 2e4, 4e4, 6e4, 6e4, 6e4, 6e4]);
        assert_eq!(wait(NOW + 2.0, NOW, u32::MAX), 2.0);
    }
}
