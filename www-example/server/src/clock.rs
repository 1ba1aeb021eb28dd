//! Moments: milliseconds since 1970 in the database, ISO 8601 on the wire.

use crate::calendar::{Date, date_of, days_of};
use std::sync::atomic::{AtomicI64, Ordering};

/// Milliseconds since 1970.
pub type Millis = i64;

const SECOND: Millis = 1000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;
const RUNS: Millis = Millis::MIN;

static STOPPED: AtomicI64 = AtomicI64::new(RUNS);

/// Stops the clock of this process at a moment, so that tests see the same order and the same windows on any machine.
pub fn stop_at(moment: Millis) {
    STOPPED.store(moment, Ordering::Relaxed);
}

/// Now.
pub fn now() -> Millis {
    match STOPPED.load(Ordering::Relaxed) {
        RUNS => running(),
        stopped => stopped,
    }
}

#[cfg(feature = "native")]
fn running() -> Millis {
    jiff::Timestamp::now().as_millisecond()
}

/// Where there is no system, its clock is stopped at the moment of each request.
#[cfg(not(feature = "native"))]
const fn running() -> Millis {
    0
}

/// How far the clocks on this machine are ahead of UTC at that moment.
#[cfg(feature = "native")]
fn offset(moment: Millis) -> Millis {
    let moment = jiff::Timestamp::from_millisecond(moment).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Millis::from(jiff::tz::TimeZone::system().to_offset(moment).seconds()) * SECOND
}

/// Where there is no system, it is UTC.
#[cfg(not(feature = "native"))]
const fn offset(_: Millis) -> Millis {
    0
}

/// What clocks on this machine show.
pub struct Wall {
    /// The day of the week, 0 for Monday.
    pub weekday: i64,
    pub hour: i64,
    pub minute: i64,
}

/// What clocks on this machine show at that moment.
pub fn on_the_wall(moment: Millis) -> Wall {
    let shown = moment + offset(moment);
    Wall {
        // 1970 began on a Thursday.
        weekday: (shown.div_euclid(DAY) + 3).rem_euclid(7),
        hour: shown.rem_euclid(DAY) / HOUR,
        minute: shown.rem_euclid(HOUR) / MINUTE,
    }
}

/// The time of day on this machine, as `HH:MM`.
pub fn time_of_day(moment: Millis) -> String {
    let Wall { hour, minute, .. } = on_the_wall(moment);
    format!("{hour:02}:{minute:02}")
}

/// The moment at which that day began on this machine.
pub fn start_of_day(moment: Millis) -> Millis {
    let start = (moment + offset(moment)).div_euclid(DAY) * DAY;
    // On a day on which clocks are changed it began with another offset.
    start - offset(start - offset(moment))
}

/// A moment as JavaScript writes it.
pub fn iso(moment: Millis) -> String {
    let Date { year, month, day } = date_of(moment.div_euclid(DAY));
    let time = moment.rem_euclid(DAY);
    let year = match year {
        0..=9999 => format!("{year:04}"),
        _ => format!("{}{:06}", if year < 0 { '-' } else { '+' }, year.abs()),
    };
    let (hour, minute, second, rest) = (time / HOUR, time % HOUR / MINUTE, time % MINUTE / SECOND, time % SECOND);
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{rest:03}Z")
}

/// A moment as it is read back later: servers keep whole seconds.
pub fn iso_seconds(moment: Millis) -> String {
    iso(moment.div_euclid(1000) * 1000)
}

/// Reads the forms of ISO 8601 that JavaScript reads; dates and times without a zone are UTC.
pub fn parse(text: &str) -> Option<Millis> {
    Some(read(text)?.0)
}

/// The same for moments that say their zone.
#[cfg(feature = "native")]
pub fn parse_zoned(text: &str) -> Option<Millis> {
    read(text).filter(|(_, has_zone)| *has_zone).map(|(moment, _)| moment)
}

/// A moment, and whether it says its zone.
fn read(text: &str) -> Option<(Millis, bool)> {
    let mut reader = Reader(text);
    let year = match reader.sign() {
        Some(sign) => sign * reader.digits(6)?,
        None => reader.digits(4)?,
    };
    reader.takes('-').then_some(())?;
    let month = reader.digits(2)?;
    reader.takes('-').then_some(())?;
    let day = reader.digits(2)?;
    let date = days_of(&Date { year, month, day })? * DAY;
    if reader.0.is_empty() {
        return Some((date, false));
    }
    (reader.takes('T') || reader.takes('t') || reader.takes(' ')).then_some(())?;
    let hour = reader.digits(2)?;
    reader.takes(':').then_some(())?;
    let minute = reader.digits(2)?;
    let second = if reader.takes(':') { reader.digits(2)? } else { 0 };
    let rest = if reader.takes('.') || reader.takes(',') { reader.fraction()? } else { 0 };
    (hour < 24 && minute < 60 && second < 60).then_some(())?;
    let moment = date + hour * HOUR + minute * MINUTE + second * SECOND + rest;
    if reader.0.is_empty() {
        return Some((moment, false));
    }
    let ahead = match reader.sign() {
        Some(sign) => {
            let hours = reader.digits(2)?;
            let minutes = if reader.takes(':') || !reader.0.is_empty() { reader.digits(2)? } else { 0 };
            (hours < 24 && minutes < 60).then_some(sign * (hours * HOUR + minutes * MINUTE))?
        }
        None => (reader.takes('Z') || reader.takes('z')).then_some(0)?,
    };
    reader.0.is_empty().then_some((moment - ahead, true))
}

/// What is left of a text.
struct Reader<'t>(&'t str);

impl Reader<'_> {
    fn takes(&mut self, expected: char) -> bool {
        match self.0.strip_prefix(expected) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn sign(&mut self) -> Option<i64> {
        if self.takes('+') { Some(1) } else { self.takes('-').then_some(-1) }
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?;
        self.0 = rest;
        number
    }

    /// The digits after the point, in milliseconds.
    fn fraction(&mut self) -> Option<i64> {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        let thousandths: String = digits.chars().chain("000".chars()).take(3).collect();
        if digits.is_empty() { None } else { thousandths.parse().ok() }
    }
}

/// Measures how long something takes; nothing, where there is no clock that runs.
pub struct Stopwatch(#[cfg(feature = "native")] std::time::Instant);

impl Stopwatch {
    /// Starts it.
    pub fn start() -> Self {
        Self(
            #[cfg(feature = "native")]
            std::time::Instant::now(),
        )
    }

    /// The milliseconds since then.
    pub fn elapsed(&self) -> Millis {
        #[cfg(feature = "native")]
        return Millis::try_from(self.0.elapsed().as_millis()).unwrap_or(Millis::MAX);
        #[cfg(not(feature = "native"))]
        return 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_years_that_have_more_than_four_digits() {
        assert_eq!(iso(1_795_895_574_877_000), "+058879-08-31T09:54:37.000Z");
        assert_eq!(iso(253_402_300_800_000), "+010000-01-01T00:00:00.000Z");
        assert_eq!(iso(1_795_895_574_877), "2026-11-28T19:52:54.877Z");
    }

    #[test]
    fn writes_and_reads_as_jiff_does() {
        let mut moment = -62_135_596_800_000;
        while moment < 253_370_764_800_000 {
            let jiff = jiff::Timestamp::from_millisecond(moment).unwrap();
            assert_eq!(iso(moment), jiff.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string());
            assert_eq!(parse(&iso(moment)), Some(moment));
            assert_eq!(parse(&jiff.to_string()), Some(moment));
            moment += 86_399_999 * 97;
        }
    }

    #[test]
    fn reads_the_forms_of_iso_8601() {
        let noon = parse("2026-02-28T12:00:00Z").unwrap();
        for text in
            ["2026-02-28T12:00", "2026-02-28 13:00+01", "2026-02-28T06:30:00.0000-05:30", "+002026-02-28t12:00z"]
        {
            assert_eq!(parse(text), Some(noon), "{text}");
        }
        assert_eq!(parse("2026-02-28T12:00:00.25Z"), Some(noon + 250));
        assert_eq!(parse("2024-02-29"), Some(1_709_164_800_000));
        for text in [
            "",
            "2026",
            "2026-02-29",
            "2026-13-01",
            "2026-01-01T24:00",
            "2026-01-01T1:00",
            "2026-01-01Z",
            "x",
            "2026-01-01T00:00:00.Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse_zoned("2026-02-28T12:00:00"), None);
        assert_eq!(parse_zoned("2026-02-28T12:00:00Z"), Some(noon));
    }

    #[test]
    fn shows_what_is_on_the_wall() {
        let moment = parse("2026-11-28T19:52:54Z").unwrap();
        let shown = jiff::Timestamp::from_millisecond(moment).unwrap().to_zoned(jiff::tz::TimeZone::system());
        let wall = on_the_wall(moment);
        assert_eq!(wall.weekday, i64::from(shown.weekday().to_monday_zero_offset()));
        assert_eq!((wall.hour, wall.minute), (i64::from(shown.hour()), i64::from(shown.minute())));
        assert_eq!(start_of_day(moment), shown.start_of_day().unwrap().timestamp().as_millisecond());
    }
}
