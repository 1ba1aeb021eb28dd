//! Intervals of time, as the clocks of a place show it.

/// The longest interval that clocks do not stretch, in milliseconds. An hour that comes twice is two; a day is one, also
/// where it has 25 hours.
const STRICT: f64 = 3_600_000.0;

/// Intervals of one length.
#[derive(Clone, Copy)]
pub struct Intervals<'a> {
    /// In milliseconds.
    pub length: f64,
    /// Since when the clocks are how far ahead of UTC, in milliseconds and in turn: the first since ever, each other than the one before.
    pub shifts: &'a [[f64; 2]],
}

impl Intervals<'_> {
    /// When the interval begins that a moment is in; not a number if the moment is none. The later of two moments is never in the
    /// earlier interval: one ends where the next begins, even if clocks are put back behind that.
    #[inline(never)]
    pub fn begin(&self, moment: f64) -> f64 {
        let mut shifts = self.shifts.iter().rev().skip_while(|[since, _]| *since > moment);
        let Some([since, ahead]) = shifts.next().filter(|_| !moment.is_nan()) else { return f64::NAN };
        let floor = |clock: f64| (clock / self.length).floor() * self.length;
        let clock = floor(moment + ahead);
        let mut begin = (clock - ahead).max(*since);
        if self.length > STRICT {
            // It, or one after it, may have begun before the clocks were put forward or back.
            let mut end = *since;
            for [since, ahead] in shifts {
                let last = floor(end - 1.0 + ahead);
                if last < clock {
                    break;
                }
                (begin, end) = ((last - ahead).max(*since), *since);
            }
        }
        begin
    }
}
