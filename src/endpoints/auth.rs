//! People: signing up, in and out. And agents that act with their own token.

use crate::http::{Answer, InvalidArgument, Operation, Route, is_token};
use crate::schema::{AuthorizeRequest, Json, Kind, SignInInput, SignUpInput, Wire};

/// Opens an account.
pub fn sign_up<J: Json>(input: &J) -> Result<Operation<J>, InvalidArgument> {
    with_password(Operation::new(Route::SignUp, Answer::Account).body("input", input, &SignUpInput::SCHEMA)?, input)
}

/// Signs in.
pub fn sign_in<J: Json>(input: &J) -> Result<Operation<J>, InvalidArgument> {
    with_password(Operation::new(Route::SignIn, Answer::Account).body("input", input, &SignInInput::SCHEMA)?, input)
}

/// Ends a session.
pub fn sign_out<J: Json>(token: &J) -> Result<Operation<J>, InvalidArgument> {
    with_token(Operation::new(Route::SignOut, Answer::Nothing), "token", token, false)
}

/// Gets the session, or `null`.
pub fn get_session<J: Json>(token: &J) -> Result<Operation<J>, InvalidArgument> {
    with_token(Operation::new(Route::GetSession, Answer::Session), "token", token, false)
}

/// Decides whether the agent that holds a token may do something.
pub fn authorize_by_token<J: Json>(token: &J, request: &J) -> Result<Operation<J>, InvalidArgument> {
    let operation = Operation::new(Route::AuthorizeByToken, Answer::Decision).body(
        "request",
        request,
        &AuthorizeRequest::SCHEMA,
    )?;
    with_token(operation, "agentToken", token, true)
}

/// Sends a token that was handed to the method itself.
fn with_password<J: Json>(operation: Operation<J>, input: &J) -> Result<Operation<J>, InvalidArgument> {
    Ok(Operation { password: input.get("password").text(), ..operation })
}

fn with_token<J: Json>(
    mut operation: Operation<J>,
    name: &str,
    token: &J,
    required: bool,
) -> Result<Operation<J>, InvalidArgument> {
    if token.is_absent() && !required {
        return Ok(operation);
    }
    match token.text().filter(|text| token.kind() == Kind::Text && is_token(text)) {
        Some(token) => operation.token = Some(token),
        None => return Err(InvalidArgument::new(name, "must be a bearer token: visible ASCII characters only")),
    }
    Ok(operation)
}
