//! Reads the bearer token of a request (RFC 6750).

use crate::guard::Problem;
use crate::schema::Secret;
use ::http::{HeaderMap, header::AUTHORIZATION};

/// The bearer token of a request, as RFC 6750 has it: one, in the header `Authorization` and nowhere else. Credentials of another
/// scheme are as good as none: RFC 6750 (3.1) has them answered without an error code.
pub(super) fn bearer_of(headers: &HeaderMap) -> Result<Secret, Problem> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let Some(first) = all.next() else { return Err(Problem::MissingToken) };
    if all.next().is_some() {
        return Err(Problem::MalformedToken);
    }
    let text = first.to_str().map_err(|_| Problem::MalformedToken)?.trim_matches([' ', '\t']);
    let (scheme, rest) = text.split_at_checked("bearer".len()).unwrap_or((text, ""));
    if !scheme.eq_ignore_ascii_case("bearer") || !(rest.is_empty() || rest.starts_with([' ', '\t', ','])) {
        return Err(Problem::MissingToken);
    }
    let token = rest.trim_start_matches(' ');
    let body = token.trim_end_matches('=');
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.~+/".contains(&byte);
    match token.len() < rest.len() && !body.is_empty() && body.bytes().all(is_part) {
        true => Ok(Secret::from(token)),
        false => Err(Problem::MalformedToken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::http::HeaderValue;

    #[test]
    fn one_bearer_token_and_no_other_credentials() {
        let found = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            bearer_of(&headers).map(|token| token.0)
        };
        for value in ["Bearer kv_1", "bearer   kv_1", "\tBEARER kv_1 "] {
            assert_eq!(found(value).as_deref(), Ok("kv_1"), "{value:?}");
        }
        assert_eq!(found("Bearer a.b~c+/-_==").as_deref(), Ok("a.b~c+/-_=="));
        for value in [
            "Bearer",
            "Bearer ",
            "Bearer a, Bearer b",
            "Bearer a b",
            "Bearer\ta",
            "Bearer =",
            "Bearer a=b",
            "Bearer \u{e9}",
            "Bearer,a",
        ] {
            assert_eq!(found(value), Err(Problem::MalformedToken), "{value:?}");
        }
        for value in ["Basic YTpi", "", "Bearers kv_1", "b"] {
            assert_eq!(found(value), Err(Problem::MissingToken), "{value:?}");
        }
        let mut two = HeaderMap::new();
        two.append(AUTHORIZATION, HeaderValue::from_static("Bearer a"));
        two.append(AUTHORIZATION, HeaderValue::from_static("Bearer a"));
        assert_eq!(bearer_of(&two), Err(Problem::MalformedToken));
    }
}
