//! Parses the SQL that this server writes.

use super::syntax::{
    Column, Conflict, Definition, Expr, Function, Insert, Operator, Reference, Select, Source, Statement,
};
use super::tokens::{Token, tokens};
use crate::db::{Error, Result, Value};

/// Parses one statement, or several that `;` separates.
///
/// # Errors
/// If it is no SQL that is known here.
pub fn parse(sql: &str) -> Result<Vec<Statement>> {
    let mut parser = Parser { tokens: tokens(sql)?, at: 0 };
    let mut statements = Vec::new();
    while parser.at < parser.tokens.len() {
        statements.push(parser.statement()?);
        if !parser.takes(";") && parser.at < parser.tokens.len() {
            return Err(parser.unexpected());
        }
    }
    Ok(statements)
}

/// The operators, those that bind least first.
const OPERATORS: [&[(&str, Operator)]; 5] = [
    &[("OR", Operator::Or)],
    &[("AND", Operator::And)],
    &[
        ("=", Operator::Equal),
        ("<>", Operator::Unequal),
        ("<=", Operator::AtMost),
        ("<", Operator::Less),
        (">=", Operator::AtLeast),
        (">", Operator::Greater),
    ],
    &[("+", Operator::Plus), ("-", Operator::Minus)],
    &[("*", Operator::Times), ("/", Operator::Over)],
];
const COMPARISON: usize = 2;

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn unexpected(&self) -> Error {
        Error::Failed(match self.tokens.get(self.at) {
            Some(token) => format!("near {token:?}: syntax error"),
            None => "incomplete input".to_owned(),
        })
    }

    fn peeks(&self, expected: &str) -> bool {
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => word.eq_ignore_ascii_case(expected),
            Some(Token::Mark(mark)) => *mark == expected,
            _ => false,
        }
    }

    fn takes(&mut self, expected: &str) -> bool {
        let found = self.peeks(expected);
        self.at += usize::from(found);
        found
    }

    /// Takes words that follow each other, or none of them.
    fn takes_all(&mut self, expected: &[&str]) -> bool {
        let start = self.at;
        let found = expected.iter().all(|word| self.takes(word));
        if !found {
            self.at = start;
        }
        found
    }

    fn expects(&mut self, expected: &str) -> Result<()> {
        self.takes(expected).then_some(()).ok_or_else(|| self.unexpected())
    }

    fn name(&mut self) -> Result<String> {
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.at += 1;
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    /// What commas separate.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.takes(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn in_parentheses<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.expects("(")?;
        let inner = inner(self)?;
        self.expects(")")?;
        Ok(inner)
    }

    fn statement(&mut self) -> Result<Statement> {
        let word = self.name()?.to_ascii_uppercase();
        Ok(match word.as_str() {
            "SELECT" => Statement::Select(self.select()?),
            "INSERT" => Statement::Insert(self.insert()?),
            "UPDATE" => {
                let table = self.name()?;
                self.expects("SET")?;
                let set = self.list(Self::assignment)?;
                Statement::Update { table, set, filter: self.filter()?, returning: self.returning()? }
            }
            "DELETE" => {
                self.expects("FROM")?;
                Statement::Delete { table: self.name()?, filter: self.filter()?, returning: self.returning()? }
            }
            "BEGIN" => Statement::Begin,
            "COMMIT" => Statement::Commit,
            "ROLLBACK" => Statement::Rollback,
            "PRAGMA" => {
                self.expects("foreign_keys")?;
                self.expects("=")?;
                Statement::ForeignKeys(self.takes("ON") || !self.takes("OFF"))
            }
            "CREATE" if self.takes("TABLE") => Statement::CreateTable(self.table()?),
            "CREATE" => {
                while self.at < self.tokens.len() && !self.peeks(";") {
                    self.at += 1;
                }
                Statement::Nothing
            }
            _ => return Err(self.unexpected()),
        })
    }

    fn table(&mut self) -> Result<Definition> {
        self.takes_all(&["IF", "NOT", "EXISTS"]);
        let mut table = Definition { name: self.name()?, ..Definition::default() };
        self.in_parentheses(|parser| parser.list(|parser| parser.column(&mut table)))?;
        while self.takes("STRICT") || self.takes_all(&["WITHOUT", "ROWID"]) || self.takes(",") {}
        Ok(table)
    }

    fn column(&mut self, table: &mut Definition) -> Result<()> {
        if self.takes_all(&["PRIMARY", "KEY"]) || self.takes("UNIQUE") {
            let columns = self.in_parentheses(|parser| parser.list(Self::name))?;
            table.unique.push(columns);
            return Ok(());
        }
        let name = self.name()?;
        let kind = self.name()?;
        let mut column = Column { name, is_real: kind == "REAL", not_null: false, default: Value::Null };
        loop {
            if self.takes_all(&["PRIMARY", "KEY"]) {
                match kind.as_str() {
                    "INTEGER" => table.number = Some(column.name.clone()),
                    _ => table.unique.push(vec![column.name.clone()]),
                }
            } else if self.takes("UNIQUE") {
                table.unique.push(vec![column.name.clone()]);
            } else if self.takes_all(&["NOT", "NULL"]) {
                column.not_null = true;
            } else if self.takes("DEFAULT") {
                let Some(Token::Number(number)) = self.tokens.get(self.at) else { return Err(self.unexpected()) };
                column.default = Value::Integer(*number);
                self.at += 1;
            } else if self.takes("REFERENCES") {
                let referred = self.name()?;
                self.in_parentheses(Self::name)?;
                let cascades = self.takes_all(&["ON", "DELETE", "CASCADE"]);
                table.references.push(Reference { column: column.name.clone(), table: referred, cascades });
            } else {
                break;
            }
        }
        table.columns.push(column);
        Ok(())
    }

    fn insert(&mut self) -> Result<Insert> {
        let replaces = self.takes_all(&["OR", "REPLACE"]);
        self.expects("INTO")?;
        let table = self.name()?;
        let columns = self.in_parentheses(|parser| parser.list(Self::name))?;
        self.expects("VALUES")?;
        let values = self.in_parentheses(|parser| parser.list(Self::expr))?;
        let conflict = match () {
            () if replaces => Conflict::Replace,
            () if self.takes_all(&["ON", "CONFLICT", "DO", "NOTHING"]) => Conflict::Ignore,
            () if self.takes_all(&["ON", "CONFLICT", "DO", "UPDATE", "SET"]) => {
                Conflict::Update(self.list(Self::assignment)?)
            }
            () => Conflict::Fail,
        };
        Ok(Insert { table, columns, values, conflict })
    }

    fn assignment(&mut self) -> Result<(String, Expr)> {
        let column = self.name()?;
        self.expects("=")?;
        Ok((column, self.expr()?))
    }

    fn filter(&mut self) -> Result<Option<Expr>> {
        if self.takes("WHERE") { self.expr().map(Some) } else { Ok(None) }
    }

    fn returning(&mut self) -> Result<Vec<Expr>> {
        if self.takes("RETURNING") { self.list(Self::expr) } else { Ok(Vec::new()) }
    }

    fn select(&mut self) -> Result<Select> {
        let columns = self.list(Self::expr)?;
        self.expects("FROM")?;
        let mut from = vec![self.source()?];
        let mut filters = Vec::new();
        while self.takes("JOIN") {
            from.push(self.source()?);
            self.expects("ON")?;
            filters.push(self.expr()?);
        }
        filters.extend(self.filter()?);
        let order = match self.takes_all(&["ORDER", "BY"]) {
            true => self.list(|parser| {
                let by = parser.expr()?;
                Ok((by, parser.takes("DESC")))
            })?,
            false => Vec::new(),
        };
        let limit = if self.takes("LIMIT") { Some(self.expr()?) } else { None };
        let offset = if self.takes("OFFSET") { Some(self.expr()?) } else { None };
        Ok(Select { columns, from, filters, order, limit, offset })
    }

    fn source(&mut self) -> Result<(Source, String)> {
        if self.peeks("(") {
            let query = self.in_parentheses(|parser| {
                parser.expects("SELECT")?;
                parser.select()
            })?;
            return Ok((Source::Query(Box::new(query)), String::new()));
        }
        let table = self.name()?;
        const ENDS: [&str; 6] = ["WHERE", "JOIN", "ON", "ORDER", "LIMIT", "RETURNING"];
        let is_renamed = matches!(self.tokens.get(self.at), Some(Token::Word(word))
            if !ENDS.iter().any(|end| word.eq_ignore_ascii_case(end)));
        let name = if is_renamed { self.name()? } else { table.clone() };
        Ok((Source::Table(table), name))
    }

    fn expr(&mut self) -> Result<Expr> {
        self.operation(0)
    }

    fn operation(&mut self, level: usize) -> Result<Expr> {
        let Some(operators) = OPERATORS.get(level) else { return self.operand() };
        let mut left = self.operation(level + 1)?;
        loop {
            if level == COMPARISON
                && let Some(condition) = self.condition(&mut left)?
            {
                left = condition;
                continue;
            }
            let Some((_, operator)) = operators.iter().find(|(word, _)| self.takes(word)) else { return Ok(left) };
            let right = self.operation(level + 1)?;
            left = Expr::Binary(*operator, Box::new(left), Box::new(right));
        }
    }

    /// `IS NULL`, `LIKE` and `IN`.
    fn condition(&mut self, left: &mut Expr) -> Result<Option<Expr>> {
        let mut left = || Box::new(std::mem::replace(left, Expr::Value(Value::Null)));
        if self.takes("IS") {
            let is_null = !self.takes("NOT");
            self.expects("NULL")?;
            return Ok(Some(Expr::IsNull(left(), is_null)));
        }
        if self.takes("LIKE") {
            let pattern = self.operation(COMPARISON + 1)?;
            return Ok(Some(Expr::Like(left(), Box::new(pattern))));
        }
        if !self.takes("IN") {
            return Ok(None);
        }
        self.in_parentheses(|parser| match parser.takes("SELECT") {
            true => Ok(Some(Expr::InQuery(left(), Box::new(parser.select()?)))),
            false => Ok(Some(Expr::In(left(), parser.list(Self::expr)?))),
        })
    }

    fn operand(&mut self) -> Result<Expr> {
        let token = self.tokens.get(self.at).cloned().ok_or_else(|| self.unexpected())?;
        self.at += 1;
        match token {
            Token::Number(number) => Ok(Expr::Value(Value::Integer(number))),
            Token::Text(text) => Ok(Expr::Value(Value::Text(text))),
            Token::Parameter(number) => Ok(Expr::Parameter(number)),
            Token::Mark("-") => {
                let zero = Expr::Value(Value::Integer(0));
                Ok(Expr::Binary(Operator::Minus, Box::new(zero), Box::new(self.operand()?)))
            }
            Token::Mark("(") => {
                let inner = match self.takes("SELECT") {
                    true => Expr::Query(Box::new(self.select()?)),
                    false => self.expr()?,
                };
                self.expects(")")?;
                Ok(inner)
            }
            Token::Word(word) if word.eq_ignore_ascii_case("NULL") => Ok(Expr::Value(Value::Null)),
            Token::Word(word) if self.takes("(") => self.call(&word),
            Token::Word(word) if self.takes(".") => Ok(Expr::Column(Some(word), self.name()?)),
            Token::Word(word) => Ok(Expr::Column(None, word)),
            Token::Mark(_) => {
                self.at -= 1;
                Err(self.unexpected())
            }
        }
    }

    fn call(&mut self, name: &str) -> Result<Expr> {
        let function = match name.to_ascii_lowercase().as_str() {
            "coalesce" => Function::Coalesce,
            "count" => Function::Count,
            "max" => Function::Max,
            "sum" => Function::Sum,
            _ => return Err(self.unexpected()),
        };
        let distinct = self.takes("DISTINCT");
        let arguments = if self.takes("*") { Vec::new() } else { self.list(Self::expr)? };
        self.expects(")")?;
        let filter = match self.takes("FILTER") {
            true => Some(Box::new(self.in_parentheses(|parser| {
                parser.expects("WHERE")?;
                parser.expr()
            })?)),
            false => None,
        };
        Ok(Expr::Call { function, arguments, distinct, filter })
    }
}
