//! What counts audit entries, against `serde_json` and plain loops.

use kavachos_wasm::scan::{Columns, Fault, Host, Wanted};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

struct Native;

impl Host for Native {
    fn number(&self, text: &str) -> f64 {
        text.parse().unwrap_or(f64::NAN)
    }
    fn moment(&self, text: &str) -> f64 {
        text.parse::<jiff::Timestamp>().map_or(f64::NAN, |moment| moment.as_millisecond() as f64)
    }
}

const TEXTS: [&str; 6] = ["agentId", "userId", "action", "resource", "result", "reason"];

fn everything() -> Wanted {
    Wanted { actions: Vec::new(), skip: 0.0, left: f64::INFINITY }
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
    prop_oneof!["[ab]", ".{0,20}", "[\"\\\\\n\u{1}é😀]{0,6}"]
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

fn text(entry: &Value, name: &str) -> Option<String> {
    entry[name].as_str().map(ToOwned::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counts_what_plain_loops_count(
        pages in prop::collection::vec((prop::collection::vec(entry(), 0..12), 0..5_u8), 1..4),
        fields in prop::sample::subsequence(TEXTS.to_vec(), 0..4),
        interval in prop::sample::select(vec![0.0, 60_000.0, 86_400_000.0]),
    ) {
        let mut columns = Columns::new(everything());
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
            prop_assert_eq!(Some(added.newest).filter(|text| !text.is_empty()), entries.first().and_then(|first| text(first, "timestamp")));
        }
        prop_assert_eq!(columns.count(), kept.len());
        let time = |entry: &Value| Native.moment(entry["timestamp"].as_str().unwrap());
        let mut groups: BTreeMap<String, u32> = BTreeMap::new();
        for (index, (page, entry)) in kept.iter().enumerate() {
            let place = columns.place(index).unwrap();
            prop_assert_eq!(place.page as usize, *page);
            let slice = &texts[*page].as_bytes()[place.start as usize..place.end as usize];
            // Read twice: this parser may miss the last bit of a number.
            let again: Value = serde_json::from_str(&entry.to_string()).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Value>(slice).unwrap(), again);
            for name in TEXTS {
                prop_assert_eq!(columns.text(index, name), text(entry, name));
            }
            prop_assert_eq!(columns.time(index), time(entry));
            *groups.entry(key(entry, &fields, interval, time(entry))).or_default() += 1;
        }
        let names: Vec<String> = fields.iter().map(|name| (*name).to_owned()).collect();
        let found: BTreeMap<String, u32> = columns.group(&names, interval).into_iter().map(|group| {
            let (_, entry) = &kept[group.first as usize];
            (key(entry, &fields, interval, time(entry)), group.count)
        }).collect();
        prop_assert_eq!(found, groups);
        for name in ["durationMs", "tokensCost"] {
            let expected: Vec<f64> = kept.iter().filter_map(|(_, entry)| entry[name].as_f64()).collect();
            prop_assert_eq!(columns.numbers(name), expected);
        }
    }

    #[test]
    fn whatever_is_cut_off_is_noticed(entries in prop::collection::vec(entry(), 1..4), form in 0..5_u8, at in any::<prop::sample::Index>()) {
        let page = written(&entries, form);
        let whole = page.trim_end();
        let cut = &whole.as_bytes()[..at.index(whole.len())];
        prop_assert!(Columns::new(everything()).add(cut, &Native).is_err());
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(prop::sample::select(b"[]{}\",:\\u0aneidt- \xff\xc3".to_vec()), 0..60)) {
        let found = Columns::new(everything()).add(&bytes, &Native);
        if serde_json::from_slice::<Value>(&bytes).is_ok_and(|value| value.as_array().is_some_and(Vec::is_empty)) {
            prop_assert!(found.is_ok());
        }
    }
}

fn key(entry: &Value, fields: &[&str], interval: f64, time: f64) -> String {
    let start = if interval > 0.0 { (time / interval).floor() } else { 0.0 };
    format!("{start} {:?}", fields.iter().map(|name| text(entry, name)).collect::<Vec<_>>())
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
    let mut columns = Columns::new(Wanted { actions: vec!["write".to_owned()], skip: 2.0, left: 3.0 });
    let added = columns.add(page.as_bytes(), &Native).unwrap();
    assert_eq!((added.count, added.fresh, columns.left()), (20, 20, 0.0));
    assert_eq!(columns.numbers("durationMs"), [5.0, 7.0, 9.0]);
    assert_eq!(columns.time(0), 1_769_851_800_000.0);
    assert!(columns.numbers("tokensCost").is_empty());
}

#[test]
fn what_is_wrong_is_named() {
    let fault = |page: &str| Columns::new(everything()).add(page.as_bytes(), &Native).unwrap_err();
    let wrong = |path: &str, expected| Fault::Wrong(path.to_owned(), expected);
    let good = r#"{"id":"1","agentId":"a","userId":"u","action":"x","resource":"r","parameters":{},"result":"allowed","durationMs":1,"timestamp":"t"}"#;
    assert_eq!(fault(""), Fault::Malformed);
    assert_eq!(fault("<html>"), Fault::Malformed);
    assert_eq!(fault("[] []"), Fault::Malformed);
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
    assert!(Columns::new(everything()).add(deep.as_bytes(), &Native).is_ok());
    assert!(Columns::new(everything()).add("[".repeat(1_000_000).as_bytes(), &Native).is_err());
}
