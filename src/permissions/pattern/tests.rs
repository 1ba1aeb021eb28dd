//! What patterns match, and what they take.

use super::{Budget, Pattern, PatternError, STEPS};

fn matches(pattern: &str, value: &str) -> bool {
    Pattern::new(pattern).unwrap().is_found(value, &mut Budget::default()).unwrap()
}

#[test]
fn patterns_read_code_units() {
    assert!(!matches("^.{1}$", "😀") && matches("^.{2}$", "😀") && matches("^😀$", "😀") && matches("[😀]", "😀"));
    assert!(!matches("^[😀]$", "😀") && matches("^\\ud83d\\ude00$", "😀") && matches("^\\u{3}$", "uuu"));
}

#[test]
fn legacy_syntax_is_read() {
    for (pattern, value) in [
        ("\\x61\\u0062\\143", "abc"),
        ("\\0\\01\\8", "\0\u{1}8"),
        ("\\c[\\c]\\cA", "\\c\\\u{1}"),
        ("[\\c1]", "\u{11}"),
        ("a{,3}]}", "a{,3}]}"),
        ("\\k<n>\\p{3}", "k<n>ppp"),
        ("[\\w-é]", "-"),
        ("^(?=a)*b", "b"),
        ("(?<!a)b", "b"),
        ("(?<=^a+)b$", "aab"),
        ("\\bé\\B|x", "x"),
        ("\\s", "\u{feff}"),
        ("[^]", "\n"),
        ("(?:){3}$", ""),
    ] {
        assert!(matches(pattern, value), "{pattern} {value:?}");
    }
    for (pattern, value) in [("\\s", "\u{85}"), (".", "\u{2028}"), ("[]", "a"), ("(?!a)a", "a"), ("a{20000}", "a")] {
        assert!(!matches(pattern, value), "{pattern} {value:?}");
    }
}

#[test]
fn what_is_no_regular_expression_is_invalid() {
    let named = "(?<a>.)(?<a>.)";
    for pattern in
        ["(", ")", "[", "[b-a]", "*", "a**", "a{2,1}", "{1}", "(?", "(?i:a)", "(?<n", "(?<n>a)\\k<m>", "\\", named]
    {
        assert!(matches!(Pattern::new(pattern), Err(PatternError::Invalid(_))), "{pattern}");
    }
}

#[test]
fn what_cannot_be_tried_is_refused() {
    for pattern in ["(a)\\1", "(?<n>a)\\k<n>", "(a{1000}){1000}", &"(?=a)".repeat(20), &"(".repeat(500)] {
        assert!(matches!(Pattern::new(pattern), Err(PatternError::Refused(_))), "{pattern}");
    }
}

#[test]
fn the_worst_patterns_stay_within_the_budget() {
    let long = ["a".repeat(200_000).as_str(), "!"].concat();
    let classes: String = (0x100..0x1200u32).step_by(2).filter_map(char::from_u32).collect();
    for (pattern, is_found) in [
        ("^(a+)+$", Some(false)),
        ("^(\\x61+)+$", Some(false)),
        ("^(b?a|a)*$", Some(false)),
        ("^(?:()a|a)*$", Some(false)),
        (&["^", &"(a|a)".repeat(40), "$"].concat(), Some(false)),
        (&["^", &"a?".repeat(40), "$"].concat(), Some(false)),
        ("[a-z]*\\.txt", Some(false)),
        ("(.*)*=", Some(false)),
        ("(?=(a+)+b)", Some(false)),
        // So many states that they cannot all be kept.
        ("(a|b)*a(a|b){12}!$", Some(true)),
        ("a{3000}b", None),
        (&["[", &classes, "](?=.*x)(?=.*y)(?=.*z)(?=.*u)(?=.*v)(?=.*w)"].concat(), None),
    ] {
        let mut budget = Budget::default();
        let found = Pattern::new(pattern).unwrap().is_found(&long, &mut budget);
        assert_eq!(found.ok(), is_found, "{pattern}");
        assert!(is_found.is_none() || STEPS - budget.left() < 2_000_000, "{pattern} {}", STEPS - budget.left());
    }
}

#[test]
fn one_budget_is_for_all() {
    let (pattern, value) = (Pattern::new("[a-z]*\\.txt").unwrap(), ["a".repeat(14_000).as_str(), "!"].concat());
    let mut budget = Budget::default();
    let tried = (0..1_000).take_while(|_| pattern.is_found(&value, &mut budget).is_ok()).count();
    assert!((100..200).contains(&tried), "{tried}");
}
