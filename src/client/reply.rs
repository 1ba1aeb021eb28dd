//! An answer as it came in, before anyone has made sense of it.

/// What an HTTP answer holds.
#[derive(Clone, Debug)]
pub struct Reply<J> {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, as it was sent; empty if there was none.
    pub content_type: String,
    /// What the server or its proxy calls the request, if it says so.
    pub request_id: Option<String>,
    /// How long the server asks to wait before another try, in seconds.
    pub retry_after: Option<f64>,
    /// The body.
    pub payload: Payload<J>,
}

/// A body.
#[derive(Clone, Debug)]
pub enum Payload<J> {
    /// No body at all.
    Empty,
    /// A JSON body.
    Json(J),
    /// Any other text. It stays where it is: an export may be large.
    Text(J),
    /// A body that was due to be JSON and is not; it is not kept, because it may hold anything.
    Malformed,
}

impl<J> Reply<J> {
    /// Whether the status is one of success.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Whether the body claims to be a page for people.
    pub fn is_html(&self) -> bool {
        self.content_type.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("text/html"))
    }
}
