//! People: how they sign in, their sessions, their accounts.

mod account;
mod accounts;
mod admin;
mod anonymous;
mod api_keys;
#[cfg(feature = "passkeys")]
mod cose;
mod email_otp;
mod limits;
mod magic_link;
mod oauth;
mod organizations;
mod outbox;
#[cfg(feature = "passkeys")]
mod passkeys;
mod password;
mod provider;
mod recovery;
mod routes;
mod session_routes;
mod sessions;
mod tickets;
mod totp;
mod two_factor;
#[cfg(feature = "passkeys")]
mod webauthn;

pub use accounts::{add, ensure_user};
pub use email_otp::{redeem as redeem_code, send_code};
pub use limits::{Limit, Limits};
pub use organizations::add_member;
pub use outbox::{clear as clear_outbox, list as list_outbox};
pub use password::{sign_in, sign_up};
pub use provider::{decide as decide_at_provider, show as show_provider};
pub use routes::{PASSKEYS, ROUTES};
pub use session_routes::{session, sign_out};
#[cfg(feature = "native")]
pub use sessions::is_session;
pub use sessions::signed_in;
pub use tickets::{issue as issue_ticket, take as take_ticket};
