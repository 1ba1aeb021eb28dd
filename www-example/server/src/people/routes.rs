//! The routes of people, and what each is limited to.

use super::limits::Limit;
use super::{anonymous, email_otp, magic_link, password, recovery, session_routes};
use crate::mount::Part;
use crate::routes::Route;

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
];
