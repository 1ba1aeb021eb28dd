//! The words of a statement.

use crate::db::{Error, Result};

/// A word of SQL.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A name or a keyword.
    Word(String),
    /// A text in quotes.
    Text(String),
    /// A number.
    Number(i64),
    /// A parameter, by its number from 0.
    Parameter(usize),
    /// Punctuation.
    Mark(&'static str),
}

/// The longest first.
const MARKS: [&str; 16] = ["<=", ">=", "<>", "!=", "=", "<", ">", "(", ")", ",", ".", "*", "+", "-", "/", ";"];

/// Splits a statement.
///
/// # Errors
/// If a character begins no word.
pub fn tokens(sql: &str) -> Result<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            'a'..='z' | 'A'..='Z' | '_' => {
                let word = leading(rest, |c| c.is_ascii_alphanumeric() || c == '_');
                (Token::Word(word.to_owned()), word.len())
            }
            '0'..='9' => {
                let digits = leading(rest, |c| c.is_ascii_digit());
                (Token::Number(digits.parse().map_err(|_| unreadable(rest))?), digits.len())
            }
            '?' => {
                let digits = leading(&rest[1..], |c| c.is_ascii_digit());
                let number = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                (Token::Parameter(number.ok_or_else(|| unreadable(rest))?), digits.len() + 1)
            }
            '\'' => {
                let end = rest[1..].find('\'').ok_or_else(|| unreadable(rest))?;
                (Token::Text(rest[1..=end].to_owned()), end + 2)
            }
            _ => {
                let mark = MARKS.into_iter().find(|mark| rest.starts_with(mark)).ok_or_else(|| unreadable(rest))?;
                (Token::Mark(mark), mark.len())
            }
        };
        found.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(found)
}

fn leading(text: &str, is_part: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())]
}

fn unreadable(rest: &str) -> Error {
    Error::Failed(format!("near \"{}\": syntax error", rest.chars().take(20).collect::<String>()))
}
