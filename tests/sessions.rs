//! The decisions about people's sessions (src/session): single events, and two tabs with events in any order.
#![cfg(not(target_arch = "wasm32"))]

use kavachos_wasm::session::{Effects, Event, Facts, Moment, Phase, Reason, State, Step, next, stamp};
use proptest::prelude::*;
use std::collections::{HashSet, VecDeque};

const NOW: f64 = 1_796_000_000_000.0;

fn at(mine: f64, its: f64, deadline: f64) -> Moment {
    Moment { mine, its, deadline, now: NOW, reason: Reason::None }
}

fn facts(all: &[Facts]) -> Facts {
    Facts(all.iter().fold(0, |all, fact| all | fact.0))
}

fn follow(phase: Phase, event: Event, known: &[Facts], moment: Moment) -> (State, Effects) {
    let state = if phase == Phase::SignedOut { State::out(Reason::Expired) } else { State::of(phase) };
    let Step { state, effects } = next(state, event, facts(known), moment);
    (state, effects)
}

#[test]
fn what_a_storage_holds_is_checked_and_what_is_expired_is_not() {
    let later = at(0.0, 5.0, NOW + 1.0);
    let (state, effects) = follow(Phase::Loading, Event::Restored, &[Facts::HELD], later);
    assert!(state.phase == Phase::Loading && effects.has(Effects::CHECK) && effects.has(Effects::TAKE));
    let (state, effects) = follow(Phase::Loading, Event::Restored, &[Facts::HELD], at(0.0, 5.0, NOW));
    assert!(state == State::out(Reason::Expired) && effects.has(Effects::DROP) && !effects.has(Effects::TAKE));
    assert_eq!(follow(Phase::Loading, Event::Restored, &[], later).0, State::out(Reason::None));
    let (state, effects) = follow(Phase::Loading, Event::Restored, &[Facts::COOKIE], later);
    assert!(state.phase == Phase::Loading && effects.has(Effects::CHECK), "only the server knows of a cookie");
}

#[test]
fn an_outage_is_no_refusal() {
    let held = [Facts::HELD, Facts::CURRENT];
    let moment = at(5.0, 5.0, NOW + 1.0);
    assert_eq!(follow(Phase::Loading, Event::Unreachable, &held, moment).0, State::of(Phase::Unknown));
    assert_eq!(follow(Phase::SignedIn, Event::Unreachable, &held, moment).0, State::of(Phase::SignedIn));
    assert_eq!(follow(Phase::SignedIn, Event::Refused, &held, moment).0, State::out(Reason::Revoked));
    assert_eq!(follow(Phase::SignedIn, Event::Refused, &held, at(5.0, 5.0, NOW)).0, State::out(Reason::Expired));
    let stale = follow(Phase::SignedIn, Event::Refused, &[Facts::HELD], moment);
    assert_eq!(stale, (State::of(Phase::SignedIn), Effects::default()), "it is about another session");
}

#[test]
fn a_session_that_was_dropped_does_not_come_back_by_an_answer() {
    let current = [Facts::CURRENT, Facts::HELD];
    let (state, _) = follow(Phase::SignedOut, Event::Accepted, &current, at(5.0, 5.0, NOW + 1.0));
    assert_eq!(state, State::out(Reason::Expired));
    let (state, effects) =
        follow(Phase::SignedOut, Event::Accepted, &[Facts::CURRENT, Facts::COOKIE], at(5.0, 5.0, NOW + 1.0));
    assert!(state == State::of(Phase::SignedIn) && effects.has(Effects::STAMP) && effects.has(Effects::TELL));
}

#[test]
fn the_person_who_impersonates_comes_back() {
    let held = [Facts::HELD, Facts::BELOW, Facts::CURRENT];
    for event in [Event::Refused, Event::Ended] {
        let (state, effects) = follow(Phase::SignedIn, event, &held, at(5.0, 6.0, NOW + 1.0));
        assert!(state == State::of(Phase::Loading) && effects == Effects::POP, "{event:?}");
    }
    assert_eq!(follow(Phase::SignedIn, Event::Time, &held, at(5.0, 6.0, NOW)).1, Effects::POP);
    let all = [Facts::HELD, Facts::BELOW, Facts::ALL];
    let (state, effects) = follow(Phase::SignedIn, Event::Ended, &all, at(5.0, 6.0, NOW + 1.0));
    assert!(state.phase == Phase::SignedOut && effects.has(Effects::DROP));
}

#[test]
fn a_token_is_renewed_before_and_after_its_end() {
    let held = [Facts::HELD, Facts::CAN_REFRESH, Facts::CURRENT];
    let time = |deadline| follow(Phase::SignedIn, Event::Time, &held, at(5.0, 5.0, deadline));
    assert_eq!(time(NOW + 190_000.0), (State::of(Phase::SignedIn), Effects::default()));
    assert_eq!(time(NOW + 170_000.0), (State::of(Phase::SignedIn), Effects::REFRESH));
    assert_eq!(time(NOW), (State::of(Phase::Unknown), Effects::REFRESH));
    let away = |deadline| follow(Phase::SignedIn, Event::RefreshUnreachable, &held, at(5.0, 5.0, deadline)).0;
    assert_eq!((away(NOW + 1.0).phase, away(NOW).phase), (Phase::SignedIn, Phase::Unknown));
    let (state, _) = follow(Phase::Unknown, Event::RefreshRefused, &held, at(5.0, 5.0, NOW));
    assert_eq!(state, State::out(Reason::Expired));
}

#[test]
fn somebody_elses_session_that_cannot_be_had_ends_this_one() {
    let moment = at(5.0, 6.0, NOW + 1.0);
    let tab = |known: &[Facts]| follow(Phase::SignedIn, Event::TabIn, known, moment);
    let (state, effects) = tab(&[Facts::HELD]);
    assert!(state == State::out(Reason::Replaced) && effects.has(Effects::DROP) && effects.has(Effects::END));
    assert!(!effects.has(Effects::TELL), "that would end the other one's");
    assert_eq!(tab(&[Facts::HELD, Facts::SAME_USER]), (State::of(Phase::SignedIn), Effects::MARK));
    assert_eq!(tab(&[Facts::HELD, Facts::SHARED]), (State::of(Phase::SignedIn), Effects::TAKE));
    let (state, effects) = tab(&[Facts::HELD, Facts::COOKIE]);
    assert!(state == State::of(Phase::Loading) && effects.has(Effects::CHECK));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20_000) })]

    /// Whatever the numbers: they come back in range, and nobody is signed in by what is expired or refused.
    #[test]
    fn numbers_of_every_kind(
        state: u32, event in 0u32..16, known: u32, reason in 0u32..9,
        mine in any::<f64>(), its in any::<f64>(), deadline in any::<f64>(), now in any::<f64>(),
    ) {
        let before = State::unpack(state);
        let event = Event::of(event);
        let moment = Moment { mine, its, deadline, now, reason: Reason::of(reason) };
        let Step { state: after, effects } = next(before, event, Facts(known), moment);
        prop_assert_eq!(State::unpack(Step { state: after, effects }.pack()), after);
        let became = after.phase == Phase::SignedIn && before.phase != Phase::SignedIn;
        prop_assert!(!became || now < deadline, "{:?} {:?}", event, moment);
        let held = Facts(known).has(Facts::HELD);
        let is_before = now < deadline;
        if matches!(event, Event::Time | Event::Accepted) && held && Facts(known).has(Facts::CURRENT) && !is_before {
            prop_assert!(after.phase != Phase::SignedIn);
        }
        if matches!(event, Event::Refused | Event::RefreshRefused) && Facts(known).has(Facts::CURRENT) {
            prop_assert!(after.phase != Phase::SignedIn);
        }
        // Who is signed out keeps no token, and who is signed in drops none.
        if before.phase != Phase::SignedOut && after.phase == Phase::SignedOut && held && event != Event::Restored {
            prop_assert!(effects.has(Effects::DROP));
        }
        prop_assert!(!(effects.has(Effects::DROP) && effects.has(Effects::TAKE)));
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Session {
    user: u8,
    token: u32,
    deadline: f64,
}

/// What tabs tell each other, and what they write.
#[derive(Clone, Copy, Debug)]
struct News {
    stamp: f64,
    session: Option<Session>,
    reason: Reason,
}

#[derive(Debug)]
struct Tab {
    state: State,
    stamp: f64,
    held: Option<Session>,
    version: u32,
    inbox: VecDeque<News>,
    asked: Vec<(u32, u32)>,
}

#[derive(Debug)]
struct World {
    tabs: [Tab; 2],
    storage: Option<News>,
    is_shared: bool,
    now: f64,
    tokens: u32,
    revoked: HashSet<u32>,
}

impl World {
    fn new(is_shared: bool) -> Self {
        let tab = || Tab {
            state: State::of(Phase::Loading),
            stamp: 0.0,
            held: None,
            version: 0,
            inbox: VecDeque::new(),
            asked: Vec::new(),
        };
        let tabs = [tab(), tab()];
        let mut world = Self { tabs, storage: None, is_shared, now: NOW, tokens: 0, revoked: HashSet::new() };
        for tab in 0..2 {
            world.apply(tab, Event::Restored, Facts::default(), 0.0, None, Reason::None);
        }
        world
    }

    /// What src/host/session/core.js does.
    fn apply(&mut self, tab: usize, event: Event, known: Facts, its: f64, theirs: Option<Session>, reason: Reason) {
        let now = self.now;
        let before = self.tabs[tab].held;
        let deadline = theirs.or(before).map_or(f64::INFINITY, |session| session.deadline);
        let is_same = before.zip(theirs).is_some_and(|(a, b)| a.user == b.user);
        let known = known.with(Facts::HELD, before.is_some()).with(Facts::SAME_USER, is_same);
        let mine = self.tabs[tab].stamp;
        let Step { state, effects } =
            next(self.tabs[tab].state, event, known, Moment { mine, its, deadline, now, reason });
        let here = &mut self.tabs[tab];
        here.state = state;
        if effects.has(Effects::TAKE) {
            here.held = theirs;
        }
        if effects.has(Effects::DROP) {
            here.held = None;
        }
        if here.held != before {
            here.version += 1;
        }
        if effects.has(Effects::TAKE) || effects.has(Effects::MARK) {
            here.stamp = its;
        }
        if effects.has(Effects::STAMP) {
            here.stamp = stamp(here.stamp, now, tab as f64 / 2.0);
        }
        let news = News { stamp: here.stamp, session: here.held, reason: state.reason };
        if effects.has(Effects::END) {
            self.revoked.extend(before.map(|session| session.token));
        }
        if effects.has(Effects::KEEP) && self.is_shared {
            match self.storage {
                Some(there) if there.stamp > news.stamp => return self.absorb(tab, there),
                _ => self.storage = Some(news),
            }
        }
        if effects.has(Effects::TELL) {
            self.tabs[1 - tab].inbox.push_back(news);
        }
    }

    fn absorb(&mut self, tab: usize, there: News) {
        let event = if there.session.is_some() { Event::TabIn } else { Event::TabOut };
        self.apply(tab, event, Facts::SHARED, there.stamp, there.session, there.reason);
    }

    fn receive(&mut self, tab: usize, news: News) {
        match self.storage {
            Some(there) if self.is_shared && news.session.is_some() && there.stamp >= news.stamp => {
                self.absorb(tab, there);
            }
            _ => {
                let event = if news.session.is_some() { Event::TabIn } else { Event::TabOut };
                let known = Facts::default().with(Facts::SHARED, self.is_shared && news.session.is_none());
                self.apply(tab, event, known, news.stamp, news.session, news.reason);
            }
        }
    }

    fn act(&mut self, (tab, action, number): (usize, u8, u8)) {
        let now = self.now;
        match action {
            0 => {
                self.tokens += 1;
                let deadline = now + f64::from(number) * 1000.0;
                let session = Session { user: number % 3, token: self.tokens, deadline };
                self.apply(tab, Event::Began, Facts::default(), self.tabs[tab].stamp, Some(session), Reason::None);
            }
            1 => {
                self.revoked.extend(self.tabs[tab].held.map(|session| session.token));
                let its = stamp(self.tabs[tab].stamp, now, tab as f64 / 2.0);
                self.apply(tab, Event::Ended, Facts::default(), its, None, Reason::SignedOut);
            }
            2 => self.now += f64::from(number) * 400.0,
            3 => self.apply(tab, Event::Time, Facts::default(), 0.0, None, Reason::None),
            4 => {
                if let Some(session) = self.tabs[tab].held {
                    let asked = (self.tabs[tab].version, session.token);
                    self.tabs[tab].asked.push(asked);
                }
            }
            5 => {
                if let Some((version, token)) = self.tabs[tab].asked.pop() {
                    let event = match (number % 4, self.revoked.contains(&token)) {
                        (0, _) => Event::Unreachable,
                        (_, true) => Event::Refused,
                        (_, false) => Event::Accepted,
                    };
                    let current = Facts::default().with(Facts::CURRENT, version == self.tabs[tab].version);
                    self.apply(tab, event, current, 0.0, None, Reason::None);
                }
            }
            6 => self.revoked.extend(self.tabs[tab].held.map(|session| session.token)),
            _ => {
                if let Some(news) = self.tabs[tab].inbox.pop_front() {
                    self.receive(tab, news);
                }
            }
        }
        // The reader of the state looks at the clock first.
        if number % 2 == 0 {
            self.apply(tab, Event::Time, Facts::default(), 0.0, None, Reason::None);
            let here = &self.tabs[tab];
            let is_in = here.state.phase == Phase::SignedIn;
            assert!(!is_in || here.held.is_some_and(|session| self.now < session.deadline), "{here:?}");
        }
    }

    /// Everything is delivered, and every timer fires.
    fn settle(&mut self) {
        for _ in 0..100 {
            for tab in 0..2 {
                while let Some(news) = self.tabs[tab].inbox.pop_front() {
                    self.receive(tab, news);
                }
                self.apply(tab, Event::Time, Facts::default(), 0.0, None, Reason::None);
            }
            if self.tabs.iter().all(|tab| tab.inbox.is_empty()) {
                return;
            }
        }
        panic!("they never stop talking: {self:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20_000) })]

    #[test]
    fn two_tabs_agree(
        is_shared: bool,
        actions in prop::collection::vec((0usize..2, 0u8..10, any::<u8>()), 0..40),
    ) {
        let mut world = World::new(is_shared);
        for action in actions {
            world.act(action);
        }
        world.settle();
        let [one, other] = &world.tabs;
        if let (Some(a), Some(b)) = (one.held, other.held) {
            prop_assert_eq!(a.user, b.user, "{:?}", world);
        }
        for tab in &world.tabs {
            let is_in = tab.state.phase == Phase::SignedIn;
            prop_assert!(!is_in || tab.held.is_some_and(|session| world.now < session.deadline), "{:?}", world);
        }
        if is_shared {
            let nobody = |tab: &Tab| (tab.state.phase == Phase::SignedOut, tab.held.map(|session| session.token));
            prop_assert_eq!(nobody(one), nobody(other), "{:?}", world);
            // Tabs in which nothing has happened since they were opened have nothing to give a reason for.
            let is_told = one.stamp > 0.0 && other.stamp > 0.0;
            prop_assert!(!is_told || one.state.reason == other.state.reason, "{:?}", world);
        }
    }
}
