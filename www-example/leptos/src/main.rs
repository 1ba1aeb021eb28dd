//! A page in Leptos: sign in, and read the audit log. `README.md` says how to run it.

#[cfg(feature = "kavachos")]
mod page;

fn main() {
    #[cfg(feature = "kavachos")]
    leptos::mount::mount_to_body(page::Page);
    #[cfg(not(feature = "kavachos"))]
    {
        use leptos::prelude::*;
        mount_to_body(|| view! { <h1>"Audit log"</h1> });
    }
}
