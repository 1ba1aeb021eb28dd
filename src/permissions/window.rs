//! Windows of the day.

use super::constraint::Mode;
use crate::schema::TimeWindow;

/// Whether the window contains that time of day (`HH:MM`); both ends count.
pub fn contains(mode: Mode, window: &TimeWindow, now: &str) -> bool {
    let TimeWindow { start, end } = window;
    // Compared as text, as the server does: there a window over midnight never matches.
    let (start, end) = (start.as_str(), end.as_str());
    match mode {
        Mode::Server => now >= start && now <= end,
        // What is not a time of day at all says nothing: nothing is allowed then.
        Mode::Strict if !is_time(start) || !is_time(end) => false,
        Mode::Strict if start <= end => now >= start && now <= end,
        Mode::Strict => now >= start || now <= end,
    }
}

/// Whether there is a minute of the day that the server finds in the window.
pub fn is_ever_open(window: &TimeWindow) -> bool {
    (0..24 * 60).any(|minute| contains(Mode::Server, window, &clock(minute)))
}

/// Whether `text` is `HH:MM`, from `00:00` to `23:59`; or `24:00`, the end of the day.
pub fn is_time(text: &str) -> bool {
    let &[tens, hours, b':', ten_minutes, minutes] = text.as_bytes() else {
        return false;
    };
    let digits = [tens, hours, ten_minutes, minutes].iter().all(u8::is_ascii_digit);
    digits && text <= "24:00" && ten_minutes <= b'5'
}

fn clock(minute: u32) -> String {
    let digit = |value: u32| char::from_digit(value % 10, 10).unwrap_or_default();
    let (hours, minutes) = (minute / 60, minute % 60);
    [digit(hours / 10), digit(hours), ':', digit(minutes / 10), digit(minutes)].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(start: &str, end: &str) -> TimeWindow {
        TimeWindow { start: start.into(), end: end.into() }
    }

    #[test]
    fn the_server_compares_text() {
        assert!(contains(Mode::Server, &window("09:00", "17:00"), "17:00"));
        assert!(!contains(Mode::Server, &window("9:00", "17:00"), "12:00"));
        assert!(!contains(Mode::Server, &window("22:00", "06:00"), "23:00"));
    }

    #[test]
    fn strictly_a_window_may_span_midnight() {
        for (now, inside) in [("21:59", false), ("22:00", true), ("00:00", true), ("06:00", true), ("06:01", false)] {
            assert_eq!(contains(Mode::Strict, &window("22:00", "06:00"), now), inside, "{now}");
        }
        assert!(!contains(Mode::Strict, &window("", "zz"), "12:00"));
        assert!(contains(Mode::Strict, &window("00:00", "24:00"), "23:59"));
    }

    #[test]
    fn a_window_that_never_opens_is_known() {
        assert!(is_ever_open(&window("09:00", "17:00")));
        assert!(is_ever_open(&window("", "zz")) && is_ever_open(&window("23:59", "24:00")));
        for (start, end) in [("22:00", "06:00"), ("9:00", "17:00"), ("", ""), ("24:00", "25:00")] {
            assert!(!is_ever_open(&window(start, end)), "{start} {end}");
        }
    }
}
