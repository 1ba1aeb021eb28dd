//! JSON text, written without allocating a value first: what is told about permissions crosses to JavaScript as one text.

/// JSON text in the making.
#[derive(Debug, Default)]
pub struct JsonText {
    text: String,
    /// Whether the next member or item is the first of its object or array.
    first: bool,
}

impl JsonText {
    /// The text of one object.
    pub fn object(write: impl FnOnce(&mut Self)) -> String {
        let mut json = Self::default();
        json.within('{', '}', write);
        json.text
    }

    /// A member that is a string.
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.string(value);
    }

    /// A member that is a string, if there is one.
    pub fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// A member that is a number.
    pub fn number(&mut self, name: &str, value: usize) {
        self.name(name);
        self.text.push_str(&value.to_string());
    }

    /// A member that is a flag.
    pub fn flag(&mut self, name: &str, value: bool) {
        self.name(name);
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// A member that is an array of strings.
    pub fn texts<'t>(&mut self, name: &str, values: impl IntoIterator<Item = &'t str>) {
        self.name(name);
        self.within('[', ']', |json| {
            for value in values {
                json.separate();
                json.string(value);
            }
        });
    }

    /// A member that is an object.
    pub fn member(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.name(name);
        self.within('{', '}', write);
    }

    /// A member that is an array of objects.
    pub fn list<T>(&mut self, name: &str, items: impl IntoIterator<Item = T>, write: impl Fn(&mut Self, T)) {
        self.name(name);
        self.within('[', ']', |json| {
            for item in items {
                json.separate();
                json.within('{', '}', |json| write(json, item));
            }
        });
    }

    fn within(&mut self, open: char, close: char, write: impl FnOnce(&mut Self)) {
        self.text.push(open);
        self.first = true;
        write(self);
        self.text.push(close);
        self.first = false;
    }

    fn separate(&mut self) {
        if !self.first {
            self.text.push(',');
        }
        self.first = false;
    }

    fn name(&mut self, name: &str) {
        self.separate();
        self.string(name);
        self.text.push(':');
    }

    fn string(&mut self, value: &str) {
        self.text.push('"');
        // What needs no escape is taken over at once: reasons hold the values of arguments.
        let mut rest = value;
        while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
            let Some((plain, special)) = rest.split_at_checked(at) else { break };
            self.text.push_str(plain);
            let mut after = special.chars();
            let character = after.next().unwrap_or_default();
            match character {
                '"' | '\\' => self.text.extend(['\\', character]),
                _ => {
                    let digit = |value: u32| char::from_digit(value, 16).unwrap_or_default();
                    let code = u32::from(character);
                    self.text.push_str("\\u00");
                    self.text.extend([digit(code >> 4), digit(code & 15)]);
                }
            }
            rest = after.as_str();
        }
        self.text.push_str(rest);
        self.text.push('"');
    }
}
