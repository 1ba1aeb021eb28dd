//! Rows of the same call.

use super::columns::{Columns, PARAMETERS, RESULT};
use super::swar::equal;

/// What the rows of a call have in common: all texts but the result and the reason, and the parameters.
const CALL: [u32; 5] = [0, 1, 2, 3, PARAMETERS as u32];

/// How long after the first row of a call its second may be written, in milliseconds. Servers cut timestamps to the second, and the
/// two may lie on either side of its end.
const APART: f64 = 1000.0;

/// What is known of the row, the call and the agent with the same number.
#[derive(Clone, Copy, Default)]
struct Mark {
    /// Of a call: the last of its rows that wait for another, as its place plus one.
    waits: u32,
    /// Of a row: what waited before it.
    before: u32,
    /// Of an agent: whether delegated permissions have allowed one of its calls.
    is_holder: bool,
}

/// A row that says how a call ended, and has another.
const PAIRED: u8 = 2;

impl Columns {
    /// Flags rows with 1 that do not say how a call ended.
    ///
    /// If an agent's own permissions deny a call, servers decide it once more by those that were delegated to the agent, and write a
    /// row for each. So a row that denies is flagged if the same call was allowed right after it. If delegation denies too, the two rows
    /// are equal. They are one call of an agent that holds delegated permissions, which shows where another of its calls was allowed by
    /// them. Of all other agents, equal rows are as many calls.
    pub fn superseded(&self, rows: &[u32]) -> Vec<u8> {
        let calls = self.numbered(rows, &CALL, None);
        let mut flags = vec![0; rows.len()];
        let mut marks = vec![Mark::default(); self.len()];
        // The newest second comes first, but what was written within one is in order. So a call was allowed in the same second by a row
        // after that which denied it, or in the next second by a row before it. Then what was denied twice.
        for (waits_allowed, is_allowed) in [(false, true), (true, false), (false, false)] {
            for mark in &mut marks {
                mark.waits = 0;
            }
            for (place, call) in calls.iter().enumerate() {
                self.pair(rows, place, *call as usize, &mut flags, &mut marks, waits_allowed, is_allowed);
            }
        }
        flags
    }

    /// Pairs a row with one of its call that waits, or has it wait. `None` is of no meaning.
    #[allow(clippy::too_many_arguments)]
    fn pair(
        &self,
        rows: &[u32],
        place: usize,
        call: usize,
        flags: &mut [u8],
        marks: &mut [Mark],
        waits_allowed: bool,
        is_allowed: bool,
    ) -> Option<()> {
        let row = *rows.get(place)?;
        let entry = self.entry(row)?;
        let [agent, .., result, reason, _, _] = entry.texts;
        let allows = equal(self.texts(RESULT as u32)?.get(result), b"allowed");
        let waits = marks.get(call)?.waits;
        if *flags.get(place)? > 0 {
            return None;
        }
        if allows == is_allowed
            && let Some(other) = waits.checked_sub(1)
            && let other_row = *rows.get(other as usize)?
            && let first = self.entry(other_row)?
            && let [.., why, _, _] = first.texts
            && let later = first.time - entry.time
            && if allows {
                later == 0.0 && other_row < row
            } else if waits_allowed {
                later <= APART && (later > 0.0 || other_row > row)
            } else {
                later <= APART && why == reason && marks.get(agent as usize)?.is_holder
            }
        {
            let other = other as usize;
            *flags.get_mut(place)? = if waits_allowed { 1 } else { PAIRED };
            *flags.get_mut(other)? = if waits_allowed { PAIRED } else { 1 };
            marks.get_mut(agent as usize)?.is_holder = true;
            marks.get_mut(call)?.waits = marks.get(other)?.before;
        } else if allows == waits_allowed {
            marks.get_mut(place)?.before = waits;
            marks.get_mut(call)?.waits = place as u32 + 1;
        }
        None
    }
}
