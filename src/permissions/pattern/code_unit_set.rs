//! Sets of UTF-16 code units, and those that have a name in regular expressions.

/// Ranges in order, both ends included, that neither meet nor overlap.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeUnitSet(Vec<(u16, u16)>);

pub(super) const DIGITS: &[(u16, u16)] = &[(0x30, 0x39)];
pub(super) const WORD: &[(u16, u16)] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
pub(super) const LINE_ENDS: &[(u16, u16)] = &[(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];
/// `WhiteSpace` and `LineTerminator` of ECMA-262: the `Zs` category, and U+FEFF, but not U+0085.
pub(super) const SPACE: &[(u16, u16)] = &[
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
    SPACE.iter().any(|(first, last)| (u32::from(*first)..=u32::from(*last)).contains(&u32::from(character)))
}

impl CodeUnitSet {
    pub fn of(ranges: &[(u16, u16)]) -> Self {
        Self(ranges.to_vec())
    }

    pub fn add(&mut self, first: u16, last: u16) {
        let (mut first, mut last) = (first, last);
        // Those that overlap or meet the new one become part of it.
        let start = self.0.partition_point(|range| range.1.saturating_add(1) < first);
        while let Some((low, high)) = self.0.get(start).copied().filter(|range| range.0 <= last.saturating_add(1)) {
            (first, last) = (first.min(low), last.max(high));
            self.0.remove(start);
        }
        self.0.insert(start, (first, last));
    }

    pub fn add_all(&mut self, other: &Self) {
        other.0.iter().for_each(|(first, last)| self.add(*first, *last));
    }

    /// All other code units.
    pub fn complement(&self) -> Self {
        let mut others = Vec::new();
        let mut next = Some(0u16);
        for (first, last) in &self.0 {
            if let Some((next, before)) = next.zip(first.checked_sub(1)).filter(|(next, before)| next <= before) {
                others.push((next, before));
            }
            next = last.checked_add(1);
        }
        others.extend(next.map(|next| (next, u16::MAX)));
        Self(others)
    }

    pub fn ranges(&self) -> &[(u16, u16)] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_merge_and_complements_are_the_rest() {
        let mut state = 7u32;
        for _ in 0..2_000 {
            let mut set = CodeUnitSet::default();
            let mut plain = vec![false; 65_536];
            for _ in 0..state % 7 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let base = [0, 100, 65_500][(state >> 20) as usize % 3];
                let first = base + (state >> 16) as u16 % 20;
                let last = first.saturating_add((state >> 8) as u16 % 12);
                set.add(first, last);
                (first..=last).for_each(|unit| plain[usize::from(unit)] = true);
            }
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let holds =
                |set: &CodeUnitSet, unit: u16| set.ranges().iter().any(|range| (range.0..=range.1).contains(&unit));
            let complement = set.complement();
            for unit in (0..150).chain(65_480..=u16::MAX) {
                assert_eq!(holds(&set, unit), plain[usize::from(unit)], "{set:?} {unit}");
                assert_ne!(holds(&complement, unit), plain[usize::from(unit)], "{set:?} {unit}");
            }
            assert!(set.ranges().windows(2).all(|pair| u32::from(pair[0].1) + 1 < u32::from(pair[1].0)), "{set:?}");
        }
    }
}
