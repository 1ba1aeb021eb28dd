//! Which redirects a request follows: never to another origin, and never with a method that would change.

use super::bits::flags;
use super::failure_reason::FailureReason;

flags! {
    /// What is known of a response that may be a redirect.
    RedirectFacts {
        /// The host has followed a redirect by itself, with all that was sent.
        FOLLOWED = 0,
        /// The host does not say where the redirect leads.
        OPAQUE = 1,
        /// The target is known.
        KNOWN = 2,
        /// The target is of the same origin.
        SAME_ORIGIN = 3,
        /// The request is a GET.
        GET = 4,
        /// So many redirects have been followed that no further one is.
        LAST = 5,
    }
}

/// The longest chain of redirects that a request follows.
pub const MAX_REDIRECTS: u32 = 5;

/// Whether a response is a redirect.
pub const fn is_redirect(status: u16, facts: RedirectFacts, has_location: bool) -> bool {
    facts.has(RedirectFacts::FOLLOWED)
        || facts.has(RedirectFacts::OPAQUE)
        || (has_location && matches!(status, 301 | 302 | 303 | 307 | 308))
}

/// Why a redirect is not followed, or `None` if it is.
pub const fn obstacle(status: u16, facts: RedirectFacts) -> Option<FailureReason> {
    let repeats = match facts.has(RedirectFacts::FOLLOWED) {
        true => false,
        false => facts.has(RedirectFacts::GET) || matches!(status, 307 | 308),
    };
    if facts.has(RedirectFacts::LAST) {
        Some(FailureReason::TooManyRedirects)
    } else if !facts.has(RedirectFacts::KNOWN) {
        Some(FailureReason::UnseenRedirect)
    } else if !facts.has(RedirectFacts::SAME_ORIGIN) {
        Some(FailureReason::CrossOriginRedirect)
    } else if !repeats {
        Some(FailureReason::UnrepeatableRedirect)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: RedirectFacts = RedirectFacts::KNOWN;

    #[test]
    fn only_the_same_origin_is_followed_and_only_with_the_same_method() {
        let same = KNOWN.with(RedirectFacts::SAME_ORIGIN, true);
        let get = same.with(RedirectFacts::GET, true);
        for status in [301, 302, 303] {
            assert_eq!(obstacle(status, same), Some(FailureReason::UnrepeatableRedirect));
            assert_eq!(obstacle(status, get), None);
        }
        for status in [307, 308] {
            assert_eq!(obstacle(status, same), None);
            assert_eq!(obstacle(status, get), None);
            assert_eq!(obstacle(status, KNOWN), Some(FailureReason::CrossOriginRedirect));
            assert_eq!(obstacle(status, RedirectFacts::default()), Some(FailureReason::UnseenRedirect));
            assert_eq!(obstacle(status, get.with(RedirectFacts::LAST, true)), Some(FailureReason::TooManyRedirects));
        }
        assert_eq!(obstacle(200, get.with(RedirectFacts::FOLLOWED, true)), Some(FailureReason::UnrepeatableRedirect));
    }

    #[test]
    fn a_redirect_has_a_status_and_a_location_or_was_followed() {
        let none = RedirectFacts::default();
        assert!(is_redirect(302, none, true) && !is_redirect(302, none, false) && !is_redirect(304, none, true));
        assert!(is_redirect(200, RedirectFacts::FOLLOWED, false) && is_redirect(0, RedirectFacts::OPAQUE, false));
    }
}
