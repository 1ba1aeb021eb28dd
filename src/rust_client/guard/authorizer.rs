//! Whom the guard asks: a client, or a cache in front of one.

use super::cache::DecisionCache;
use super::decision::{DecisionSource, GuardDecision};
use crate::rust_client::authorize_many::Subject;
use crate::rust_client::client::{Client, Inner};
use crate::rust_client::future::BoxFuture;
use crate::rust_client::options::CallOptions;
use crate::rust_client::{AuthorizeRequest, Error};
use std::future::IntoFuture;

#[derive(Clone)]
pub(in crate::rust_client) enum Authorizer {
    Client(Client),
    Cache(DecisionCache),
}

impl Authorizer {
    pub fn client(&self) -> &Inner {
        match self {
            Self::Client(client) => &client.0,
            Self::Cache(cache) => &cache.client().0,
        }
    }

    pub fn decide(
        &self,
        subject: &Subject,
        request: &AuthorizeRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<GuardDecision, Error>> {
        match self {
            Self::Client(client) => {
                let call = client.decide(subject, request).options(options).into_future();
                BoxFuture::new(async move { Ok(GuardDecision::new(call.await?, DecisionSource::Server)) })
            }
            Self::Cache(cache) => {
                let (cache, subject, request) = (cache.clone(), subject.clone(), request.clone());
                BoxFuture::new(async move { cache.decide(subject, request, options).await })
            }
        }
    }
}
