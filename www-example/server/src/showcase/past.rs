//! Decisions as the server would have made them: the permission engine, asked at a moment of the past.

use super::week::HOUR;
use crate::clock::{self, Millis};
use crate::db::{self, Connection, params};
use crate::decisions::BUCKET;
use crate::patterns::Patterns;
use kavachos_wasm::permissions::pattern::PatternError;
use kavachos_wasm::permissions::{Call, Host, InvalidPattern, Verdict, evaluate};
use kavachos_wasm::schema::Permission;
use std::collections::{BTreeMap, HashMap};

/// What the engine asks for, as it was at that moment.
#[derive(Default)]
pub struct Past {
    pub now: Millis,
    pub address: Option<String>,
    pub agent_id: String,
    calls: HashMap<(String, String), BTreeMap<Millis, u32>>,
    patterns: Patterns,
}

impl Past {
    /// What was decided, in order: what the agent holds itself, and if that denies, what was delegated to it.
    ///
    /// Each is an entry of the log. If both deny, the first reason stands in both.
    pub fn decisions(&mut self, own: &[Permission], lent: &[Permission], call: &Call<'_>) -> Vec<Verdict> {
        let first = self.ask(own, call);
        let Err(reason) = &first else { return vec![first] };
        if lent.is_empty() {
            return vec![first];
        }
        let second = self.ask(lent, call).map_err(|_| reason.clone());
        vec![first, second]
    }

    fn ask(&mut self, permissions: &[Permission], call: &Call<'_>) -> Verdict {
        self.patterns.refill();
        evaluate(permissions, call, self).unwrap_or_else(|InvalidPattern(problem)| Err(problem))
    }

    /// Hands the counters of the last hour to the server, which counts on from there.
    pub fn hand_over(&self, connection: &Connection, now: Millis) -> db::Result<()> {
        let sql = "INSERT INTO calls (agent_id, resource, bucket, count) VALUES (?1, ?2, ?3, ?4)";
        for ((agent, resource), buckets) in &self.calls {
            for (bucket, count) in buckets.range(now - HOUR..) {
                connection.execute(sql, params![agent, resource, bucket, count])?;
            }
        }
        Ok(())
    }
}

impl Host for Past {
    fn count(&mut self, resource: &str, limit: u32) -> Option<u32> {
        let buckets = self.calls.entry((self.agent_id.clone(), resource.to_owned())).or_default();
        let counted: u32 = buckets.range(self.now - HOUR..).map(|(_, count)| count).sum();
        if counted >= limit {
            return Some(counted);
        }
        *buckets.entry(self.now.div_euclid(BUCKET) * BUCKET).or_default() += 1;
        None
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError> {
        self.patterns.matches(pattern, text)
    }

    fn time_of_day(&mut self) -> String {
        clock::time_of_day(self.now)
    }

    fn address(&mut self) -> Option<String> {
        self.address.clone()
    }
}
