//! Finds the bearer token of a call.

use super::Run;
use crate::http::{FailureReason, is_token};
use crate::rust_client::error::Error;
use crate::rust_client::token::{Token, TokenContext, TokenReason};
use crate::schema::Secret;

impl Run {
    /// Finds the bearer token. Returns `false` if there is no other one than that which the server has refused.
    pub(super) async fn find_token(&mut self, is_unauthorized: bool) -> Result<bool, Error> {
        let operation = self.call.operation();
        let provider = match (&operation.token, &self.settings.token) {
            (Some(token), _) => {
                self.use_token(Some(Secret::from(token.clone())));
                return Ok(true);
            }
            (None, None) => return Ok(true),
            (None, Some(Token::Fixed(token))) => {
                self.use_token(Some(token.clone()));
                return Ok(true);
            }
            (None, Some(Token::Provider(provider))) => provider.clone(),
        };
        let context = TokenContext {
            reason: if is_unauthorized { TokenReason::Unauthorized } else { TokenReason::Initial },
            operation: operation.endpoint.name,
            previous_token: self.token.clone().filter(|_| is_unauthorized),
        };
        let (limit, is_last) = self.limit();
        let is_shared = self.settings.share_token && !self.client.transport.is_isolated();
        let asked = if is_shared { provider.share(context) } else { provider.provide(context) };
        let found = match self.within(limit, asked).await {
            Some(Ok(found)) => found.map(Secret),
            Some(Err(error)) => return Err(self.fail_because(FailureReason::TokenFailed, &*error)),
            None if is_last => {
                provider.forget();
                return Err(self.fail(FailureReason::TokenDeadlinePassed, None, &[]));
            }
            None => {
                provider.forget();
                return Err(self.fail(FailureReason::TokenTimedOut, None, &[]));
            }
        };
        if is_unauthorized && (found.is_none() || found == self.token) {
            return Ok(false);
        }
        if found.as_deref().is_some_and(|token| !is_token(token)) {
            self.spent.extend(found);
            return Err(self.fail(FailureReason::NotAToken, None, &[]));
        }
        self.use_token(found);
        Ok(true)
    }

    pub(super) fn use_token(&mut self, token: Option<Secret>) {
        if self.token != token {
            self.spent.extend(std::mem::replace(&mut self.token, token));
        }
    }
}
