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

/// One open group.
#[derive(Default)]
struct Group {
    /// Whether it may match the same text in several ways.
    ambiguous: bool,
    /// What its alternatives may begin with.
    starts: Vec<Set>,
    alternative: Alternative,
}

/// One alternative of a group, as far as it has been read.
#[derive(Default)]
struct Alternative {
    /// What it repeats without end.
    repeated: Vec<Set>,
    /// Its parts so far: each is a character that must be there, or something else.
    parts: Vec<Option<char>>,
}

impl Alternative {
    /// Whether its repetitions can be told from those of the next round: a character that none of them matches stands
    /// between, as in `(/[a-z]+)+`.
    fn is_separated(&self) -> bool {
        let between = |literal: &char| !self.repeated.iter().any(|set| set.contains(*literal));
        self.repeated.is_empty() || self.parts.iter().flatten().any(between)
    }
}

impl Group {
    /// Adds a part: which characters it may be, and which one it is if it must be that one.
    fn add(&mut self, set: &Set, literal: Option<char>) {
        if self.alternative.parts.is_empty() {
            self.starts.push(set.clone());
        }
        self.alternative.parts.push(literal);
    }

    /// The last part need not be there, or be there once: it is repeated.
    fn repeat(&mut self) {
        if let Some(part) = self.alternative.parts.last_mut() {
            *part = None;
        }
    }

    /// Ends an alternative; returns what it repeats.
    fn end(&mut self) -> Vec<Set> {
        let ended = std::mem::take(&mut self.alternative);
        self.ambiguous |= !ended.is_separated();
        ended.repeated
    }
}

/// How the time that `pattern` takes may grow.
pub fn cost(pattern: &str) -> Cost {
    let mut rest = pattern.chars().peekable();
    let mut groups = vec![Group::default()];
    let mut power = u32::from(!pattern.starts_with('^'));
    // What a quantifier would repeat: which characters, and whether it is a group that matches in several ways.
    let (mut set, mut ambiguous) = (Set::default(), false);
    while let Some(character) = rest.next() {
        let Some(group) = groups.last_mut() else { break };
        let literal = match character {
            '(' => {
                skip_group_head(&mut rest);
                group.add(&Set::any(), None);
                groups.push(Group::default());
                continue;
            }
            ')' | '|' => {
                let repeated = group.end();
                let closed = if character == ')' { groups.pop() } else { None };
                ambiguous = closed.is_some_and(|group| group.ambiguous || have_overlap(&group.starts));
                if groups.is_empty() {
                    groups.push(Group::default());
                }
                let outer = groups.last_mut().map(|group| &mut group.alternative.repeated);
                if let Some(outer) = outer.filter(|_| character == ')') {
                    outer.extend(repeated);
                    if ambiguous {
                        outer.push(Set::any());
                    }
                }
                set = Set::any();
                continue;
            }
            '*' | '+' | '{' if is_endless(character, &mut rest) => {
                if ambiguous {
                    return Cost::Exponential;
                }
                power += u32::from(set.wide);
                group.repeat();
                group.alternative.repeated.push(std::mem::take(&mut set));
                continue;
            }
            '*' | '+' | '{' | '?' => {
                group.repeat();
                continue;
            }
            '^' | '$' => continue,
            '.' => {
                set = Set::dot();
                None
            }
            '[' => {
                set = Set::class(&mut rest);
                None
            }
            '\\' => {
                let escaped = rest.next().unwrap_or('\\');
                set = Set::escaped(escaped);
                Some(escaped).filter(|escaped| !escaped.is_ascii_alphanumeric())
            }
            literal => {
                set = Set::of(literal);
                Some(literal)
            }
        };
        ambiguous = false;
        group.add(&set, literal);
    }
    Cost::Power(power)
}

/// Whether two alternatives may begin alike.
fn have_overlap(starts: &[Set]) -> bool {
    let mut rest = starts.iter();
    while let Some(one) = rest.next() {
        if rest.clone().any(|other| one.overlaps(other)) {
            return true;
        }
    }
    false
}

/// Whether a quantifier has no upper end; reads it to its own end.
fn is_endless(quantifier: char, rest: &mut Rest<'_>) -> bool {
    if quantifier != '{' {
        return true;
    }
    let body: String = rest.clone().take_while(|character| *character != '}').collect();
    let (least, most) = body.split_once(',').unwrap_or((&body, &body));
    let is_count = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if least.is_empty() || !is_count(least) || !is_count(most) {
        return false;
    }
    for _ in 0..=body.chars().count() {
        rest.next();
    }
    // Many repetitions are as bad as endless ones.
    most.parse::<u32>().map_or(most.is_empty(), |most| most > 9)
}

/// `?:`, `?=`, `?!`, `?<=`, `?<!` or `?<name>`.
fn skip_group_head(rest: &mut Rest<'_>) {
    if rest.peek() != Some(&'?') {
        return;
    }
    rest.next();
    if rest.next() == Some('<') && !matches!(rest.peek(), Some('=' | '!')) {
        while rest.next().is_some_and(|character| character != '>') {}
    } else if matches!(rest.peek(), Some('=' | '!')) {
        rest.next();
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
