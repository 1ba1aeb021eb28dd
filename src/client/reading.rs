//! Reading the value of a response, as the answer of its endpoint says.

use crate::http::{Answer, Repair};
use crate::schema::{Json, Kind, Mismatch};
use crate::text::text;

/// The value of a body that has been taken out of its envelope. `token` is the bearer token of the request.
///
/// # Errors
/// Where the value differs from what it should be.
pub fn read<J: Json>(answer: &Answer, value: J, token: Option<&str>) -> Result<J, Mismatch> {
    let mut value = value;
    let mut wrapped = None;
    let mut unwrapped = None;
    for repair in answer.repairs {
        match *repair {
            Repair::Reason if value.get("allowed").flag() == Some(false) && value.get("reason").is_absent() => {
                value.set("reason", &J::string(""));
            }
            Repair::Nest(from, to) if value.kind() == Kind::Object && value.get(to).is_absent() => {
                let mut object = J::object();
                object.set(from, &value.get(from));
                value.set(to, &object);
            }
            Repair::Copy(from, to) => {
                let (object, member) = split(from);
                let copied = value.get(object).get(member);
                fill(&mut value, to, copied);
            }
            Repair::Token(to) => {
                if let Some(token) = token {
                    fill(&mut value, to, J::string(token));
                }
            }
            Repair::Unwrap(member) if value.get(member).kind() == Kind::Object => {
                value = value.get(member);
                unwrapped = Some(member);
            }
            Repair::Wrap(member) if value.kind() == Kind::List => {
                let mut object = J::object();
                object.set(member, &value);
                value = object;
                wrapped = Some(member);
            }
            _ => {}
        }
    }
    if let Some(schema) = answer.schema {
        value.check(schema).map_err(|mismatch| match (wrapped, unwrapped) {
            (Some(member), _) => Mismatch { path: mismatch.path.replacen(&[".", member].concat(), "", 1), ..mismatch },
            (_, Some(member)) => mismatch.below(&text(&[".", member])),
            _ => mismatch,
        })?;
    }
    if let Some(required) = answer.requires {
        let (object, member) = split(required);
        if value.get(object).get(member).text().is_none_or(|text| text.is_empty()) {
            return Err(Mismatch::new(&text(&[".", required]), "a non-empty string"));
        }
    }
    Ok(answer.member.map_or_else(|| value.clone(), |member| value.get(member)))
}

fn split(path: &'static str) -> (&'static str, &'static str) {
    path.split_once('.').unwrap_or((path, ""))
}

/// Sets the member of a member, unless it is there or the object to hold it is not.
fn fill<J: Json>(value: &mut J, path: &'static str, member: J) {
    let (object, name) = split(path);
    let mut holder = value.get(object);
    if holder.kind() == Kind::Object && holder.get(name).is_absent() && !member.is_absent() {
        holder.set(name, &member);
        value.set(object, &holder);
    }
}
