//! Sets of UTF-16 code units, and those that have a name in regular expressions.

/// Code units, by their ranges: both ends included.
pub(super) type Ranges = [(u16, u16)];

pub(super) const DIGITS: &Ranges = &[(0x30, 0x39)];
pub(super) const WORD: &Ranges = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
pub(super) const LINE_ENDS: &Ranges = &[(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];
/// `WhiteSpace` and `LineTerminator` of ECMA-262: the `Zs` category, and U+FEFF, but not U+0085.
pub(super) const SPACE: &Ranges = &[
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];

/// Whether JavaScript takes `character` for white space, as `\s`, `trim` and `parseInt` do.
pub fn is_space(character: char) -> bool {
    u16::try_from(u32::from(character)).is_ok_and(|unit| holds(SPACE, unit))
}

#[inline(always)]
pub(super) fn holds(ranges: &Ranges, unit: u16) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&unit))
}

/// Adds all that is not in `ranges`, which are in order, to `others`.
pub(super) fn add_others(ranges: &Ranges, others: &mut Vec<(u16, u16)>) {
    let mut next = 0;
    for (first, last) in ranges {
        others.push((next, first - 1));
        next = last + 1;
    }
    others.push((next, u16::MAX));
}

/// A set of a pattern: which of the pattern's ranges it consists of, or else what is in none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Set {
    pub from: u32,
    pub to: u32,
    pub negated: bool,
}

impl Set {
    #[inline(always)]
    pub fn has(self, ranges: &Ranges, unit: u16) -> bool {
        holds(ranges.get(self.from as usize..self.to as usize).unwrap_or_default(), unit) != self.negated
    }

    /// How many ranges it has.
    pub const fn size(self) -> usize {
        (self.to - self.from) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_all_that_is_not_in_a_set() {
        for set in [DIGITS, WORD, SPACE, LINE_ENDS] {
            let mut others = Vec::new();
            add_others(set, &mut others);
            assert!((0..=u16::MAX).all(|unit| holds(set, unit) != holds(&others, unit)));
        }
    }
}
