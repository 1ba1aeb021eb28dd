//! What a regular expression may cost: host engines backtrack, and some patterns take them for ever.
//!
//! This is a bound, not a proof: it looks for repetitions within repetitions, which can take exponential time, and counts
//! repetitions of wide classes (such as `.*`) and those that overlap with earlier ones, each of which can multiply the time
//! by the length of the text. It would rather count too many.

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
#[derive(Default)]
struct Group {
    /// Whether it may match the same text in several ways.
    ambiguous: bool,
    /// Every character that it may match.
    matched: Set,
    /// What its alternatives may begin with.
    starts: Set,
    alternative: Alternative,
}

/// One alternative of a group, as far as it has been read.
#[derive(Default)]
struct Alternative {
    begun: bool,
    /// What may be there more or less often.
    varying: Set,
    /// What must be there, each part as often as it is said.
    fixed: Vec<Set>,
}

impl Group {
    /// Adds a part, by the characters that it may match.
    fn add(&mut self, set: Set) {
        if !self.alternative.begun {
            self.alternative.begun = true;
            // Two alternatives that begin alike may match alike.
            self.ambiguous |= self.starts.overlaps(set);
            self.starts = self.starts.with(set);
        }
        self.matched = self.matched.with(set);
        self.alternative.fixed.push(set);
    }

    /// The part that was added last may be there more or less often.
    fn vary(&mut self, set: Set) {
        self.alternative.fixed.pop();
        self.alternative.varying = self.alternative.varying.with(set);
    }

    /// Ends an alternative; returns what varies in it.
    ///
    /// One round of it can be told from the next if something must stand between that none of the varying parts matches, as
    /// in `(/[a-z]+)+`.
    fn end(&mut self) -> Set {
        let Alternative { varying, fixed, .. } = std::mem::take(&mut self.alternative);
        self.ambiguous |= !varying.is_empty() && fixed.iter().all(|part| part.overlaps(varying));
        varying
    }
}

/// How the time that `pattern` takes may grow.
pub fn cost(pattern: &str) -> Cost {
    let mut rest = pattern.chars().peekable();
    let mut groups = Vec::new();
    let mut group = Group::default();
    let mut is_anchored = pattern.starts_with('^');
    let mut power = u32::from(!is_anchored);
    // What repeats without end, since the last part that none of it matches; and the last part, while it may be such a one.
    let (mut run, mut pending) = (Set::default(), Set::ANY);
    // What a quantifier would repeat: which characters, and whether it is a group that matches in several ways.
    let (mut set, mut ambiguous) = (Set::default(), false);
    while let Some(character) = rest.next() {
        match character {
            '(' => {
                skip_group_head(&mut rest);
                groups.push(std::mem::take(&mut group));
                continue;
            }
            '|' => {
                if is_anchored && groups.is_empty() {
                    is_anchored = false;
                    power += 1;
                }
                group.end();
                continue;
            }
            ')' => {
                let varying = group.end();
                ambiguous = group.ambiguous;
                set = group.matched;
                pending = Set::ANY;
                group = groups.pop().unwrap_or_default();
                group.add(set);
                // What varies in it varies in what it is part of; what is ambiguous cannot be told apart by anything.
                let inner = if ambiguous { Set::ANY } else { varying };
                group.alternative.varying = group.alternative.varying.with(inner);
                continue;
            }
            '^' | '$' => continue,
            '.' => set = Set::DOT,
            '[' => set = Set::class(&mut rest),
            '\\' => set = Set::escaped(rest.next().unwrap_or('\\')),
            _ => match quantifier(character, &mut rest) {
                Some((least, most)) => {
                    rest.next_if_eq(&'?');
                    if least != most {
                        group.vary(set);
                        pending = Set::ANY;
                    }
                    if most > 1 && ambiguous {
                        return Cost::Exponential;
                    }
                    if most > MANY {
                        power += u32::from(set.wide || run.overlaps(set));
                        run = run.with(set);
                    }
                    continue;
                }
                None => set = Set::of(character),
            },
        }
        ambiguous = false;
        group.add(set);
        // The part before this one stayed as it was.
        if !pending.overlaps(run) {
            run = Set::default();
        }
        pending = set;
    }
    Cost::Power(power)
}

/// More repetitions are as bad as endless ones.
const MANY: u32 = 9;

/// How often at least and at most, if that is a quantifier; reads it to its end.
fn quantifier(character: char, rest: &mut Rest<'_>) -> Option<(u32, u32)> {
    match character {
        '*' => return Some((0, u32::MAX)),
        '+' => return Some((1, u32::MAX)),
        '?' => return Some((0, 1)),
        '{' => {}
        _ => return None,
    }
    let mut ahead = rest.clone();
    let least = number(&mut ahead)?;
    let is_range = ahead.next_if_eq(&',').is_some();
    let most = if is_range { number(&mut ahead).unwrap_or(u32::MAX) } else { least };
    ahead.next_if_eq(&'}')?;
    *rest = ahead;
    Some((least, most))
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
            "(a?a?)+$",
            "^(a{1,2})+$",
            "(-?[\\d-])+",
            "((a|a)b)+",
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
        ] {
            assert!(is_affordable(pattern, 5_000), "{pattern} {:?}", cost(pattern));
        }
    }

    #[test]
    fn repetitions_in_groups_count_for_more_than_they_cost() {
        assert_eq!(cost("^(?:[^/]+/)*[^/]+$"), Cost::Power(3));
        assert!(is_affordable("^(?:[^/]+/)*[^/]+$", 500));
    }

    #[test]
    fn wide_repetitions_multiply() {
        assert_eq!(cost("^.*a.*b.*$"), Cost::Power(3));
        assert_eq!(cost(".*[\\s\\S]+"), Cost::Power(3));
        assert!(is_affordable(".*.*=.*", 100) && !is_affordable(".*.*=.*", 10_000));
        assert!(is_affordable("a", 100_000_000));
    }
}
