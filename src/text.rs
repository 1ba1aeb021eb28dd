//! Texts out of pieces. The standard library's ways weigh three times as much: they can panic, in formatted words.

/// The pieces, one after the other.
pub fn text(pieces: &[&str]) -> String {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(piece);
    }
    text
}

/// The digits of a number.
pub fn digits(number: u64) -> String {
    let mut digits = if number < 10 { String::new() } else { self::digits(number / 10) };
    digits.push((b'0' + (number % 10) as u8) as char);
    digits
}

/// Whether `word` is in `text`.
pub fn holds(text: &str, word: &str) -> bool {
    let (mut text, word) = (text.as_bytes(), word.as_bytes());
    while !text.is_empty() && !text.starts_with(word) {
        text = text.split_first().map(|(_, rest)| rest).unwrap_or_default();
    }
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_anywhere() {
        assert!(holds("agentId: Required", "agentId: Required") && holds("x-api-key", "key") && holds("über", "ber"));
        assert!(!holds("agentId: Require", "agentId: Required") && !holds("", "key") && !holds("ke", "key"));
    }

    #[test]
    fn writes_numbers_as_the_standard_library_does() {
        for number in [0, 1, 9, 10, 99, 100, 429, 1_000_000, 9_007_199_254_740_991, u64::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
        assert_eq!(text(&["a", "", "bc"]), "abc");
    }
}
