//! Which characters one part of a regular expression may match, as far as [`cost`](super::cost) has to know it.

/// The rest of a pattern.
pub(super) type Rest<'p> = std::iter::Peekable<std::str::Chars<'p>>;

/// A set of characters: those of ASCII one by one, all others as one. It may hold more than a part matches, never fewer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Set {
    /// Whether it is `.`, or a class of all but a few characters.
    pub wide: bool,
    ascii: u128,
    others: bool,
}

impl Set {
    /// Every character.
    pub const ANY: Self = Self { wide: false, ascii: u128::MAX, others: true };
    /// What `.` stands for.
    pub const DOT: Self = Self { wide: true, ..Self::ANY };

    /// One character.
    pub fn of(character: char) -> Self {
        Self::range(character, character)
    }

    /// From one character to another.
    fn range(first: char, last: char) -> Self {
        let (first, last) = (u32::from(first), u32::from(last));
        let up_to = |end: u32| if end > 127 { u128::MAX } else { (1 << end) - 1 };
        Self { wide: false, ascii: up_to(last.saturating_add(1)) & !up_to(first), others: last > 127 }
    }

    /// What an escape stands for: the character after the backslash.
    pub fn escaped(character: char) -> Self {
        let (letters, digits) = (Self::range('a', 'z').with(Self::range('A', 'Z')), Self::range('0', '9'));
        let spaces = Self { others: true, ..Self::range('\t', '\r').with(Self::of(' ')) };
        match character {
            'd' => digits,
            'w' => letters.with(digits).with(Self::of('_')),
            's' => spaces,
            't' | 'n' | 'v' | 'f' | 'r' => Self::range('\t', '\r'),
            'D' | 'W' | 'S' => Self::DOT,
            character if character.is_ascii_alphanumeric() => Self::ANY,
            character => Self::of(character),
        }
    }

    /// A class, of which the `[` has been read; reads its `]`.
    pub fn class(rest: &mut Rest<'_>) -> Self {
        let negated = rest.next_if_eq(&'^').is_some();
        let mut set = Self::default();
        // What is left out of a negated class must not be more than is left out in truth.
        let mut is_exact = true;
        while let Some(character) = rest.next().filter(|character| *character != ']') {
            if character == '\\' {
                let escaped = rest.next().unwrap_or('\\');
                let item = Self::escaped(escaped);
                is_exact &= !escaped.is_ascii_alphanumeric() || matches!(escaped, 'd' | 'w');
                set = set.with(item);
                continue;
            }
            let mut ahead = rest.clone();
            let last = ahead.next_if_eq(&'-').and_then(|_| ahead.next()).filter(|last| !matches!(last, ']' | '\\'));
            if last.is_some() {
                *rest = ahead;
            }
            set = set.with(Self::range(character, last.unwrap_or(character)));
        }
        match negated {
            false => set,
            true if is_exact => Self { wide: true, ascii: !set.ascii, others: true },
            true => Self::DOT,
        }
    }

    /// What is in either.
    pub fn with(self, other: Self) -> Self {
        Self { wide: self.wide | other.wide, ascii: self.ascii | other.ascii, others: self.others | other.others }
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.ascii == 0 && !self.others
    }

    /// Whether a character may be in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.ascii & other.ascii != 0 || self.others && other.others
    }
}
