//! Permissions that cross the boundary at once: all their texts in one, and a plan of how long each is.

use crate::schema::{Permission, PermissionConstraints, TimeWindow};

/// Reads permissions out of `text`, by a `plan` in the order of their members:
///
/// - a text is its length, in units of UTF-16; a list its length and those of its items;
/// - the constraints are 1 if there are any, followed by `maxCallsPerHour` plus one, the patterns (the length of the list
///   plus one), `requireApproval` plus one, the time window (1, then start and end), and the allowlist as the patterns
///   are; 0 stands for what is absent;
/// - at last come the names and values of members that are not known, as a list of texts.
///
/// `None` if the plan does not fit the text.
pub fn unpack(text: &str, plan: &[u32]) -> Option<(Vec<Permission>, Vec<Unknown>)> {
    let mut packed = Packed { text, plan: plan.iter() };
    let (mut permissions, mut unknown) = (Vec::new(), Vec::new());
    while !packed.plan.as_slice().is_empty() {
        let index = permissions.len();
        permissions.push(packed.permission()?);
        for _ in 0..packed.number()? / 2 {
            unknown.push(Unknown { index, name: packed.text()?, value: packed.text()? });
        }
    }
    packed.text.is_empty().then_some((permissions, unknown))
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

struct Packed<'p> {
    text: &'p str,
    plan: std::slice::Iter<'p, u32>,
}

impl Packed<'_> {
    fn permission(&mut self) -> Option<Permission> {
        let resource = self.text()?;
        let count = self.number()?;
        let actions = self.texts(count)?;
        let constraints = if self.number()? == 0 { None } else { Some(self.constraints()?) };
        Some(Permission { resource, actions, constraints })
    }

    fn constraints(&mut self) -> Option<PermissionConstraints> {
        let max_calls_per_hour = self.number()?.checked_sub(1);
        let allowed_arg_patterns = self.optional_texts()?;
        let require_approval = self.number()?.checked_sub(1).map(|flag| flag == 1);
        let time_window = match self.number()? {
            0 => None,
            _ => Some(TimeWindow { start: self.text()?, end: self.text()? }),
        };
        let ip_allowlist = self.optional_texts()?;
        Some(PermissionConstraints {
            max_calls_per_hour,
            allowed_arg_patterns,
            require_approval,
            time_window,
            ip_allowlist,
        })
    }

    fn optional_texts(&mut self) -> Option<Option<Vec<String>>> {
        match self.number()?.checked_sub(1) {
            Some(count) => self.texts(count).map(Some),
            None => Some(None),
        }
    }

    fn texts(&mut self, count: u32) -> Option<Vec<String>> {
        (0..count).map(|_| self.text()).collect()
    }

    fn text(&mut self) -> Option<String> {
        let mut left = self.number()? as usize;
        let mut rest = self.text.chars();
        while left > 0 {
            left = left.checked_sub(rest.next()?.len_utf16())?;
        }
        let rest = rest.as_str();
        let text = self.text.get(..self.text.len().checked_sub(rest.len())?)?;
        self.text = rest;
        Some(text.to_owned())
    }

    fn number(&mut self) -> Option<u32> {
        self.plan.next().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_come_out_as_they_went_in() {
        let text = "a:ü:*readwrite😀09:0017:0010.0.0.0/8bx{}";
        let plan = [5, 2, 4, 5, 1, 6, 2, 2, 2, 1, 5, 5, 2, 10, 0, 1, 0, 0, 2, 1, 2];
        let (permissions, unknown) = unpack(text, &plan).unwrap();
        let [first, second] = permissions.try_into().unwrap();
        assert_eq!(unknown, [Unknown { index: 1, name: "x".into(), value: "{}".into() }]);
        assert_eq!((first.resource.as_str(), first.actions.len()), ("a:ü:*", 2));
        let constraints = first.constraints.unwrap();
        assert_eq!(constraints.max_calls_per_hour, Some(5));
        assert_eq!(constraints.allowed_arg_patterns.unwrap(), ["😀"]);
        assert_eq!(constraints.require_approval, Some(true));
        assert_eq!(constraints.time_window.unwrap().end, "17:00");
        assert_eq!(constraints.ip_allowlist.unwrap(), ["10.0.0.0/8"]);
        assert_eq!((second.resource.as_str(), second.actions.len(), second.constraints), ("b", 0, None));
        assert_eq!(unpack("", &[]).unwrap(), (vec![], vec![]));
        assert_eq!(unpack("x", &[]), None);
        assert_eq!(unpack("x", &[2, 0, 0, 0]), None);
        assert_eq!(unpack("😀", &[1, 0, 0, 0]), None);
        assert_eq!(unpack("x", &[1, 0, 0, 2]), None);
    }
}
