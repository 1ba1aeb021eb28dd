//! What crosses the boundary at once: all texts in one, and a plan of how long each is.

use super::names::Names;
use crate::schema::{Permission, PermissionConstraints, TimeWindow};

/// Permissions, with what JavaScript says about them.
#[derive(Clone, Debug, Default)]
pub struct PermissionList {
    /// The permissions.
    pub permissions: Vec<Permission>,
    /// The members that are not known here.
    pub unknown: Vec<Unknown>,
    /// The patterns that are no regular expressions to the host.
    pub problems: Problems,
}

/// A member of a permission or of its constraints that is not known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The permission.
    pub index: usize,
    /// The name of the member.
    pub name: String,
    /// Its value, as JSON.
    pub value: String,
}

/// What is wrong with patterns, in the host's words.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    patterns: Names,
    problems: Vec<String>,
}

impl Problems {
    /// What is wrong with that pattern; nothing if it is a regular expression.
    pub fn of(&self, pattern: &str) -> Option<&str> {
        let found = self.patterns.find(pattern.as_bytes())?;
        self.problems.get(self.patterns.number(found)).map(String::as_str)
    }

    fn add(&mut self, pattern: &str, problem: &str) {
        if self.patterns.intern(pattern.as_bytes()) == self.problems.len() {
            self.problems.push(problem.to_owned());
        }
    }
}

/// Reads texts and numbers in the order in which they were packed.
///
/// A text is its length, in units of UTF-16; a list its length and those of its items. What may be absent is 0 then, and one
/// more than it would be otherwise. Where the plan does not fit the text, nothing is read any more: all that follows is empty.
#[derive(Clone, Debug)]
pub struct Unpacker<'p> {
    text: &'p str,
    plan: &'p [u32],
    fits: bool,
}

impl<'p> Unpacker<'p> {
    /// Reads out of `text`, by a `plan`.
    pub const fn new(text: &'p str, plan: &'p [u32]) -> Self {
        Self { text, plan, fits: true }
    }

    /// Whether the plan fits the text so far.
    pub const fn fits(&self) -> bool {
        self.fits
    }

    /// The permissions that make up all there is: for each
    ///
    /// - the resource, and the actions;
    /// - 1 if there are constraints, followed by `maxCallsPerHour` plus one, the patterns, each with what is wrong with it,
    ///   `requireApproval` plus one, the time window (1, then start and end), and the allowlist;
    /// - the names and values of members that are not known, as a list of texts.
    ///
    /// `None` if the plan does not fit the text.
    pub fn permissions(mut self) -> Option<PermissionList> {
        let mut list = PermissionList::default();
        while self.fits && !self.plan.is_empty() {
            let resource = self.string();
            let count = self.number();
            let actions = self.strings(count);
            let has_constraints = self.number() == 1;
            let constraints = has_constraints.then(|| self.constraints(&mut list.problems));
            let index = list.permissions.len();
            list.permissions.push(Permission { resource, actions, constraints });
            let mut unknown = self.number();
            while unknown > 1 && self.fits {
                unknown -= 2;
                list.unknown.push(Unknown { index, name: self.string(), value: self.string() });
            }
        }
        (self.fits && self.text.is_empty()).then_some(list)
    }

    fn constraints(&mut self, problems: &mut Problems) -> PermissionConstraints {
        let max_calls_per_hour = self.number().checked_sub(1);
        let allowed_arg_patterns = self.number().checked_sub(1).map(|count| {
            let mut patterns = Vec::new();
            while (patterns.len() as u32) < count && self.fits {
                let pattern = self.text();
                if let Some(problem) = self.optional_text() {
                    problems.add(pattern, problem);
                }
                patterns.push(pattern.to_owned());
            }
            patterns
        });
        let require_approval = self.number().checked_sub(1).map(|flag| flag == 1);
        let has_window = self.number() == 1;
        let time_window = has_window.then(|| TimeWindow { start: self.string(), end: self.string() });
        let ip_allowlist = self.number().checked_sub(1).map(|count| self.strings(count));
        PermissionConstraints { max_calls_per_hour, allowed_arg_patterns, require_approval, time_window, ip_allowlist }
    }

    fn strings(&mut self, count: u32) -> Vec<String> {
        let mut strings = Vec::new();
        while (strings.len() as u32) < count && self.fits {
            strings.push(self.string());
        }
        strings
    }

    #[inline(never)]
    fn string(&mut self) -> String {
        self.text().to_owned()
    }

    /// A text that may be absent.
    pub fn optional_text(&mut self) -> Option<&'p str> {
        self.number().checked_sub(1).map(|length| self.units(length))
    }

    /// A text.
    pub fn text(&mut self) -> &'p str {
        let length = self.number();
        self.units(length)
    }

    /// A number.
    #[inline(never)]
    pub fn number(&mut self) -> u32 {
        let Some((first, rest)) = self.plan.split_first().filter(|_| self.fits) else {
            self.fits = false;
            return 0;
        };
        self.plan = rest;
        *first
    }

    #[inline(never)]
    fn units(&mut self, mut left: u32) -> &'p str {
        let (mut end, bytes) = (0, self.text.as_bytes());
        while let Some(byte) = bytes.get(end) {
            // As in `Packer`: each character counts where it begins.
            let units = u32::from(byte & 0xc0 != 0x80) + u32::from(*byte >= 0xf0);
            if units > left {
                break;
            }
            left -= units;
            end += 1;
        }
        match self.text.split_at_checked(end).filter(|_| left == 0) {
            Some((text, rest)) => {
                self.text = rest;
                text
            }
            None => {
                self.fits = false;
                ""
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpack(text: &str, plan: &[u32]) -> Option<PermissionList> {
        Unpacker::new(text, plan).permissions()
    }

    #[test]
    fn permissions_come_out_as_they_went_in() {
        let text = "a:ü:*readwrite😀(no😀09:0017:0010.0.0.0/8bx{}";
        let plan = [5, 2, 4, 5, 1, 6, 3, 2, 0, 1, 5, 2, 1, 5, 5, 2, 10, 0, 1, 0, 0, 2, 1, 2];
        let list = unpack(text, &plan).unwrap();
        let [first, second] = list.permissions.try_into().unwrap();
        assert_eq!(list.unknown, [Unknown { index: 1, name: "x".into(), value: "{}".into() }]);
        assert_eq!((first.resource.as_str(), first.actions.len()), ("a:ü:*", 2));
        let constraints = first.constraints.unwrap();
        assert_eq!(constraints.max_calls_per_hour, Some(5));
        assert_eq!(constraints.allowed_arg_patterns.unwrap(), ["😀", "("]);
        assert_eq!((list.problems.of("("), list.problems.of("😀")), (Some("no😀"), None));
        assert_eq!(constraints.require_approval, Some(true));
        assert_eq!(constraints.time_window.unwrap().end, "17:00");
        assert_eq!(constraints.ip_allowlist.unwrap(), ["10.0.0.0/8"]);
        assert_eq!((second.resource.as_str(), second.actions.len(), second.constraints), ("b", 0, None));
        assert_eq!(unpack("", &[]).unwrap().permissions, []);
        assert!(unpack("x", &[]).is_none());
        assert!(unpack("x", &[2, 0, 0, 0]).is_none());
        assert!(unpack("😀", &[1, 0, 0, 0]).is_none());
        assert!(unpack("x", &[1, 0, 0, 2]).is_none());
    }
}
