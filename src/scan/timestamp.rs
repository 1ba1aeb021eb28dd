//! Timestamps as servers write them.

/// Milliseconds since 1970 for `2026-01-31T09:30:00.000Z`, with or without a fraction of three digits. The host parses other
/// forms.
pub fn milliseconds(text: &[u8]) -> Option<f64> {
    let [y, yy, yyy, yyyy, b'-', m, mm, b'-', d, dd, b'T', h, hh, b':', n, nn, b':', s, ss, fraction @ .., b'Z'] = text
    else {
        return None;
    };
    let year = digits(&[*y, *yy, *yyy, *yyyy])?;
    let (month, day) = (digits(&[*m, *mm])?, digits(&[*d, *dd])?);
    let (hour, minute, second) = (digits(&[*h, *hh])?, digits(&[*n, *nn])?, digits(&[*s, *ss])?);
    let fraction = match fraction {
        [] => 0,
        [b'.', thousandths @ ..] if thousandths.len() == 3 => digits(thousandths)?,
        _ => return None,
    };
    // The host decides about 29 February.
    let longest = if month == 2 { 28 } else { 30 + (month + month / 8) % 2 };
    if !(1..=12).contains(&month) || !(1..=longest).contains(&day) || hour > 23 || minute > 59 || second > 59 {
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
    let mut number = 0;
    for byte in text {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(byte - b'0');
    }
    Some(number)
}
