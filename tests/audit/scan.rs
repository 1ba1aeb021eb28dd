//! What counts audit entries, against `serde_json` and plain loops.

mod csv;

use kavachos_wasm::scan::{Columns, HostParser, Intervals, PageError, Selection, TEXTS};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

struct Native;

impl HostParser for Native {
    fn number(&self, text: &[u8]) -> f64 {
        str::from_utf8(text).unwrap().parse().unwrap_or(f64::NAN)
    }
    fn timestamp(&self, text: &[u8]) -> f64 {
        milliseconds(&String::from_utf8_lossy(text))
    }
}

fn milliseconds(text: &str) -> f64 {
    text.parse::<jiff::Timestamp>().map_or(f64::NAN, |moment| moment.as_millisecond() as f64)
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |number| serde_json::Number::from_f64(number).map(Value::Number)),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-z\\\\\"{}\\[\\]]{0,4}", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Texts of which some come again.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab]",
        ".{0,20}",
        "[\"\\\\\n\u{1}é😀]{0,6}",
        prop::sample::select(vec!["denied", "allowed", "rate_limited"]).prop_map(ToOwned::to_owned),
        "(This action requires human approval before execution|Rate limit exceeded: )\"?",
    ]
}

fn entry() -> impl Strategy<Value = Value> {
    let numbers = (
        prop_oneof![(0..3000_u32).prop_map(f64::from), any::<f64>().prop_filter("finite", |n| n.is_finite())],
        prop::option::of(0.0..10.0_f64),
    );
    let texts = prop::collection::vec(word(), 6);
    (0..60_u32, texts, any::<bool>(), numbers, value(), value(), 0..4_000_000_000_000_i64).prop_map(
        |(id, texts, has_reason, (duration, cost), parameter, extra, time)| {
            let mut entry = Map::new();
            entry.insert("extra".to_owned(), extra);
            entry.insert("id".to_owned(), json!(format!("id-{id}")));
            for (name, text) in TEXTS.iter().zip(texts).filter(|(name, _)| has_reason || **name != "reason") {
                entry.insert((*name).to_owned(), json!(text));
            }
            entry.insert("parameters".to_owned(), json!({ "p": parameter }));
            entry.insert("durationMs".to_owned(), json!(duration));
            entry.insert("tokensCost".to_owned(), json!(cost));
            let moment = jiff::Timestamp::from_millisecond(time).unwrap();
            entry.insert("timestamp".to_owned(), json!(format!("{moment:.3}")));
            Value::Object(entry)
        },
    )
}

/// A page as servers write it.
fn written(entries: &[Value], form: u8) -> String {
    let list = json!(entries);
    match form % 6 {
        0 => list.to_string(),
        1 => format!(" {list:#}\n"),
        2 => json!({ "data": entries }).to_string(),
        3 => format!("{:#}", json!({ "entries": entries, "total": 7 })),
        4 => json!({ "success": true, "meta": [[{ "data": [] }]], "data": { "total": 7, "entries": entries } })
            .to_string(),
        _ => format!(
            "\u{feff}{}",
            list.to_string().replace('/', "\\/").replace('a', "\\u0061").replace("n\\u0061", "na")
        ),
    }
}

/// How an entry ended, by the sentences that servers write.
fn outcome(entry: &Value) -> String {
    let reason = entry["reason"].as_str().unwrap_or_default();
    match entry["result"].as_str().unwrap() {
        "denied" if reason == "This action requires human approval before execution" => "needs_approval",
        "denied" if reason.starts_with("Rate limit exceeded: ") => "rate_limited",
        result => result,
    }
    .to_owned()
}

/// The text of a field of a row, as it is found by the ends of all texts.
fn kept_text(columns: &Columns, row: u32, field: usize) -> Option<String> {
    let number = columns.number(row, field as u32)? as usize;
    let (bytes, mut ends) = columns.texts(field as u32)?.after(number);
    Some(String::from_utf8(bytes[..ends.next()? as usize].to_vec()).unwrap())
}

/// What an entry has in a field, which is given by its number.
fn field(entry: &Value, number: usize) -> Option<String> {
    TEXTS.get(number).map_or_else(|| Some(outcome(entry)), |name| text(entry, name))
}

fn text(entry: &Value, name: &str) -> Option<String> {
    entry[name].as_str().map(ToOwned::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn finds_what_plain_loops_find(
        pages in prop::collection::vec((prop::collection::vec(entry(), 0..12), 0..5_u8), 1..4),
        fields in prop::sample::subsequence(vec![0_u32, 1, 2, 3, 4, 5, 6], 0..4),
        chosen in prop::collection::vec(any::<bool>(), 36),
        (of, or_missing) in (0..7_usize, any::<bool>()),
        interval in prop::sample::select(vec![0.0, 60_000.0, 86_400_000.0]),
    ) {
        let mut columns = Columns::new(Selection::ALL);
        let mut kept: Vec<(usize, Value)> = Vec::new();
        let texts: Vec<String> = pages.iter().map(|(entries, form)| written(entries, *form)).collect();
        for (page, (entries, _)) in pages.iter().enumerate() {
            let added = columns.add(texts[page].as_bytes(), &Native).unwrap();
            let before = kept.len();
            for entry in entries {
                if !kept.iter().any(|(_, known)| known["id"] == entry["id"]) {
                    kept.push((page, entry.clone()));
                }
            }
            prop_assert_eq!((added.count, added.fresh), (entries.len() as u32, (kept.len() - before) as u32));
            prop_assert_eq!(added.kept, added.fresh);
            let newest = entries.first().and_then(|first| text(first, "timestamp"));
            prop_assert_eq!(Some(added.newest).filter(|time| !time.is_nan()), newest.map(|text| milliseconds(&text)));
        }
        let time = |entry: &Value| milliseconds(entry["timestamp"].as_str().unwrap());
        prop_assert_eq!(columns.location(kept.len() as u32), None);
        // Pages of which nothing is kept have no number.
        let kept_pages: Vec<usize> = (0..pages.len()).filter(|page| kept.iter().any(|(of, _)| of == page)).collect();
        for (index, (page, entry)) in kept.iter().enumerate() {
            let index = index as u32;
            let place = columns.location(index).unwrap();
            prop_assert_eq!(kept_pages[place.page as usize], *page);
            let slice = &texts[*page].as_bytes()[place.start as usize..place.end as usize];
            // Read twice: this parser may miss the last bit of a number.
            let again: Value = serde_json::from_str(&entry.to_string()).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Value>(slice).unwrap(), again);
            for number in 0..7 {
                prop_assert_eq!(kept_text(&columns, index, number), field(entry, number));
            }
            prop_assert_eq!(columns.time(index), time(entry));
        }

        // All rows, and only some of them, in another order.
        let all: Vec<u32> = (0..kept.len() as u32).collect();
        let some: Vec<u32> = all.iter().rev().copied().filter(|row| chosen[*row as usize]).collect();
        let entry = |row: &u32| &kept[*row as usize].1;
        for rows in [&all, &some] {
            let mut groups: BTreeMap<String, u32> = BTreeMap::new();
            for entry in rows.iter().map(entry) {
                *groups.entry(key(entry, &fields, interval, time(entry))).or_default() += 1;
            }
            let intervals = Intervals { length: interval, shifts: &UTC };
            let found = columns.group(rows, &fields, (interval > 0.0).then_some(intervals));
            for group in &found {
                prop_assert!(rows.contains(&group.first));
                let begin = (time(entry(&group.first)) / interval).floor() * interval;
                prop_assert_eq!(Some(group.begin).filter(|begin| !begin.is_nan()), (interval > 0.0).then_some(begin));
            }
            let found: BTreeMap<String, u32> = found.iter().map(|group| {
                let first = entry(&group.first);
                (key(first, &fields, interval, time(first)), group.count)
            }).collect();
            prop_assert_eq!(found, groups);
            for (which, name) in [(0, "durationMs"), (1, "tokensCost")] {
                let expected: Vec<Option<f64>> = rows.iter().map(|row| entry(row)[name].as_f64()).collect();
                let found = columns.numbers(rows, which);
                let known: Vec<Option<f64>> = found.map(|number| (!number.is_nan()).then_some(number)).collect();
                prop_assert_eq!(known, expected);
            }
            let times: Vec<f64> = rows.iter().map(|row| time(entry(row))).collect();
            prop_assert_eq!(columns.numbers(rows, 2).collect::<Vec<_>>(), times);
            let filtered = |keeps: &dyn Fn(&Value) -> bool| -> Vec<u32> {
                rows.iter().copied().filter(|row| keeps(entry(row))).collect()
            };
            // Every other text of a member.
            let (_, ends) = columns.texts(of as u32).unwrap().after(0);
            let wanted: Vec<u8> = (0..ends.len()).map(|number| u8::from(number % 2 == 0)).collect();
            let texts: Vec<Option<String>> = all.iter().map(|row| kept_text(&columns, *row, of)).collect();
            let mut distinct: Vec<&str> = Vec::new();
            for text in texts.iter().flatten() {
                if !distinct.contains(&text.as_str()) {
                    distinct.push(text);
                }
            }
            let keeps = |entry: &Value| match field(entry, of) {
                Some(text) => distinct.iter().position(|known| *known == text).unwrap() % 2 == 0,
                None => or_missing,
            };
            let found: Vec<u32> = columns.filter(rows, of as u32, &wanted, or_missing).collect();
            prop_assert_eq!(found, filtered(&keeps));
        }
        prop_assert_eq!(columns.filter(&all, 8, &[1; 36], true).count(), 0);
    }

    #[test]
    fn whatever_is_cut_off_is_noticed(entries in prop::collection::vec(entry(), 1..4), form in 0..5_u8, at in any::<prop::sample::Index>()) {
        let page = written(&entries, form);
        let whole = page.trim_end();
        let cut = &whole.as_bytes()[..at.index(whole.len())];
        prop_assert!(Columns::new(Selection::ALL).add(cut, &Native).is_err());
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(prop::sample::select(b"[]{}\",:\\u0aneidt- \xff\xc3".to_vec()), 0..60)) {
        let found = Columns::new(Selection::ALL).add(&bytes, &Native);
        if serde_json::from_slice::<Value>(&bytes).is_ok_and(|value| value.as_array().is_some_and(Vec::is_empty)) {
            prop_assert!(found.is_ok());
        }
    }
}

const UTC: [[f64; 2]; 1] = [[f64::NEG_INFINITY, 0.0]];

/// When clocks are put forward and back in some places, from 2005 on.
fn shifts(zone: &jiff::tz::TimeZone) -> Vec<[f64; 2]> {
    let start: jiff::Timestamp = "2005-01-01T00:00:00Z".parse().unwrap();
    let ahead = |moment| f64::from(zone.to_offset(moment).seconds()) * 1000.0;
    let first = [f64::NEG_INFINITY, ahead(start)];
    let later = zone.following(start).take(60).map(|shift| {
        let moment = shift.timestamp();
        [moment.as_millisecond() as f64, ahead(moment)]
    });
    let mut shifts: Vec<[f64; 2]> = std::iter::once(first).chain(later).collect();
    // Where the tables of zones end, nothing is shifted.
    shifts.dedup_by_key(|[_, ahead]| *ahead);
    shifts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Against jiff, which knows when days begin; and no clock is ever as late as where the next begins.
    #[test]
    fn intervals_begin_by_the_clocks_of_a_place(
        name in prop::sample::select(vec![
            "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Beirut",
            "America/Sao_Paulo", "America/Havana", "Antarctica/Troll", "Pacific/Apia", "Africa/Casablanca", "Asia/Gaza",
        ]),
        around in prop::option::of(any::<prop::sample::Index>()),
        seconds in prop_oneof![1_104_600_000..1_830_000_000_i64, -90_000..90_000_i64],
        hours in prop::sample::select(vec![0.25, 1.0, 2.0, 3.0, 6.0, 24.0, 48.0]),
        step in 0..8_000_i64,
    ) {
        let zone = jiff::tz::TimeZone::get(name).unwrap();
        let shifts = shifts(&zone);
        // Most of what is of interest is around the shifts.
        let seconds = match around {
            Some(index) if shifts.len() > 1 => shifts[1 + index.index(shifts.len() - 1)][0] as i64 / 1000 + seconds % 90_000,
            _ => seconds.max(1_104_600_000),
        };
        let length = hours * 3_600_000.0;
        let intervals = Intervals { length, shifts: &shifts };
        let moment = jiff::Timestamp::from_second(seconds).unwrap();
        let begin = intervals.begin(seconds as f64 * 1000.0);
        prop_assert!(begin <= seconds as f64 * 1000.0);
        let stretched = if hours > 1.0 { 25.0 * 3_600_000.0 } else { 0.0 };
        prop_assert!(seconds as f64 * 1000.0 - begin < length + stretched);
        prop_assert_eq!(intervals.begin(begin), begin);
        prop_assert!(intervals.begin(((seconds + step) as f64) * 1000.0) >= begin);
        // It begins at a full interval of the clocks, or where they have gone past one.
        let at = jiff::Timestamp::from_millisecond(begin as i64).unwrap();
        let clock = |moment: jiff::Timestamp| (moment.as_second() + i64::from(zone.to_offset(moment).seconds())) as f64 * 1000.0;
        let is_full = clock(at) % length == 0.0;
        let just_before = at - jiff::SignedDuration::from_secs(1);
        prop_assert!(is_full || zone.to_offset(at) != zone.to_offset(just_before), "{at} {}", clock(at) / length);
        if hours == 24.0 {
            let day = moment.to_zoned(zone.clone()).date();
            let midnight = |day: jiff::civil::Date| day.to_zoned(zone.clone()).unwrap().timestamp();
            let expected = if midnight(day.tomorrow().unwrap()) <= moment { day.tomorrow().unwrap() } else { day };
            prop_assert_eq!(at, midnight(expected));
        }
    }
}

fn key(entry: &Value, fields: &[u32], interval: f64, time: f64) -> String {
    let start = if interval > 0.0 { (time / interval).floor() } else { 0.0 };
    format!("{start} {:?}", fields.iter().map(|number| field(entry, *number as usize)).collect::<Vec<_>>())
}

proptest! {
    /// Of all years that a timestamp of this form can have; leap days and others that do not exist are for the host.
    #[test]
    fn timestamps_are_moments(time in -62_167_219_200_000..253_402_300_800_000_i64, digits in "[0-9]{14}", has_fraction in any::<bool>()) {
        let moment = jiff::Timestamp::from_millisecond(time).unwrap();
        let [year, month, day, hour, minute, second] = [0..4, 4..6, 6..8, 8..10, 10..12, 12..14].map(|range| &digits[range]);
        let fraction = if has_fraction { ".250" } else { "" };
        for text in [format!("{moment:.3}"), format!("{year}-{month}-{day}T{hour}:{minute}:{second}{fraction}Z")] {
            let page = json!([{
                "id": "1", "agentId": "a", "userId": "u", "action": "x", "resource": "r", "result": "allowed", "parameters": {},
                "durationMs": 1, "timestamp": text
            }]);
            let mut columns = Columns::new(Selection::ALL);
            columns.add(page.to_string().as_bytes(), &Native).unwrap();
            let (found, expected) = (columns.time(0), milliseconds(&text));
            // jiff takes a leap second, as the last one of its minute.
            prop_assert!(found == expected || found.is_nan() && expected.is_nan() || second == "60", "{text} {found} {expected}");
        }
    }
}

#[test]
fn keeps_what_is_wanted() {
    let entry = |number: u32| {
        json!({
            "id": number.to_string(), "agentId": "a", "userId": "u", "action": if number.is_multiple_of(2) { "read" } else { "write" },
            "resource": "r", "result": "allowed", "parameters": {}, "durationMs": number, "timestamp": "2026-01-31T09:30:00Z"
        })
    };
    let page = json!((0..20).map(entry).collect::<Vec<_>>()).to_string();
    let mut columns = Columns::new(Selection { actions: b"delete,write".to_vec(), skip: 2.0, limit: 3.0 });
    let added = columns.add(page.as_bytes(), &Native).unwrap();
    assert_eq!((added.count, added.fresh, added.kept, columns.limit()), (20, 20, 3, 0.0));
    assert_eq!(columns.numbers(&[0, 1, 2, 3], 0).collect::<Vec<_>>(), [5.0, 7.0, 9.0]);
    assert_eq!(columns.time(0), 1_769_851_800_000.0);
    assert!(columns.numbers(&[0, 1, 2], 1).all(|cost| cost.is_nan()));

    // What has been seen stays seen, and what follows is kept by what is wanted then.
    columns.select(Selection::ALL);
    let page = json!((18..23).map(entry).collect::<Vec<_>>()).to_string();
    let added = columns.add(page.as_bytes(), &Native).unwrap();
    assert_eq!((added.count, added.fresh, added.kept), (5, 3, 3));
    assert_eq!(columns.numbers(&[5, 4, 3, 2], 0).collect::<Vec<_>>(), [22.0, 21.0, 20.0, 9.0]);
    assert_eq!(columns.location(3).unwrap().page, 1);
}

#[test]
fn what_is_wrong_is_named() {
    let fault = |page: &str| Columns::new(Selection::ALL).add(page.as_bytes(), &Native).unwrap_err();
    let wrong = |path: &str, expected| PageError::Unexpected(path.to_owned(), expected);
    let good = r#"{"id":"1","agentId":"a","userId":"u","action":"x","resource":"r","parameters":{},"result":"allowed","durationMs":1,"timestamp":"t"}"#;
    assert_eq!(fault(""), PageError::Malformed);
    assert_eq!(fault("<html>"), PageError::Malformed);
    assert_eq!(fault("[] []"), PageError::Malformed);
    assert_eq!(fault("{}"), wrong("$", "an array of audit entries"));
    assert_eq!(fault("\"text\""), wrong("$", "an array of audit entries"));
    assert_eq!(fault(r#"{"success":false,"error":"x"}"#), wrong("$.success", "true"));
    assert_eq!(fault("[5]"), wrong("$[0]", "an object"));
    assert_eq!(fault(&format!("{{\"data\":[{good},{{}}]}}")), wrong("$.data[1].id", "a string"));
    for (name, expected) in
        [("agentId", "a string"), ("result", "a string"), ("parameters", "an object"), ("durationMs", "a number")]
    {
        let bad = good.replace(&format!("\"{name}\":"), "\"other\":");
        assert_eq!(fault(&format!("[{bad}]")), wrong(&format!("$[0].{name}"), expected));
    }
    let bad = good.replace("\"durationMs\":1", "\"durationMs\":\"1\"");
    assert_eq!(
        fault(&format!("{{\"data\":{{\"entries\":[{bad}]}}}}")),
        wrong("$.data.entries[0].durationMs", "a number")
    );
}

#[test]
fn depth_is_no_danger() {
    let deep = format!("{{\"meta\":{}{},\"data\":[]}}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(Columns::new(Selection::ALL).add(deep.as_bytes(), &Native).is_ok());
    assert!(Columns::new(Selection::ALL).add("[".repeat(1_000_000).as_bytes(), &Native).is_err());
}

/// A row as `AGENT CALL+SECOND RESULT`: who asked for what, when, and how it was decided. `d` denies, `D` for another reason, `a` allows.
fn rows_of(pages: &[&str]) -> (Columns, Vec<u32>) {
    let mut columns = Columns::new(Selection::ALL);
    let mut rows = Vec::new();
    let mut id = 0;
    for page in pages {
        let entry = |row: &str| {
            let (agent, rest) = row.split_once(' ').unwrap();
            let (call, rest) = rest.split_once('+').unwrap();
            let (second, result) = rest.split_once(' ').unwrap();
            id += 1;
            let mut entry = json!({
                "id": id.to_string(), "agentId": agent, "userId": "u", "action": "read", "resource": "r", "parameters": { "call": call },
                "result": if result == "a" { "allowed" } else { "denied" }, "durationMs": id, "timestamp": format!("2026-01-31T09:30:{second}Z"),
            });
            if result != "a" {
                entry["reason"] = json!(if result == "d" { "no" } else { "Rate limit exceeded: 2/2" });
            }
            entry
        };
        let page = json!(page.split(", ").map(entry).collect::<Vec<_>>()).to_string();
        let first = id - page.matches("\"id\"").count() as u32;
        columns.add(page.as_bytes(), &Native).unwrap();
        // What was loaded later comes first.
        rows.splice(0..0, first..id);
    }
    (columns, rows)
}

#[test]
fn decisions_are_counted_once() {
    // Pages, the first of which was loaded first, and the flags of their rows in the order of a scan: newest first.
    for (pages, expected) in [
        // As a real server wrote them: allowed by delegation twice, by token denied, then denied by both.
        (&["B x+04 d, B x+04 a, B x+04 d, B x+04 a, B x+04 d, B y+04 d, B y+04 d"][..], "1010010"),
        // Other agents, other parameters, and more than a second apart.
        (&["A x+04 d, B x+04 a"], "00"),
        (&["A x+04 d, A y+04 a"], "00"),
        (&["A x+06 a, A x+04 d"], "00"),
        // The second row lies in the next second, which comes first.
        (&["A x+05 a, A x+04 d"], "01"),
        (&["A x+05 a, A x+05 a, A x+04 d, A x+04 d"], "0011"),
        // Two calls at the same time.
        (&["A x+04 d, A x+04 d, A x+04 a, A x+04 a"], "1100"),
        // Each denial belongs to its own second first.
        (&["A x+05 a, A x+04 d, A x+04 a, A x+03 d"], "0100"),
        // A limit that is reached within a second.
        (&["A x+04 a, A x+04 a, A x+04 D, A x+04 D"], "0000"),
        // Denied twice: one call only of an agent that holds delegated permissions, and only for the same reason.
        (&["A x+04 d, A x+04 d"], "00"),
        (&["A x+04 d, A x+04 d, A y+03 d, A y+03 a"], "1010"),
        (&["A x+04 d, A x+04 D, A y+03 d, A y+03 a"], "0010"),
        (&["A x+04 d, A x+04 d, A x+04 d, A x+04 d, A y+03 d, A y+03 a"], "101010"),
        (&["A x+04 d, A x+04 d, B y+03 d, B y+03 a"], "0010"),
        // The two rows of a call come with different updates.
        (&["A x+04 d", "A x+04 a"], "01"),
        (&["A x+04 a, A z+01 a", "A x+04 D"], "000"),
    ] {
        let (columns, rows) = rows_of(pages);
        let flags = columns.superseded(&rows);
        let found: String = flags.iter().map(|flag| if *flag == 1 { '1' } else { '0' }).collect();
        assert_eq!(found, expected, "{pages:?}");
    }
}
