//! Calls, which JavaScript packs, and what is known about each.

use super::patterns::is_found;
use crate::permissions::pattern::{Budget, PatternError};
use crate::permissions::{Call, Host, Need, Problems, Unpacker};

/// A call and its context, in the order in which they are packed.
pub struct PackedCall<'p> {
    action: &'p str,
    resource: &'p str,
    /// The agent's name, if it is known.
    pub agent: Option<&'p str>,
    /// Empty if there is none.
    address: Option<&'p str>,
    time_of_day: Option<&'p str>,
    calls: Option<u32>,
    /// Whether the arguments are longer than a decision has steps. Then they are left out.
    is_too_long: bool,
    arguments: Option<Vec<(&'p str, &'p str)>>,
}

impl<'p> PackedCall<'p> {
    /// Reads a call; `None` if the plan does not fit the text.
    pub fn read(mut packed: Unpacker<'p>) -> Option<Self> {
        let (action, resource) = (packed.text(), packed.text());
        let (agent, address, time_of_day) = (packed.optional_text(), packed.optional_text(), packed.optional_text());
        let calls = if packed.number() == 0 { None } else { Some(packed.number()) };
        let is_too_long = packed.number() == 1;
        let arguments = packed.number().checked_sub(1).map(|count| {
            let mut pairs = Vec::new();
            while (pairs.len() as u32) < count / 2 && packed.fits() {
                pairs.push((packed.text(), packed.text()));
            }
            pairs
        });
        packed.fits().then_some(Self { action, resource, agent, address, time_of_day, calls, is_too_long, arguments })
    }

    /// The call. Its agent is not named: `explain` describes calls that no permission grants.
    pub fn call(&self) -> Call<'_> {
        Call { agent: "", action: self.action, resource: self.resource, arguments: self.arguments.as_deref() }
    }

    /// What is known around the call, with the budget of one decision.
    pub fn host<'c>(&'c self, problems: &'c Problems) -> KnownHost<'c> {
        let budget = if self.is_too_long { Budget::new(0) } else { Budget::default() };
        KnownHost { call: self, problems, budget }
    }
}

/// What is known around a call.
pub struct KnownHost<'c> {
    call: &'c PackedCall<'c>,
    problems: &'c Problems,
    budget: Budget,
}

impl Host for KnownHost<'_> {
    fn count(&mut self, _: &str, limit: u32) -> Option<u32> {
        self.call.calls.filter(|calls| *calls >= limit)
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError> {
        is_found(pattern, self.problems.of(pattern), text, &mut self.budget)
    }

    fn time_of_day(&mut self) -> String {
        self.call.time_of_day.unwrap_or_default().to_owned()
    }

    fn address(&mut self) -> Option<String> {
        self.call.address.map(str::to_owned)
    }

    fn lacks(&self, need: &Need) -> bool {
        match need {
            Need::CallsInLastHour => self.call.calls.is_none(),
            Need::Timezone => self.call.time_of_day.is_none(),
            Need::Ip => self.call.address.is_none(),
            Need::Constraint(_) => true,
        }
    }
}
