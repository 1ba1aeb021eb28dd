//! Answers that cross the boundary at once: numbers, and all texts in one, which JavaScript reads in the same order.

/// Numbers and texts of an answer.
#[derive(Debug, Default)]
pub struct Packer {
    /// The numbers; a text is its length, in units of UTF-16.
    pub numbers: Vec<u32>,
    /// The texts, one after the other.
    pub texts: String,
}

impl Packer {
    /// Adds a number.
    pub fn number(&mut self, number: usize) {
        self.numbers.push(number as u32);
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) {
        self.joined(&[text]);
    }

    /// Adds a text that is made of parts.
    pub fn joined(&mut self, parts: &[&str]) {
        let start = self.numbers.len();
        self.numbers.push(0);
        for part in parts {
            self.append(start, part);
        }
    }

    /// Adds a list of texts.
    pub fn texts(&mut self, texts: &[&str]) {
        self.number(texts.len());
        texts.iter().for_each(|text| self.text(text));
    }

    fn append(&mut self, length: usize, part: &str) {
        self.texts.push_str(part);
        // A byte that continues a character counts for nothing; characters of four bytes are two units.
        let units = part.bytes().map(|byte| u32::from(byte & 0xc0 != 0x80) + u32::from(byte >= 0xf0)).sum::<u32>();
        if let Some(length) = self.numbers.get_mut(length) {
            *length += units;
        }
    }
}

/// The items, with `separator` between them.
pub(super) fn joined<T: AsRef<str>>(items: &[T], separator: &str) -> String {
    let mut joined = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(item.as_ref());
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_javascript() {
        let mut answer = Packer::default();
        answer.number(7);
        answer.joined(&["a", "ü€", "😀"]);
        answer.texts(&["", "b"]);
        assert_eq!(answer.numbers, [7, 5, 2, 0, 1]);
        assert_eq!(answer.texts, "aü€😀b");
        assert_eq!("aü€😀".encode_utf16().count(), 5);
    }
}
