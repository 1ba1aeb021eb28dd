//! What a regular expression may cost: host engines backtrack, and some patterns take them for ever.
//!
//! This is a bound, not a proof: it looks for repetitions within repetitions, which can take exponential time, and counts
//! repetitions of wide classes (such as `.*`), each of which can multiply the time by the length of the text.

use super::character_set::{Rest, Set};

/// How the time of a failing search may grow with the length of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// As a power of the length.
    Power(u32),
    /// Twice as long for each character.
    Exponential,
}

/// Up to so many characters an exponential search is still quick.
const SHORT: usize = 24;
/// The steps that a search may take: a fraction of a second.
const STEPS: f64 = 2e8;

/// Whether `pattern` is sure to be quick on a text of `length` characters.
///
/// ```
/// # use kavachos_wasm::permissions::is_affordable;
/// assert!(is_affordable("^/tmp/[a-z]+$", 10_000));
/// assert!(!is_affordable("^(a+)+$", 100));
/// ```
pub fn is_affordable(pattern: &str, length: usize) -> bool {
    match cost(pattern) {
        Cost::Exponential => length <= SHORT,
        Cost::Power(power) => (length as f64).powi(power.max(1) as i32) <= STEPS || power <= 1,
    }
}

/// One open group, as far as it has been read.
#[derive(Clone, Copy, Default)]
struct Group {
    /// Whether it may match the same text in several ways.
    ambiguous: bool,
    /// What its alternatives may begin with, and whether two may begin alike.
    starts: Set,
    overlap: bool,
    alternative: Alternative,
}

/// One alternative of a group, as far as it has been read.
#[derive(Clone, Copy, Default)]
struct Alternative {
    begun: bool,
    /// What it repeats without end.
    repeated: Set,
    /// The characters that must be in it; the last of them only if it turns out not to be repeated.
    literals: Set,
    last: Set,
}

impl Group {
    /// Adds a part: which characters it may be, and whether it must be there as the one that it is.
    fn add(&mut self, set: Set, is_literal: bool) {
        let alternative = &mut self.alternative;
        if !alternative.begun {
            alternative.begun = true;
            self.overlap |= self.starts.overlaps(set);
            self.starts = self.starts.with(set);
        }
        alternative.literals = alternative.literals.with(alternative.last);
        alternative.last = if is_literal { set } else { Set::default() };
    }

    /// Ends an alternative; returns what it repeats.
    ///
    /// Its repetitions can be told from those of the next round if a character that none of them matches stands between, as
    /// in `(/[a-z]+)+`.
    fn end(&mut self) -> Set {
        let Alternative { repeated, literals, last, .. } = std::mem::take(&mut self.alternative);
        self.ambiguous |= !repeated.is_empty() && literals.with(last).is_within(repeated);
        repeated
    }
}

/// How the time that `pattern` takes may grow.
pub fn cost(pattern: &str) -> Cost {
    let mut rest = pattern.chars().peekable();
    let mut groups = Vec::new();
    let mut group = Group::default();
    let mut power = u32::from(!pattern.starts_with('^'));
    // What a quantifier would repeat: which characters, and whether it is a group that matches in several ways.
    let (mut set, mut ambiguous) = (Set::default(), false);
    while let Some(character) = rest.next() {
        match character {
            '(' => {
                skip_group_head(&mut rest);
                group.add(Set::ANY, false);
                groups.push(std::mem::take(&mut group));
            }
            '|' => {
                group.end();
            }
            ')' => {
                let repeated = group.end();
                ambiguous = group.ambiguous || group.overlap;
                set = Set::ANY;
                group = groups.pop().unwrap_or_default();
                let all = if ambiguous { Set::ANY } else { repeated };
                group.alternative.repeated = group.alternative.repeated.with(all);
            }
            '*' | '+' | '{' | '?' => {
                group.alternative.last = Set::default();
                if character != '?' && is_endless(character, &mut rest) {
                    if ambiguous {
                        return Cost::Exponential;
                    }
                    power += u32::from(set.wide);
                    group.alternative.repeated = group.alternative.repeated.with(set);
                }
            }
            '^' | '$' => {}
            _ => {
                let is_literal;
                (set, is_literal) = match character {
                    '.' => (Set::DOT, false),
                    '[' => (Set::class(&mut rest), false),
                    '\\' => {
                        let escaped = rest.next().unwrap_or('\\');
                        (Set::escaped(escaped), !escaped.is_ascii_alphanumeric())
                    }
                    literal => (Set::of(literal), true),
                };
                ambiguous = false;
                group.add(set, is_literal);
            }
        }
    }
    Cost::Power(power)
}

/// Whether a quantifier has no upper end; reads it to its own end.
fn is_endless(quantifier: char, rest: &mut Rest<'_>) -> bool {
    if quantifier != '{' {
        return true;
    }
    let mut ahead = rest.clone();
    let Some(least) = number(&mut ahead) else {
        return false;
    };
    let is_range = ahead.next_if_eq(&',').is_some();
    let most = if is_range { number(&mut ahead).unwrap_or(u32::MAX) } else { least };
    if ahead.next() != Some('}') {
        return false;
    }
    *rest = ahead;
    // Many repetitions are as bad as endless ones.
    most > 9
}

fn number(rest: &mut Rest<'_>) -> Option<u32> {
    let mut number: Option<u32> = None;
    while let Some(digit) = rest.peek().and_then(|character| character.to_digit(10)) {
        rest.next();
        number = Some(number.unwrap_or_default().saturating_mul(10).saturating_add(digit));
    }
    number
}

/// `?:`, `?=`, `?!`, `?<=`, `?<!` or `?<name>`.
fn skip_group_head(rest: &mut Rest<'_>) {
    if rest.next_if_eq(&'?').is_some() && rest.next() == Some('<') {
        let looks_behind = rest.next_if(|character| matches!(character, '=' | '!')).is_some();
        while !looks_behind && rest.next().is_some_and(|character| character != '>') {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_of_repetitions_are_exponential() {
        for pattern in [
            "(a+)+$",
            "^(a*)*b",
            "^([a-z]+)*$",
            "(x+x+)+y",
            "^(a|a)*$",
            "^(a|ab)*$",
            "^(\\w|\\d)+$",
            "^(/[a-z/]+)+$",
            "^(.*,)*$",
            "((a+)b?)+",
            "(a{2,})+",
            "(?:a+){10}",
            "^(.|x)+$",
            "(?<n>a+)+",
            "(a+){2,}",
        ] {
            assert_eq!(cost(pattern), Cost::Exponential, "{pattern}");
        }
    }

    #[test]
    fn what_people_write_is_affordable() {
        for pattern in [
            "^/tmp/",
            "tmp",
            "^[a-z0-9-]+$",
            "^(foo|bar)+$",
            "^(/[\\w.-]+)+$",
            "^([a-z]|[0-9])+$",
            "^(?:[^/]+/)*[^/]+$",
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
        ] {
            assert!(is_affordable(pattern, 5_000), "{pattern} {:?}", cost(pattern));
        }
    }

    #[test]
    fn wide_repetitions_multiply() {
        assert_eq!(cost("^.*a.*b.*$"), Cost::Power(3));
        assert_eq!(cost(".*[\\s\\S]+"), Cost::Power(3));
        assert!(is_affordable(".*.*=.*", 100) && !is_affordable(".*.*=.*", 10_000));
        assert!(is_affordable("a", 100_000_000));
    }
}
