//! Timestamps as servers write them.

/// Milliseconds since 1970 for `2026-01-31T09:30:00.000Z`, with or without a fraction of three digits. The host parses other
/// forms.
pub fn milliseconds(text: &[u8]) -> Option<f64> {
    const FORM: [u8; 19] = *b"0000-00-00T00:00:00";
    let (moment, rest) = text.split_at_checked(FORM.len())?;
    // Digits, and what is between them: a number of two digits for each place.
    let mut pairs = [0_u32; FORM.len()];
    let mut before = 0;
    for ((byte, like), pair) in moment.iter().zip(&FORM).zip(&mut pairs) {
        let is_digit = byte.is_ascii_digit();
        if if *like == b'0' { !is_digit } else { byte != like } {
            return None;
        }
        let digit = u32::from(byte & 15);
        *pair = before * 10 + digit;
        before = digit;
    }
    let [_, century, _, year, _, _, month, _, _, day, _, _, hour, _, _, minute, _, _, second] = pairs;
    let fraction = match rest {
        [b'Z'] => 0,
        [b'.', fraction @ .., b'Z'] if fraction.len() == 3 => fraction
            .iter()
            .try_fold(0_u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte & 15)))?,
        _ => return None,
    };
    // The host decides about 29 February.
    let longest = if month == 2 { 28 } else { 30 + (month + month / 8) % 2 };
    if !(1..=12).contains(&month) || !(1..=longest).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = f64::from(days(century * 100 + year, month, day)) - EPOCH;
    Some((days * 86_400.0 + f64::from(hour * 3600 + minute * 60 + second)) * 1000.0 + f64::from(fraction))
}

/// 1 January 1970, in [`days`].
const EPOCH: f64 = 719_468.0 + 146_097.0;

/// Days since 1 March of the year -400: calendars repeat every 400 years. Years begin in March, so that a leap day is the last.
const fn days(year: u32, month: u32, day: u32) -> u32 {
    let year = if month <= 2 { year + 399 } else { year + 400 };
    let in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year / 4 - year / 100 + year / 400 + in_year
}
