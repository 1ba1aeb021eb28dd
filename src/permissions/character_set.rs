//! Which characters one part of a regular expression may match, as far as [`cost`](super::cost) has to know it.

/// The rest of a pattern.
pub(super) type Rest<'p> = std::iter::Peekable<std::str::Chars<'p>>;

/// A set of characters. It may hold more than the part matches, never fewer.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    /// Whether it is `.`, or a class of all but a few characters.
    pub wide: bool,
    negated: bool,
    ranges: Vec<(char, char)>,
}

impl Set {
    /// Every character.
    pub fn any() -> Self {
        Self { negated: true, ..Self::default() }
    }

    /// What `.` stands for.
    pub fn dot() -> Self {
        Self { wide: true, ..Self::any() }
    }

    /// One character.
    pub fn of(character: char) -> Self {
        Self { ranges: vec![(character, character)], ..Self::default() }
    }

    /// What an escape stands for: the character after the backslash.
    pub fn escaped(character: char) -> Self {
        let ranges: &[(char, char)] = match character {
            'd' => &[('0', '9')],
            'w' => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            's' => {
                &[('\t', '\r'), (' ', ' '), ('\u{a0}', '\u{a0}'), ('\u{1680}', '\u{3000}'), ('\u{feff}', '\u{feff}')]
            }
            't' | 'n' | 'v' | 'f' | 'r' => &[('\t', '\r')],
            character if !character.is_ascii_alphanumeric() => return Self::of(character),
            character => return Self { wide: matches!(character, 'D' | 'W' | 'S'), ..Self::any() },
        };
        Self { ranges: ranges.to_vec(), ..Self::default() }
    }

    /// A class, of which the `[` has been read; reads its `]`.
    pub fn class(rest: &mut Rest<'_>) -> Self {
        let negated = rest.next_if_eq(&'^').is_some();
        let mut set = Self { wide: negated, negated, ranges: Vec::new() };
        while let Some(character) = rest.next().filter(|character| *character != ']') {
            let item = match character {
                '\\' => Self::escaped(rest.next().unwrap_or('\\')),
                literal => Self::of(literal),
            };
            if item.negated {
                // A class within the class is wide: `[\s\S]`. What is left of a negated one is unknown.
                return Self::dot().after(rest);
            }
            let start = item.ranges.first().map(|range| range.0).filter(|_| item.ranges.len() == 1);
            let end = start.filter(|_| rest.peek() == Some(&'-')).and_then(|_| {
                let mut ahead = rest.clone();
                ahead.next();
                ahead.next().filter(|end| !matches!(end, ']' | '\\'))
            });
            match (start, end) {
                (Some(start), Some(end)) => {
                    rest.nth(1);
                    set.ranges.push((start, end));
                }
                _ => set.ranges.extend(item.ranges),
            }
        }
        set
    }

    /// This set, once the class has been read to its end.
    fn after(self, rest: &mut Rest<'_>) -> Self {
        while let Some(character) = rest.next().filter(|character| *character != ']') {
            if character == '\\' {
                rest.next();
            }
        }
        self
    }

    /// Whether it may hold that character.
    pub fn contains(&self, character: char) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&character)) != self.negated
    }

    /// Whether a character may be in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self.negated, other.negated) {
            (true, true) => true,
            (true, false) => other.overlaps(self),
            (false, true) => {
                let left_out =
                    |(first, last): &(char, char)| other.ranges.iter().any(|(from, to)| from <= first && last <= to);
                !self.ranges.iter().all(left_out)
            }
            (false, false) => self
                .ranges
                .iter()
                .any(|(first, last)| other.ranges.iter().any(|(from, to)| from <= last && first <= to)),
        }
    }
}
