//! Checking a value against a [`Shape`], and leaving absent members out of what is sent.

use super::is_timestamp;
use super::json::{Json, Kind};
use super::shape::{Field, Shape};

/// Where a value differs from its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The way from the value that was checked to the part that is wrong: `.permissions[2].resource`.
    pub path: String,
    /// What was expected there, to follow `must be`.
    pub expected: &'static str,
}

/// Checks that `value` has the form of `shape`.
///
/// Members the shape does not name are ignored, and so are `null`s where a member may be absent.
///
/// # Errors
/// The first [`Mismatch`], in the order of the shape's fields.
pub fn check<J: Json>(value: &J, shape: &Shape) -> Result<(), Mismatch> {
    let fits = match (shape, value.kind()) {
        (Shape::Text, Kind::Text)
        | (Shape::Flag, Kind::Flag)
        | (Shape::Number, Kind::Number)
        | (Shape::Map, Kind::Object)
        | (Shape::Moment, Kind::Date) => true,
        (Shape::Id, Kind::Text) => value.text().is_some_and(|text| !text.is_empty()),
        (Shape::Word, Kind::Text) => value.text().is_some_and(|text| !text.is_empty() && !text.contains(',')),
        (Shape::Moment, Kind::Text) => value.text().is_some_and(|text| is_timestamp(&text)),
        (Shape::Count, Kind::Number) => value.number().is_some_and(|number| number >= 0.0 && number.fract() == 0.0),
        (Shape::List(item), Kind::List) => return check_items(value, item),
        (Shape::Object(fields), Kind::Object) => return check_fields(value, fields),
        _ => false,
    };
    if fits { Ok(()) } else { Err(Mismatch { path: String::new(), expected: shape.expected() }) }
}

fn check_fields<J: Json>(value: &J, fields: &[Field]) -> Result<(), Mismatch> {
    for field in fields {
        let member = value.get(field.name);
        if !field.required && member.is_absent() {
            continue;
        }
        check(&member, field.shape)
            .map_err(|inner| Mismatch { path: [".", field.name, &inner.path].concat(), ..inner })?;
    }
    Ok(())
}

fn check_items<J: Json>(value: &J, shape: &'static Shape) -> Result<(), Mismatch> {
    for index in 0..value.count() {
        check(&value.at(index), shape)
            .map_err(|inner| Mismatch { path: ["[", &index.to_string(), "]", &inner.path].concat(), ..inner })?;
    }
    Ok(())
}

/// A copy of `value` without the `null`s that stand for absent members, or `None` if it has none.
///
/// Servers read `null` differently from a missing member: some refuse it, and an `expiresAt: null`
/// silently becomes 1970. Members the shape does not name, and the insides of free-form objects, stay.
pub fn prune<J: Json>(value: &J, shape: &Shape) -> Option<J> {
    let mut pruned: Option<J> = None;
    match shape {
        Shape::Object(fields) => {
            for field in *fields {
                let member = value.get(field.name);
                let replacement = if member.is_absent() {
                    None
                } else if let Some(inner) = prune(&member, field.shape) {
                    Some(inner)
                } else {
                    continue;
                };
                pruned = Some(pruned.as_ref().unwrap_or(value).with(field.name, replacement.as_ref()));
            }
        }
        Shape::List(item) => {
            for index in 0..value.count() {
                if let Some(inner) = prune(&value.at(index), item) {
                    pruned = Some(pruned.as_ref().unwrap_or(value).replacing(index, &inner));
                }
            }
        }
        _ => {}
    }
    pruned
}
