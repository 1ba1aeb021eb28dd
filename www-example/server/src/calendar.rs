//! The Gregorian calendar, into the past and the future without end.

/// A day.
#[derive(Debug, PartialEq, Eq)]
pub struct Date {
    pub year: i64,
    pub month: i64,
    pub day: i64,
}

/// The calendar repeats every 400 years.
const CYCLE: i64 = 146_097;
/// The days from 1 March of the year 0 to 1 January 1970.
const TO_1970: i64 = 719_468;

/// The days since 1970 of a date, if there is that date.
pub fn days_of(date: &Date) -> Option<i64> {
    let Date { year, month, day } = date;
    if !(1..=12).contains(month) || *day < 1 {
        return None;
    }
    // Years that begin in March have the day that some of them lack at their end.
    let (year, month) = if *month > 2 { (*year, month - 3) } else { (year - 1, month + 9) };
    let of_cycle = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    let days = of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year;
    let days = year.div_euclid(400) * CYCLE + days - TO_1970;
    (date_of(days) == *date).then_some(days)
}

/// The date of so many days since 1970.
pub fn date_of(days: i64) -> Date {
    let days = days + TO_1970;
    let of_cycle = days.rem_euclid(CYCLE);
    let year = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let year = year + days.div_euclid(CYCLE) * 400;
    if month < 10 { Date { year, month: month + 3, day } } else { Date { year: year + 1, month: month - 9, day } }
}
