use super::*;

fn slow(pattern: &str) -> bool {
    is_slow(pattern, &mut Budget::default())
}

#[test]
fn ambiguous_loops_are_slow() {
    for pattern in [
        "(a+)+$",
        "^(a*)*b",
        "(a?a?)+$",
        "^(a{1,2})+$",
        "(-?[\\d-])+",
        "((a|a)b)+",
        "^([a-z]+)*$",
        "(x+x+)+y",
        "^(a|a)*$",
        "^(\\w|\\d)+$",
        "^(/[a-z/]+)+$",
        "^(.*,)*$",
        "((a+)b?)+",
        "(a{2,})+",
        "(?:a+){10}",
        "^(.|x)+$",
        "(?<n>a+)+",
        "(a+){2,}",
        // What is written in another way, or is in a lookaround.
        "^(\\x61+)+$",
        "^(\\u0061+)+$",
        "^(\\141+)+$",
        "^(b?a|a)*$",
        "^(?:()a|a)*$",
        "(?=(a+)+b)",
        "(a?){40}",
        "(a)\\1",
        "(?<n>a)\\k<n>",
    ] {
        assert!(slow(pattern), "{pattern}");
    }
    for chain in ["(a|a)", "a?", "(?:a|ab|b)"] {
        assert!(slow(&["^", &chain.repeat(40), "$"].concat()), "{chain}");
    }
}

#[test]
fn what_people_write_is_not() {
    for pattern in [
        "^/tmp/",
        "tmp",
        "^[a-z0-9-]+$",
        "^(foo|bar)+$",
        "^(-?\\d)+$",
        "^([a-z]+(-[a-z]+)?/)+$",
        "^(\\d{3}-)+\\d{4}$",
        "^(/[a-z]+?)+$",
        "^(https?://([a-z]+[.])+[a-z]{2,6}/?)$",
        "^(/[\\w.-]+)+$",
        "^([a-z]|[0-9])+$",
        "^(\\w+\\.)*\\w+$",
        "^https?://[^/]+/.*$",
        "^(?!.*secret).*$",
        "^\\d{4}-\\d{2}-\\d{2}$",
        "^(a|b)$",
        "[(+*]+",
        "\\(a+\\)+",
        "^[^@]+@[^@]+$",
        "a{2}",
        "x{,5}+",
        "",
        "^.*a.*b.*$",
        "^(?:[^/]+/)*[^/]+$",
        "^(a|ab)*$",
        "[a-z]*\\.txt",
        "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$",
        "^(?=.*[A-Z])(?=.*[a-z])(?=.*\\d)(?=.*[^\\w]).{8,}$",
        "^[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+$",
        "^(SELECT|INSERT|UPDATE|DELETE)\\s+[\\s\\S]*$",
        "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        "^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}$",
    ] {
        assert!(!slow(pattern), "{pattern}");
    }
    let words: Vec<String> = (0..500).map(|number| ["service-", &number.to_string()].concat()).collect();
    assert!(!slow(&["^(", &words.join("|"), ")$"].concat()));
    assert!(!slow(&"a".repeat(5_000)) && !slow("("));
}
