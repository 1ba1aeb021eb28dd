//! The routes of people, and what each is limited to.

use super::limits::Limit;
#[cfg(feature = "passkeys")]
use super::passkeys;
use super::{
    account, admin, anonymous, api_keys, email_otp, magic_link, oauth, organizations, password, recovery,
    session_routes, two_factor,
};
use crate::mount::Part;
use crate::route::Route;

const fn per_minute(most: u32) -> Option<Limit> {
    Some(Limit { most, seconds: 60 })
}

/// The routes of the adapter dialect.
pub const ROUTES: &[Route] = &[
    Route::get("/auth/session", session_routes::session).of(Part::Plugin),
    Route::post("/auth/sign-out", session_routes::sign_out).of(Part::Plugin),
    Route::post("/auth/sign-up", password::sign_up).hashing().of(Part::Plugin).limited(per_minute(5)),
    Route::post("/auth/sign-in", password::sign_in).hashing().of(Part::Plugin).limited(per_minute(10)),
    Route::post("/auth/change-password", password::change).hashing().of(Part::Plugin),
    Route::post("/auth/verify-email", recovery::verify).of(Part::Plugin),
    Route::post("/auth/request-reset", recovery::request_reset).of(Part::Plugin).limited(per_minute(3)),
    Route::post("/auth/reset-password", recovery::reset).hashing().of(Part::Plugin),
    Route::post("/auth/forgot-password", recovery::forgot).of(Part::HonoOnly),
    Route::post("/auth/verify-email/send", recovery::send_core_verification).of(Part::HonoOnly),
    Route::post("/auth/verify-email/confirm", recovery::confirm_core_verification).of(Part::HonoOnly),
    Route::post("/auth/magic-link/send", magic_link::send).of(Part::Plugin).limited(per_minute(5)),
    Route::get("/auth/magic-link/verify", magic_link::verify).of(Part::Plugin),
    Route::post("/auth/email-otp/send", email_otp::send).of(Part::Plugin).limited(per_minute(5)),
    Route::post("/auth/email-otp/verify", email_otp::verify).of(Part::Plugin).limited(per_minute(10)),
    // The real server's author took the window for milliseconds.
    Route::post("/auth/anonymous", anonymous::create)
        .of(Part::Plugin)
        .limited(Some(Limit { most: 20, seconds: 60_000 })),
    Route::post("/auth/anonymous/upgrade", anonymous::upgrade).of(Part::Plugin),
    Route::get("/auth/anonymous/status", anonymous::status).of(Part::Plugin),
    Route::get("/auth/oauth/providers", oauth::providers).of(Part::Plugin),
    Route::get("/auth/oauth/authorize/{provider}", oauth::authorize)
        .of(Part::Plugin)
        .with_uncut_ids()
        .limited(per_minute(20)),
    Route::get("/auth/oauth/callback/{provider}", oauth::callback).of(Part::Plugin).with_uncut_ids(),
    Route::post("/auth/2fa/enroll", two_factor::enroll).of(Part::Plugin),
    Route::post("/auth/2fa/verify", two_factor::verify).of(Part::Plugin),
    Route::post("/auth/2fa/disable", two_factor::disable).of(Part::Plugin),
    Route::get("/auth/2fa/status", two_factor::status).of(Part::Plugin),
    Route::post("/auth/2fa/backup-codes", two_factor::regenerate).of(Part::Plugin),
    Route::post("/auth/api-keys", api_keys::create).of(Part::Plugin),
    Route::get("/auth/api-keys", api_keys::list).of(Part::Plugin),
    Route::delete("/auth/api-keys/{id}", api_keys::revoke).of(Part::Plugin),
    Route::post("/auth/api-keys/{id}/rotate", api_keys::rotate).of(Part::Plugin),
    Route::post("/auth/org/create", organizations::create).of(Part::Plugin),
    Route::get("/auth/org/list", organizations::list).of(Part::Plugin),
    Route::post("/auth/org/{id}/members", organizations::members).of(Part::Plugin),
    Route::post("/auth/org/{id}/invite", organizations::invite).of(Part::Plugin),
    Route::patch("/auth/org/{id}/members/{user}", organizations::change_role).of(Part::Plugin),
    Route::delete("/auth/org/{id}/members/{user}", organizations::remove_member).of(Part::Plugin),
    Route::get("/auth/admin/users", admin::list).of(Part::Plugin),
    Route::get("/auth/admin/users/{id}", admin::get).of(Part::Plugin),
    Route::delete("/auth/admin/users/{id}", admin::delete).of(Part::Plugin),
    Route::post("/auth/admin/users/{id}/ban", admin::ban).of(Part::Plugin),
    Route::post("/auth/admin/users/{id}/unban", admin::unban).of(Part::Plugin),
    Route::post("/auth/admin/users/{id}/impersonate", admin::impersonate).of(Part::Plugin),
    Route::get("/auth/gdpr/export", account::export).of(Part::Plugin),
    Route::delete("/auth/gdpr/delete", account::delete).of(Part::Plugin),
    Route::post("/auth/gdpr/anonymize", account::anonymize).of(Part::Plugin),
];

/// The routes of passkeys.
#[cfg(feature = "passkeys")]
pub const PASSKEYS: &[Route] = &[
    Route::post("/auth/passkey/register/options", passkeys::register_options).of(Part::Plugin),
    Route::post("/auth/passkey/register/verify", passkeys::register_verify).of(Part::Plugin),
    Route::post("/auth/passkey/authenticate/options", passkeys::authenticate_options).of(Part::Plugin),
    Route::post("/auth/passkey/authenticate/verify", passkeys::authenticate_verify).of(Part::Plugin),
    Route::get("/auth/passkey/credentials", passkeys::list).of(Part::Plugin),
    Route::delete("/auth/passkey/credentials/{id}", passkeys::remove).of(Part::Plugin),
];

/// A server without their cryptography has no such plugin.
#[cfg(not(feature = "passkeys"))]
pub const PASSKEYS: &[Route] = &[];
