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
        self.texts.push_str(text);
        // A byte that continues a character counts for nothing; characters of four bytes are two units.
        let units = text.bytes().map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(byte >= 0xf0)).sum();
        self.number(units);
    }

    /// Adds a list of texts.
    pub fn texts(&mut self, texts: &[&str]) {
        self.number(texts.len());
        texts.iter().for_each(|text| self.text(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_javascript() {
        let mut answer = Packer::default();
        answer.number(7);
        answer.text("aü€😀");
        answer.texts(&["", "b"]);
        assert_eq!(answer.numbers, [7, 5, 2, 0, 1]);
        assert_eq!(answer.texts, "aü€😀b");
        assert_eq!("aü€😀".encode_utf16().count(), 5);
    }
}
