//! Dates and times that a caller hands in.

use super::wire::{Schema, Wire};

/// A moment given by the caller: an ISO 8601 string or a `Date`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "rust-client", derive(serde::Serialize, serde::Deserialize))]
pub struct Timestamp(pub String);

impl Wire for Timestamp {
    const SCHEMA: Schema = Schema::Moment;
}

/// Whether `text` is an ISO 8601 date (`2026-01-31`) or date and time
/// (`2026-01-31T09:30:00.000+05:30`), with every part in range.
///
/// Servers read other text as no filter at all and answer with everything, so it is caught here.
///
/// ```
/// # use kavachos_wasm::schema::is_timestamp;
/// assert!(is_timestamp("2026-01-31T09:30:00Z"));
/// assert!(!is_timestamp("yesterday"));
/// ```
pub fn is_timestamp(text: &str) -> bool {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    is_date(date) && time.is_none_or(is_time)
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let year = parts.next().is_some_and(|part| digits(part, 4, 0, 9999));
    let month = parts.next().is_some_and(|part| digits(part, 2, 1, 12));
    let day = parts.next().is_some_and(|part| digits(part, 2, 1, 31));
    year && month && day && parts.next().is_none()
}

fn is_time(text: &str) -> bool {
    let clock = text.split(['Z', '+', '-']).next().unwrap_or_default();
    let zone = text.strip_prefix(clock).unwrap_or_default();
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (clock, None),
    };
    let mut parts = clock.split(':');
    let hour = parts.next().is_some_and(|part| digits(part, 2, 0, 23));
    let minute = parts.next().is_some_and(|part| digits(part, 2, 0, 59));
    let second = parts.next();
    hour && minute
        && second.is_none_or(|part| digits(part, 2, 0, 59))
        && parts.next().is_none()
        && fraction.is_none_or(|part| second.is_some() && (1..=9).contains(&part.len()) && all_digits(part))
        && is_zone(zone)
}

fn is_zone(text: &str) -> bool {
    match text.strip_prefix(['+', '-']) {
        Some(offset) => {
            offset.split_once(':').is_some_and(|(hour, minute)| digits(hour, 2, 0, 23) && digits(minute, 2, 0, 59))
        }
        None => text.is_empty() || text == "Z",
    }
}

fn digits(text: &str, width: usize, least: u32, most: u32) -> bool {
    text.len() == width && all_digits(text) && text.parse().is_ok_and(|number: u32| (least..=most).contains(&number))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_timestamp;

    #[test]
    fn accepts_what_servers_and_dates_write() {
        for text in [
            "2026-01-31",
            "2026-01-31T09:30",
            "2026-01-31T09:30:00Z",
            "2026-01-31T09:30:00.123Z",
            "2026-01-31T09:30:00.123456789+05:30",
            "2026-01-31T09:30:00-08:00",
            "0001-01-01T00:00:00",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
    }

    #[test]
    fn refuses_what_servers_would_silently_ignore() {
        for text in [
            "",
            "soon",
            "1700000000",
            "2026",
            "2026-1-31",
            "2026-13-01",
            "2026-01-32",
            "2026-01-31 09:30:00",
            "2026-01-31T25:00",
            "2026-01-31T09:60",
            "2026-01-31T09:30:00+0530",
            "2026-01-31T09:30:00 05:30",
            "2026-01-31T09:30.5Z",
            "2026-01-31T09:30:00.Z",
            "2026-01-31T",
            "2026-01-31T09:30:00ZZ",
            "２０２６-01-31",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
