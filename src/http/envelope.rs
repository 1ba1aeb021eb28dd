//! The one place that unwraps envelopes.

use crate::schema::{Json, Kind};

/// What a body holds, and whether it came in an envelope.
pub struct Opened<J> {
    /// The value inside, or the body itself.
    pub value: J,
    /// Whether there was a `{data: …}` around it.
    pub enveloped: bool,
}

/// Takes the value out of `{data: …}` or `{success: true, data: …}`; a bare body stays as it is.
///
/// No value on the wire has a `data` member of its own next to an `id` or a verdict, so a body that
/// has one of those is bare.
pub fn open<J: Json>(body: J) -> Opened<J> {
    if body.kind() == Kind::Object {
        let data = body.get("data");
        let holds = matches!(data.kind(), Kind::Object | Kind::List);
        if holds && body.get("id").is_absent() && body.get("allowed").is_absent() {
            return Opened { value: data, enveloped: true };
        }
    }
    Opened { value: body, enveloped: false }
}
