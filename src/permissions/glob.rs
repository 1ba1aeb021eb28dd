//! Globs, which the public documentation has for arguments.

/// Whether `glob` matches all of `text`: `*` stands for any characters or none, `?` for one. Case matters.
///
/// ```
/// # use kavachos_wasm::permissions::glob_matches;
/// assert!(glob_matches("/tmp/*.txt", "/tmp/a/b.txt"));
/// assert!(!glob_matches("/tmp/?", "/tmp/ab"));
/// ```
pub fn glob_matches(glob: &str, text: &str) -> bool {
    let (mut rest, mut left) = (glob.chars(), text.chars());
    // Where to go on if what follows the last `*` does not fit: one character further on.
    let mut retry = None;
    loop {
        let wanted = rest.clone().next();
        if wanted == Some('*') {
            rest.next();
            retry = Some((rest.clone(), left.clone()));
            continue;
        }
        match (wanted, left.clone().next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == '?' || wanted == given => {
                rest.next();
                left.next();
                continue;
            }
            _ => {}
        }
        let Some((after, mut from)) = retry.take() else {
            return false;
        };
        if from.next().is_none() {
            return false;
        }
        rest = after.clone();
        left = from.clone();
        retry = Some((after, from));
    }
}

#[cfg(test)]
mod tests {
    use super::glob_matches;

    #[test]
    fn stars_and_question_marks_match() {
        for (glob, text) in [
            ("", ""),
            ("*", ""),
            ("*", "anything\n"),
            ("a*b*c", "aXbYbZc"),
            ("**", "x"),
            ("?", "ü"),
            ("a?c", "abc"),
            ("*.txt", "a.txt.txt"),
            ("[a]", "[a]"),
        ] {
            assert!(glob_matches(glob, text), "{glob} {text}");
        }
        for (glob, text) in [("", "a"), ("a", ""), ("?", ""), ("a*b", "a"), ("*.txt", "a.txt.c"), ("A", "a")] {
            assert!(!glob_matches(glob, text), "{glob} {text}");
        }
    }

    #[test]
    fn many_stars_take_no_exponential_time() {
        assert!(!glob_matches(&["*a".repeat(30).as_str(), "*c"].concat(), &"a".repeat(20_000)));
    }
}
