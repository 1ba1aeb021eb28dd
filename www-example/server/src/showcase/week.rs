//! The rhythm of the week: when calls are made, by the clock on the wall of this machine.

use super::company::Hours;
use crate::clock::{self, Millis};
use fastrand::Rng;

pub const MINUTE: Millis = 60_000;
pub const HOUR: Millis = 60 * MINUTE;
pub const DAY: Millis = 24 * HOUR;
const MINUTES: i64 = 7 * 24 * 60;
/// How much of an office is at work in each hour of a working day.
const OFFICE: [f64; 24] = [
    0.01, 0.01, 0.01, 0.01, 0.01, 0.02, 0.05, 0.2, 0.55, 0.9, 1.0, 0.95, 0.6, 0.7, 0.95, 0.9, 0.8, 0.55, 0.3, 0.2,
    0.15, 0.1, 0.05, 0.02,
];
const WEEKEND: f64 = 0.12;
/// The most that a minute differs from the ones beside it, as a factor.
const UNEVEN: f64 = 2.5;

/// When an agent works, and how much.
pub struct Shift {
    pub hours: Hours,
    pub share: f64,
    pub from: Millis,
    pub until: Millis,
}

impl Shift {
    /// How much of the traffic is this agent's in that minute.
    fn weight(&self, minute: &Minute) -> f64 {
        if minute.start < self.from || minute.start + MINUTE > self.until {
            return 0.0;
        }
        self.share
            * match self.hours {
                Hours::Office => minute.office,
                Hours::Always => 0.12 + 0.4 * minute.office,
                Hours::Nights => {
                    if (1..4).contains(&minute.hour) {
                        0.8
                    } else {
                        0.02
                    }
                }
                Hours::Batches => {
                    if minute.of_hour < 12 {
                        4.0 * minute.office
                    } else {
                        0.0
                    }
                }
            }
    }
}

struct Minute {
    start: Millis,
    hour: usize,
    of_hour: i64,
    office: f64,
}

impl Minute {
    fn starting(start: Millis) -> Self {
        let time = clock::on_the_wall(start);
        let hour = usize::try_from(time.hour).unwrap_or_default();
        let at_work = if time.weekday < 5 { 1.0 } else { WEEKEND };
        Self { start, hour, of_hour: time.minute, office: at_work * OFFICE[hour] }
    }
}

/// `count` moments of the last seven days with the number of the one who calls, the newest a minute ago.
pub fn moments(count: usize, shifts: &[Shift], now: Millis, random: &mut Rng) -> Vec<(Millis, usize)> {
    let newest = now - MINUTE;
    let mut total = 0.0;
    let minutes: Vec<(Minute, f64)> = (1..=MINUTES)
        .rev()
        .map(|ago| {
            let minute = Minute::starting(newest - ago * MINUTE);
            let weight: f64 = shifts.iter().map(|shift| shift.weight(&minute)).sum();
            total += weight * UNEVEN.powf(random.f64() - 0.5);
            (minute, total)
        })
        .collect();
    let mut upcoming = minutes.iter().peekable();
    let mut before = 0.0;
    (0..count)
        .filter_map(|number| {
            let last = number + 1 == count;
            // One in each of as many equal parts of the week's work: in order, and yet nowhere regular.
            let point = if last { total } else { (number as f64 + random.f64()) / count as f64 * total };
            while upcoming.peek().is_some_and(|(_, until)| *until < point) {
                before = upcoming.next().map_or(before, |(_, until)| *until);
            }
            let (minute, until) = upcoming.peek()?;
            let within = (point - before) / (until - before);
            let at = if last { newest } else { minute.start + (within * MINUTE as f64) as Millis };
            Some((at, chosen(shifts.iter().map(|shift| shift.weight(minute)), random)?))
        })
        .collect()
}

/// The moment at which the incident begins: in the morning of this day, hours ago if that can be.
pub fn incident_start(now: Millis) -> Millis {
    let today = clock::start_of_day(now);
    let usual = 9 * HOUR + 10 * MINUTE;
    let start = now.min(today + usual + 3 * HOUR) - 3 * HOUR;
    // Just after midnight no morning is hours ago but the one before.
    if start >= today { start } else { today - DAY + usual }
}

/// The number of one of them, at random, by its weight.
pub fn chosen(weights: impl Iterator<Item = f64> + Clone, random: &mut Rng) -> Option<usize> {
    let mut left = random.f64() * weights.clone().sum::<f64>();
    let mut last = None;
    for (number, weight) in weights.enumerate().filter(|(_, weight)| *weight > 0.0) {
        last = Some(number);
        left -= weight;
        if left < 0.0 {
            break;
        }
    }
    last
}
