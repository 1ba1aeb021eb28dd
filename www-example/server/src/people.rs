//! People: how they sign in, their sessions, their accounts.

mod account;
mod accounts;
mod admin;
mod anonymous;
mod api_keys;
mod email_otp;
mod limits;
mod magic_link;
mod organizations;
mod outbox;
mod password;
mod recovery;
mod routes;
mod session_routes;
mod sessions;
mod tickets;
mod totp;
mod two_factor;

pub use accounts::{add, ensure_user};
pub use email_otp::{redeem as redeem_code, send_code};
pub use limits::{Limit, Limits};
pub use organizations::add_member;
pub use outbox::{clear as clear_outbox, list as list_outbox};
pub use password::{sign_in, sign_up};
pub use routes::ROUTES;
pub use session_routes::{session, sign_out};
pub use sessions::signed_in;
pub use tickets::{issue as issue_ticket, take as take_ticket};
