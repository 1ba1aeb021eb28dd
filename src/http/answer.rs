//! How the answer of an endpoint is read, as data.

use crate::schema::Schema;

/// What the host makes of the body of a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Form {
    Nothing = 0,
    Json = 1,
    Text = 2,
    Bytes = 3,
    Stream = 4,
}

impl Form {
    /// Every form with the name by which JavaScript knows its number.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::Nothing, "NOTHING"),
        (Self::Json, "JSON"),
        (Self::Text, "TEXT"),
        (Self::Bytes, "BYTES"),
        (Self::Stream, "STREAM"),
    ];
}

/// A step that brings the answers of different servers into one form. Members of members are written `session.token`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// A denial has a reason, if only an empty one.
    Reason,
    /// Where the object `.1` is absent, it is made of the member `.0`.
    Nest(&'static str, &'static str),
    /// Copies `.0` to `.1`, unless there is one or the object to hold it is absent.
    Copy(&'static str, &'static str),
    /// Copies the bearer token of the request to `.0`, unless there is one or the object to hold it is absent.
    Token(&'static str),
    /// The value is the object in the member `.0`, if there is one.
    Unwrap(&'static str),
    /// A bare array is the member `.0` of an object.
    Wrap(&'static str),
}

/// How the answer of an endpoint is read.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// What the body of a success is read as.
    pub form: Form,
    /// What a JSON body matches.
    pub schema: Option<&'static Schema>,
    /// What is done before it is checked.
    pub repairs: &'static [Repair],
    /// A member that is a non-empty string although the schema does not say so.
    pub requires: Option<&'static str>,
    /// The member that the call resolves to, instead of all of the value.
    pub member: Option<&'static str>,
    /// Whether 404 resolves to `null`.
    pub null_if_missing: bool,
    /// Whether 401 resolves to `null`.
    pub null_if_unauthorized: bool,
    /// Whether it is a decision.
    pub is_decision: bool,
}

impl Answer {
    /// Nothing but success is expected.
    pub const NOTHING: Self = Self::of(Form::Nothing);
    /// The body as text.
    pub const TEXT: Self = Self::of(Form::Text);
    /// The body as bytes.
    pub const BYTES: Self = Self::of(Form::Bytes);
    /// The body as it comes in.
    pub const STREAM: Self = Self::of(Form::Stream);

    /// A value.
    pub const fn value(schema: &'static Schema) -> Self {
        Self { schema: Some(schema), ..Self::of(Form::Json) }
    }

    /// A value, or `null` if there is none.
    pub const fn lookup(schema: &'static Schema) -> Self {
        Self { null_if_missing: true, ..Self::value(schema) }
    }

    /// This answer with repairs.
    pub const fn repaired(self, repairs: &'static [Repair]) -> Self {
        Self { repairs, ..self }
    }

    const fn of(form: Form) -> Self {
        Self {
            form,
            schema: None,
            repairs: &[],
            requires: None,
            member: None,
            null_if_missing: false,
            null_if_unauthorized: false,
            is_decision: false,
        }
    }
}
