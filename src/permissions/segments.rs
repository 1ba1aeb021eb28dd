//! The segments of resources and of their patterns.

/// The parts of a resource between its colons. One function finds them all: what the standard library splits by, each caller
/// would have a copy of.
#[derive(Clone, Debug)]
pub struct Segments<'r> {
    rest: Option<&'r str>,
    separator: u8,
}

impl<'r> Segments<'r> {
    /// Those of `resource`: at least one.
    pub const fn of(resource: &'r str) -> Self {
        Self::split(resource, b':')
    }

    /// The parts of `text` between separators, which are ASCII.
    pub const fn split(text: &'r str, separator: u8) -> Self {
        Self { rest: Some(text), separator }
    }
}

impl<'r> Iterator for Segments<'r> {
    type Item = &'r str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'r str> {
        let rest = self.rest?;
        for (end, byte) in rest.bytes().enumerate() {
            if byte == self.separator {
                self.rest = rest.get(end + 1..);
                return rest.get(..end);
            }
        }
        self.rest = None;
        Some(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::Segments;

    #[test]
    fn segments_are_what_colons_part() {
        for resource in ["", ":", "a", "a:b", "a::b:", "é:*:€", ":::"] {
            assert!(Segments::of(resource).eq(resource.split(':')), "{resource:?}");
        }
    }
}
