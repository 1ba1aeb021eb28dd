//! Timestamps, as servers write them.

/// The milliseconds since 1970 of `2026-01-31T09:30:00.000Z`, with or without a fraction of three digits. Other forms are
/// for the host.
pub fn milliseconds(text: &[u8]) -> Option<f64> {
    let rest = text.strip_suffix(b"Z")?;
    let (clock, fraction) = rest.split_at_checked(19)?;
    let number = |from: usize, to: usize| clock.get(from..to).and_then(digits);
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if !separators.iter().all(|(at, byte)| clock.get(*at) == Some(byte)) {
        return None;
    }
    let fraction = match fraction.strip_prefix(b".") {
        Some(thousandths) if thousandths.len() == 3 => digits(thousandths)?,
        None if fraction.is_empty() => 0,
        _ => return None,
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    // Leap days, and what are none, the host knows.
    let longest = if month == 2 { 28 } else { 30 + (month + month / 8) % 2 };
    if !(1..=12).contains(&month) || !(1..=longest).contains(&day) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    Some(seconds as f64 * 1000.0 + fraction as f64)
}

/// Days since 1970. Years begin in March here, so that a leap day is the last.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year - 719_468
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}
