//! Moments: milliseconds since 1970 in the database, ISO 8601 on the wire.

use jiff::{Timestamp, Zoned, civil, tz::TimeZone};
use std::sync::OnceLock;

/// Milliseconds since 1970.
pub type Millis = i64;

static STOPPED: OnceLock<Millis> = OnceLock::new();

/// Stops the clock of this process at a moment, so that tests see the same order and the same windows on any machine.
pub fn stop_at(moment: Millis) {
    STOPPED.get_or_init(|| moment);
}

/// Now.
pub fn now() -> Millis {
    STOPPED.get().copied().unwrap_or_else(|| Timestamp::now().as_millisecond())
}

/// The date and time that clocks on this machine show at that moment.
pub fn on_the_wall(moment: Millis) -> Zoned {
    Timestamp::from_millisecond(moment).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::system())
}

/// The time of day on this machine, as `HH:MM`.
pub fn time_of_day(moment: Millis) -> String {
    on_the_wall(moment).strftime("%H:%M").to_string()
}

/// The moment at which that day began on this machine.
pub fn start_of_day(moment: Millis) -> Millis {
    on_the_wall(moment).start_of_day().map_or(moment, |start| start.timestamp().as_millisecond())
}

/// A moment as JavaScript writes it.
pub fn iso(moment: Millis) -> String {
    Timestamp::from_millisecond(moment).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// A moment as JavaScript writes it, also in years beyond 9999.
pub fn iso_far(moment: Millis) -> String {
    // The calendar repeats every 400 years.
    const CYCLE: Millis = 146_097 * 24 * 60 * 60 * 1000;
    let cycles = moment.div_euclid(CYCLE);
    let within = iso(moment.rem_euclid(CYCLE));
    let (year, rest) = within.split_at(4);
    let year = year.parse::<i64>().unwrap_or_default() + cycles * 400;
    match year {
        0..=9999 => format!("{year:04}{rest}"),
        _ => format!("{}{:06}{rest}", if year < 0 { '-' } else { '+' }, year.abs()),
    }
}

/// A moment as it is read back later: servers keep whole seconds.
pub fn iso_seconds(moment: Millis) -> String {
    iso(moment.div_euclid(1000) * 1000)
}

/// Reads the forms of ISO 8601 that JavaScript reads; dates and times without a zone are UTC.
pub fn parse(text: &str) -> Option<Millis> {
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp.as_millisecond());
    }
    let moment = match text.parse::<civil::DateTime>() {
        Ok(moment) => moment,
        Err(_) => text.parse::<civil::Date>().ok()?.at(0, 0, 0, 0),
    };
    Some(moment.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_years_that_have_more_than_four_digits() {
        assert_eq!(iso_far(1_795_895_574_877_000), "+058879-08-31T09:54:37.000Z");
        assert_eq!(iso_far(253_402_300_800_000), "+010000-01-01T00:00:00.000Z");
        assert_eq!(iso_far(1_795_895_574_877), "2026-11-28T19:52:54.877Z");
    }
}
