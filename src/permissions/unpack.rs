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

    fn add(&mut self, pattern: &str, problem: String) {
        if self.patterns.intern(pattern.as_bytes()) == self.problems.len() {
            self.problems.push(problem);
        }
    }
}

/// Reads texts and numbers in the order in which they were packed.
///
/// A text is its length, in units of UTF-16; a list its length and those of its items. What may be absent is 0 then, and one
/// more than it would be otherwise.
#[derive(Clone, Debug)]
pub struct Unpacker<'p> {
    text: &'p str,
    plan: &'p [u32],
}

impl<'p> Unpacker<'p> {
    /// Reads out of `text`, by a `plan`.
    pub const fn new(text: &'p str, plan: &'p [u32]) -> Self {
        Self { text, plan }
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
        while !self.plan.is_empty() {
            let resource = self.text()?.to_owned();
            let actions = self.texts()?;
            let constraints = if self.number()? == 0 { None } else { Some(self.constraints(&mut list.problems)?) };
            for _ in 0..self.number()? / 2 {
                let (index, name, value) = (list.permissions.len(), self.text()?.to_owned(), self.text()?.to_owned());
                list.unknown.push(Unknown { index, name, value });
            }
            list.permissions.push(Permission { resource, actions, constraints });
        }
        self.text.is_empty().then_some(list)
    }

    fn constraints(&mut self, problems: &mut Problems) -> Option<PermissionConstraints> {
        let mut constraints =
            PermissionConstraints { max_calls_per_hour: self.number()?.checked_sub(1), ..Default::default() };
        if let Some(count) = self.number()?.checked_sub(1) {
            let mut patterns = Vec::new();
            for _ in 0..count {
                let pattern = self.text()?;
                if let Some(problem) = self.optional_text()? {
                    problems.add(pattern, problem.to_owned());
                }
                patterns.push(pattern.to_owned());
            }
            constraints.allowed_arg_patterns = Some(patterns);
        }
        constraints.require_approval = self.number()?.checked_sub(1).map(|flag| flag == 1);
        if self.number()? != 0 {
            let (start, end) = (self.text()?.to_owned(), self.text()?.to_owned());
            constraints.time_window = Some(TimeWindow { start, end });
        }
        if let Some(count) = self.number()?.checked_sub(1) {
            constraints.ip_allowlist = Some(self.items(count)?);
        }
        Some(constraints)
    }

    fn texts(&mut self) -> Option<Vec<String>> {
        let count = self.number()?;
        self.items(count)
    }

    fn items(&mut self, count: u32) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        for _ in 0..count {
            texts.push(self.text()?.to_owned());
        }
        Some(texts)
    }

    /// A text that may be absent.
    pub fn optional_text(&mut self) -> Option<Option<&'p str>> {
        match self.number()?.checked_sub(1) {
            Some(length) => self.units(length).map(Some),
            None => Some(None),
        }
    }

    /// A text.
    pub fn text(&mut self) -> Option<&'p str> {
        let length = self.number()?;
        self.units(length)
    }

    /// A number.
    pub fn number(&mut self) -> Option<u32> {
        let (first, rest) = self.plan.split_first()?;
        self.plan = rest;
        Some(*first)
    }

    #[inline(never)]
    fn units(&mut self, mut left: u32) -> Option<&'p str> {
        let mut end = 0;
        let bytes = self.text.as_bytes();
        // As in `Packer`: each character counts where it begins.
        while left > 0 || bytes.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
            let byte = *bytes.get(end)?;
            left = left.checked_sub(u32::from(byte & 0xc0 != 0x80) + u32::from(byte >= 0xf0))?;
            end += 1;
        }
        let (text, rest) = self.text.split_at_checked(end)?;
        self.text = rest;
        Some(text)
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
