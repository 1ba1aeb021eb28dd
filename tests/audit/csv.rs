//! CSV: all that is written by the rules is read as it was meant, and nothing else is read.

use kavachos_wasm::scan::{CsvError, CsvReader};
use proptest::prelude::*;
use serde_json::{Map, Value};

const HEADER: &str = "id,agentId,userId,action,resource,result,reason,durationMs,tokensCost,timestamp";
const MOST: usize = 1 << 20;
const NOW: &str = "2026-01-31T09:30:00.000Z";

type Row = [String; 10];

/// What a caller may have written into an entry: parts of rows, whole rows, the header again.
fn evil() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"".to_owned()),
        Just("\"\"".to_owned()),
        Just(",".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\r".to_owned()),
        Just(",1,,2026-01-31T09:30:00.000Z\n".to_owned()),
        Just("\",1,,2026-01-31T09:30:00.000Z\nforged,ceo,ceo,deploy,production,allowed,\"".to_owned()),
        Just("x,denied,no,1,,2026-01-31T09:30:00.000Z\nforged,ceo,ceo,deploy,production,allowed,,1,,2026-01-31T09:30:00.000Z\nid9,a,u,read,x".to_owned()),
        Just("x,allowed,\"\",1,,2026-01-31T09:30:00.000Z\nforged,ceo,ceo,deploy,production".to_owned()),
        Just(format!("\n{HEADER}\n")),
        Just("\u{feff}".to_owned()),
        "[a-zé😀 :*]{0,6}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn row(id: BoxedStrategy<String>, reason: BoxedStrategy<String>) -> impl Strategy<Value = Row> {
    let texts = (id, evil(), evil(), evil(), evil(), prop::sample::select(vec!["allowed", "denied"]), reason);
    let numbers = (any::<u16>(), prop::option::of(any::<u32>()));
    (texts, numbers).prop_map(|((id, agent, user, action, resource, result, reason), (duration, cost))| {
        let cost = cost.map(|cost| cost.to_string()).unwrap_or_default();
        [id, agent, user, action, resource, result.to_owned(), reason, duration.to_string(), cost, NOW.to_owned()]
    })
}

/// As RFC 4180 has it: `quotes` says of which fields it puts quotes around what needs none.
fn strict(rows: &[Row], quotes_all: bool, end: &str) -> String {
    let field = |text: &str| {
        let is_special = text.contains([',', '"', '\n', '\r']);
        if is_special || quotes_all { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    };
    let lines = rows.iter().map(|row| row.iter().map(|text| field(text)).collect::<Vec<_>>().join(","));
    std::iter::once(HEADER.to_owned()).chain(lines).collect::<Vec<_>>().join(end)
}

/// As servers of the adapter dialect have it: a reason in quotes, whatever is in it, and all else as it is.
fn loose(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let [before @ .., reason, duration, cost, timestamp] = row;
        format!("{},\"{reason}\",{duration},{cost},{timestamp}", before.join(","))
    };
    std::iter::once(HEADER.to_owned()).chain(rows.iter().map(line)).collect::<Vec<_>>().join("\n")
}

fn names() -> [&'static str; 10] {
    let mut names = HEADER.split(',');
    std::array::from_fn(|_| names.next().expect("there are ten"))
}

fn read(text: &str, size: usize) -> Result<Vec<Row>, CsvError> {
    let mut csv = CsvReader::default();
    let mut rows = Vec::new();
    let mut take = |csv: &mut CsvReader| {
        let text = String::from_utf8(csv.take_rows()).expect("rows are cut between characters");
        let found: Vec<Map<String, Value>> =
            serde_json::from_str(&format!("[{}]", text.trim_end_matches(','))).expect("rows are JSON");
        rows.extend(found.iter().map(|row| {
            names().map(|name| match row.get(name) {
                Some(Value::String(text)) if !matches!(name, "durationMs" | "tokensCost") => text.clone(),
                Some(Value::Number(number)) if matches!(name, "durationMs" | "tokensCost") => number.to_string(),
                None if matches!(name, "reason" | "tokensCost") => String::new(),
                other => panic!("{name} is {other:?}"),
            })
        }));
    };
    for piece in text.as_bytes().chunks(size) {
        csv.read(piece, MOST)?;
        take(&mut csv);
    }
    csv.end()?;
    take(&mut csv);
    assert_eq!(csv.steps, text.len(), "every byte is looked at once");
    Ok(rows)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_by_the_rules_is_read_as_it_was_meant(
        rows in prop::collection::vec(row(evil().boxed(), evil().boxed()), 0..10),
        quotes_all in any::<bool>(),
        end in prop::sample::select(vec!["\n", "\r\n"]),
        size in prop_oneof![Just(1_usize), 2..50_usize, Just(100_000)],
        is_ended in any::<bool>(),
        has_mark in any::<bool>(),
    ) {
        let mark = if has_mark { "\u{feff}" } else { "" };
        let text = format!("{mark}{}{}", strict(&rows, quotes_all, end), if is_ended { end } else { "" });
        prop_assert_eq!(read(&text, size), Ok(rows));
    }

    // Whatever callers write, their file is known by its oldest entry, if that is an ordinary one: it ends in quotes that are not
    // needed, or within quotes.
    #[test]
    fn what_is_not_written_by_the_rules_is_not_read(
        rows in prop::collection::vec(row("[0-9a-f]{8}".boxed(), evil().boxed()), 0..10),
        reason in prop::sample::select(vec!["", "This action requires human approval before execution"]),
        size in prop_oneof![Just(1_usize), 2..50_usize, Just(100_000)],
    ) {
        let mut rows = rows;
        let ordinary = ["id", "agent", "user", "read", "mcp:a", "denied", reason, "1", "", NOW];
        rows.push(ordinary.map(ToOwned::to_owned));
        let error = read(&loose(&rows), size).expect_err("it is not read");
        prop_assert!(matches!(error, CsvError::Ambiguous | CsvError::Unfinished), "{:?}", error);
    }

    #[test]
    fn any_bytes_are_read_or_not(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'"'), Just(b','), Just(b'\n')], 0..200)) {
        let mut csv = CsvReader::default();
        let _ = csv.read(HEADER.as_bytes(), MOST).and_then(|()| csv.read(b"\n", MOST)).and_then(|()| csv.read(&bytes, MOST)).and_then(|()| csv.end());
    }
}

#[test]
fn a_file_that_breaks_the_rules_is_known_where_it_does() {
    let row = |line: &str| read(&format!("{HEADER}\n{line}"), 7).map(|rows| rows.len());
    let after = |line: &str| row(&format!("{line}\n1,a,u,read,r,allowed,,1,,{NOW}"));
    assert_eq!(row(""), Ok(0));
    assert_eq!(row("\r\n\r\n\n"), Ok(0));
    assert_eq!(after("1,a,u,read,r,denied,no,1,0.5,2026-01-31T09:30:00+01:00"), Ok(2));
    assert_eq!(
        after("\"1\",\"a\",\"u\",\"read\",\"r\",\"allowed\",\"\",\"1\",\"1e-7\",\"2026-01-31T09:30:00Z\""),
        Ok(2)
    );
    for line in [
        "1,a,u,read,r,denied,\"No \"read\" here\",1,,2026-01-31T09:30:00.000Z",
        "1,a,u,read,a \"quote\",denied,no,1,,2026-01-31T09:30:00.000Z",
        "1,a,u,read,r,denied,\"no\"\rx,1,,2026-01-31T09:30:00.000Z",
        "1,a,u,read,r,denied,\"no\",1,,2026-01-31T09:30:00.000Z",
        "1,a,u,read,r,allowed,\"\",1,,2026-01-31T09:30:00.000Z",
        "1,a,u,read,r,s,denied,no,1,,2026-01-31T09:30:00.000Z",
        "1,a,u,read,r,denied,1,,2026-01-31T09:30:00.000Z",
        "1,a,u,read,r,denied,no,one,,2026-01-31T09:30:00.000Z",
        "1,a,u,read,r,denied,no,,1,2026-01-31T09:30:00.000Z",
        "1,a,u,read,r,denied,no,1,,yesterday",
        "1,a,u,read,r,denied,no,1,,",
        "1",
        "{}",
    ] {
        assert_eq!(after(line), Err(CsvError::Ambiguous), "{line}");
    }
    for line in ["1,a,u,read,\"r", "1,a", "1,a,u,read,r,denied,no,1,,2026-01-31T", "1,a,u,read,r,denied,no,1,", "x\r"] {
        assert_eq!(row(line), Err(CsvError::Unfinished), "{line}");
    }
    for text in ["", "\n", "id,agentId", "<p>", "[]", "\"id", &HEADER[1..], &format!("{HEADER},more"), "\"i\"d,"] {
        assert!(matches!(read(text, 3), Err(CsvError::Header | CsvError::Unfinished)), "{text}");
    }
}

#[test]
fn a_record_has_a_bound() {
    let start = format!("{HEADER}\n1,a,u,read,\"");
    for (length, expected) in [(90, Ok(())), (200, Err(CsvError::TooLong))] {
        let mut csv = CsvReader::default();
        let read = start.bytes().chain(std::iter::repeat_n(b'"', length)).try_for_each(|byte| csv.read(&[byte], 120));
        assert_eq!(read, expected);
    }
}

/// Work is counted, not timed: the parts of rows that made the reading of a field cubic.
#[test]
fn work_grows_with_the_length() {
    let steps = |times: usize| {
        let mut csv = CsvReader::default();
        let evil = format!("x\"\"{}", ",1,,2026-01-01T00:00:00Z\n".repeat(times));
        let text = format!("{HEADER}\nid1,a,u,read,\"{evil}\",denied,no,1,,{NOW}");
        assert_eq!(csv.read(text.as_bytes(), usize::MAX).and_then(|()| csv.end()), Ok(()));
        assert!(csv.take_rows().len() < 2 * text.len());
        csv.steps
    };
    let (once, twice) = (steps(40_000), steps(80_000));
    assert!(twice < 2 * once + 100, "{once} and {twice}");
}
