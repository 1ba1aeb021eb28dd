//! The few pages that this server has: forms without scripts.

use crate::ask::Ask;
use crate::reply::Problem;

/// A page with that title and content. The content is HTML already.
pub fn page(title: &str, content: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>\n\
         body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem; }}\n\
         input, button {{ font: inherit; padding: .4rem .8rem; margin: .25rem 0; }}\n\
         input {{ display: block; width: 100%; box-sizing: border-box; }}\n\
         </style>\n<h1>{title}</h1>\n{content}\n"
    )
}

/// Text for HTML, also within quoted attributes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// A field that nobody sees.
pub fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
}

/// The fields of a form that was sent. Of a field that is repeated the last value counts.
pub fn fields(ask: &Ask) -> std::collections::HashMap<String, String> {
    form_urlencoded::parse(&ask.body).into_owned().collect()
}

/// Refuses forms that a page of another origin sends, be it one of this machine.
pub fn check_own_page(ask: &Ask) -> Result<(), Problem> {
    let own = format!("http://{}", ask.host());
    match ask.header("origin") {
        Some(origin) if origin != own => {
            Err(Problem::new(403, "ORIGIN_NOT_ALLOWED", "This form belongs to a page of this server."))
        }
        _ => Ok(()),
    }
}

/// A URL with more parameters in its query.
pub fn with_query(url: &str, parameters: &[(&str, &str)]) -> String {
    let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    let has_path = url.split_once("://").is_some_and(|(_, rest)| rest.contains(['/', '?']));
    let separator = match (url.contains('?'), has_path) {
        (true, _) => "&",
        (false, true) => "?",
        (false, false) => "/?",
    };
    format!("{url}{separator}{query}")
}

/// Scheme and authority of a URL.
pub fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(start..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_parameters_as_browsers_do() {
        assert_eq!(with_query("http://a.test", &[("code", "1")]), "http://a.test/?code=1");
        assert_eq!(with_query("http://a.test/cb", &[("a", "x y"), ("b", "&")]), "http://a.test/cb?a=x+y&b=%26");
        assert_eq!(with_query("http://a.test/cb?x=1", &[("code", "1")]), "http://a.test/cb?x=1&code=1");
    }

    #[test]
    fn finds_origins() {
        assert_eq!(origin_of("http://a.test:80/b"), "http://a.test:80");
        assert_eq!(origin_of("http://a.test"), "http://a.test");
    }
}
