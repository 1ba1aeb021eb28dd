//! Lists of permissions, which JavaScript knows by a number.

use super::call::PackedCall;
use crate::permissions::{self, Judgement, Matcher, Mode, Packer, PermissionList, Unpacker, is_constrained};
use crate::static_cell::StaticCell;

/// A list of permissions, and how to find the one that decides.
pub struct PreparedList {
    /// The list.
    pub list: PermissionList,
    mode: Mode,
    /// For each permission whether there is anything to judge.
    constrained: Vec<bool>,
    matcher: Option<Matcher>,
}

/// A number is used again once its list has been closed.
static LISTS: StaticCell<Vec<Option<Box<PreparedList>>>> = StaticCell::new(Vec::new());

/// Keeps a list; returns its number.
pub fn open(list: PreparedList) -> usize {
    let list = Some(Box::new(list));
    LISTS.with(|lists| match lists.iter_mut().enumerate().find(|(_, place)| place.is_none()) {
        Some((number, place)) => {
            *place = list;
            number
        }
        None => {
            lists.push(list);
            lists.len() - 1
        }
    })
}

/// The list of that number.
#[inline(always)]
pub fn list(number: usize) -> Option<&'static PreparedList> {
    LISTS.get().get(number)?.as_deref()
}

/// Forgets a list.
pub fn close(number: usize) {
    // It is gone from its place before it is taken apart.
    let closed = LISTS.with(|lists| lists.get_mut(number).and_then(Option::take));
    drop(closed);
}

impl PreparedList {
    /// Reads a list. One that cannot be read grants nothing.
    pub fn new(unpacker: Unpacker<'_>, is_strict: bool, is_prepared: bool) -> Self {
        let list = unpacker.permissions().unwrap_or_default();
        let mode = if is_strict { Mode::Strict } else { Mode::Server };
        let mut constrained = Vec::new();
        list.permissions.iter().for_each(|permission| constrained.push(is_constrained(permission)));
        for one in &list.unknown {
            if let Some(constrained) = constrained.get_mut(one.index) {
                *constrained = true;
            }
        }
        let matcher = is_prepared.then(|| Matcher::new(mode, &list.permissions));
        Self { list, mode, constrained, matcher }
    }

    /// The index of the permission that decides about that action on that resource.
    #[inline(always)]
    pub fn find(&self, action: &[u8], resource: &[u8]) -> Option<usize> {
        self.matcher.as_ref()?.find(action, resource)
    }

    /// Whether the permission at `index` has anything to judge.
    #[inline(always)]
    pub fn is_constrained(&self, index: usize) -> bool {
        self.constrained.get(index) == Some(&true)
    }

    /// Judges the constraints of the permission at `index`.
    pub fn judge(&self, index: usize, packed: &PackedCall<'_>) -> Judgement {
        let constraints = self.list.permissions.get(index).and_then(|permission| permission.constraints.as_ref());
        let mut host = packed.host(&self.list.problems);
        permissions::judge(self.mode, constraints, (&self.list.unknown, index), &packed.call(), &mut host)
    }

    /// Explains the decision about a call.
    pub fn explain(&self, packed: &PackedCall<'_>, answer: &mut Packer) {
        let call = packed.call();
        let decisive = self.find(call.action.as_bytes(), call.resource.as_bytes());
        let mut host = packed.host(&self.list.problems);
        permissions::explain(self.mode, &self.list, decisive, packed.agent, &call, &mut host, answer);
    }
}
