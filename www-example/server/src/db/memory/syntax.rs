//! Statements, as they are parsed.

use crate::db::Value;

/// A statement.
pub enum Statement {
    CreateTable(Definition),
    /// An index, or a setting that means nothing here.
    Nothing,
    ForeignKeys(bool),
    Begin,
    Commit,
    Rollback,
    Select(Select),
    Insert(Insert),
    Update {
        table: String,
        set: Vec<(String, Expr)>,
        filter: Option<Expr>,
        returning: Vec<Expr>,
    },
    Delete {
        table: String,
        filter: Option<Expr>,
        returning: Vec<Expr>,
    },
}

/// A table, as it is declared.
#[derive(Default)]
pub struct Definition {
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns that are unique together, of each such constraint.
    pub unique: Vec<Vec<String>>,
    pub references: Vec<Reference>,
    /// The column that is the number of the row.
    pub number: Option<String>,
}

/// A column.
pub struct Column {
    pub name: String,
    pub is_real: bool,
    pub not_null: bool,
    pub default: Value,
}

/// A column that names the id of a row of another table.
#[derive(Clone)]
pub struct Reference {
    pub column: String,
    pub table: String,
    pub cascades: bool,
}

/// What is done where a row is there already.
pub enum Conflict {
    Fail,
    Replace,
    Ignore,
    Update(Vec<(String, Expr)>),
}

pub struct Insert {
    pub table: String,
    pub columns: Vec<String>,
    pub values: Vec<Expr>,
    pub conflict: Conflict,
}

pub struct Select {
    pub columns: Vec<Expr>,
    /// What is read, with the name it goes by. What is joined follows.
    pub from: Vec<(Source, String)>,
    /// The conditions of joins, and of `WHERE`.
    pub filters: Vec<Expr>,
    /// What is ordered by, and whether downwards.
    pub order: Vec<(Expr, bool)>,
    pub limit: Option<Expr>,
    pub offset: Option<Expr>,
}

pub enum Source {
    Table(String),
    Query(Box<Select>),
}

#[derive(Clone, Copy, PartialEq)]
pub enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Function {
    Coalesce,
    Count,
    Max,
    Sum,
}

pub enum Expr {
    Value(Value),
    Parameter(usize),
    /// A column, of the table of that name if one is given.
    Column(Option<String>, String),
    Binary(Operator, Box<Expr>, Box<Expr>),
    IsNull(Box<Expr>, bool),
    Like(Box<Expr>, Box<Expr>),
    In(Box<Expr>, Vec<Expr>),
    InQuery(Box<Expr>, Box<Select>),
    Query(Box<Select>),
    Call {
        function: Function,
        arguments: Vec<Expr>,
        distinct: bool,
        filter: Option<Box<Expr>>,
    },
}

impl Expr {
    /// Whether it is about all rows together.
    pub fn is_aggregate(&self) -> bool {
        match self {
            Self::Call { function: Function::Coalesce, arguments, .. } => arguments.iter().any(Self::is_aggregate),
            Self::Call { .. } => true,
            Self::Binary(_, left, right) => left.is_aggregate() || right.is_aggregate(),
            _ => false,
        }
    }
}
