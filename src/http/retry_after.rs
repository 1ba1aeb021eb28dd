//! How long a server asks to wait.

/// How long to wait before another try, in seconds: `retry-after-ms` over `Retry-After`, which is a
/// number of seconds or a date that `seconds_until` measures.
pub fn retry_after(
    milliseconds: Option<&str>,
    seconds: Option<&str>,
    seconds_until: impl Fn(&str) -> f64,
) -> Option<f64> {
    if let Some(milliseconds) = milliseconds.and_then(decimal) {
        return Some(milliseconds / 1000.0);
    }
    let text = seconds?;
    let wait = decimal(text).unwrap_or_else(|| seconds_until(text));
    wait.is_finite().then_some(wait.max(0.0))
}

/// A plain decimal number such as `1.5`. (The standard parser also takes `inf` and `1e9`, and is far larger.)
fn decimal(text: &str) -> Option<f64> {
    let mut value = 0.0;
    let mut scale = 0.0;
    let mut digits = 0;
    for byte in text.trim_ascii().bytes() {
        match byte {
            b'0'..=b'9' => {
                value = value * 10.0 + f64::from(byte - b'0');
                scale *= 10.0;
                digits += 1;
            }
            b'.' if scale == 0.0 => scale = 1.0,
            _ => return None,
        }
    }
    (1..=15).contains(&digits).then_some(if scale > 0.0 { value / scale } else { value })
}

#[cfg(test)]
mod tests {
    use super::retry_after;

    #[test]
    fn reads_every_form_of_retry_after() {
        let until = |_: &str| 7.0;
        assert_eq!(retry_after(None, None, until), None);
        assert_eq!(retry_after(None, Some("30"), until), Some(30.0));
        assert_eq!(retry_after(None, Some(" 1.5 "), until), Some(1.5));
        assert_eq!(retry_after(None, Some(".25"), until), Some(0.25));
        assert_eq!(retry_after(Some("1500"), Some("30"), until), Some(1.5));
        assert_eq!(retry_after(Some("soon"), Some("30"), until), Some(30.0));
        assert_eq!(retry_after(None, Some("Wed, 21 Oct 2026 07:28:00 GMT"), until), Some(7.0));
    }

    #[test]
    fn a_date_in_the_past_is_now_and_nonsense_is_nothing() {
        assert_eq!(retry_after(None, Some("Wed, 21 Oct 2015 07:28:00 GMT"), |_| -5.0), Some(0.0));
        for text in ["", "soon", "-1", "1e9", "inf", "1.2.3", "99999999999999999999"] {
            assert_eq!(retry_after(None, Some(text), |_| f64::NAN), None, "{text:?}");
        }
    }
}
