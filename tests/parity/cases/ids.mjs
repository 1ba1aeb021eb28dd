// Ids that put URL building to the test, and what each client makes of them.

const SLASH = "Python's quote leaves `/` as it is, so an id can leave its segment; here it is encoded and stays one id";
const MARKS =
  "encodeURIComponent leaves these marks as they are, Python's quote does not; once decoded they are the same";
const DOTS =
  "URLs resolve `.` and `..` away even when encoded, so such an id would ask for something else; it is refused";

// Both clients write these alike.
export const SAME_IDS = [
  "6f3c1f0e-8a53-4b52-9f0e-0f1d2c3b4a59",
  "ü",
  "two words",
  "%zz",
  "%2F",
  "a?b#c",
  "a+b",
  "日本✓😀",
  "a&b=c;d,e:f@g$h",
  "~._-",
  "...",
  '[x]|"<>\\^`{}',
  "tab\tand\nline",
];

// The clients differ on these on purpose: `[id, our segment, their path after the collection, why]`.
// No segment of ours means that the id is refused before any request; no path of theirs, that `..` took it away.
export const OTHER_IDS = [
  ["a/../b", "a%2F..%2Fb", "/b", SLASH],
  ["a/b", "a%2Fb", "/a/b", SLASH],
  ["../audit", "..%2Faudit", undefined, SLASH],
  ["a//b", "a%2F%2Fb", "/a//b", SLASH],
  ["it's!*()", "it's!*()", "/it%27s%21%2A%28%29", MARKS],
  [".", undefined, "", DOTS],
  ["..", undefined, undefined, DOTS],
];

// The cases of one method for every such id.
export function idCases(call, { collection, tail = "", args = [], answer, ids = SAME_IDS, others = OTHER_IDS }) {
  const same = ids.map((id) => ({ name: `${call} ${JSON.stringify(id)}`, call, args: [id, ...args], answer }));
  const different = others.map(([id, ours, theirs, why]) => ({
    name: `${call} ${JSON.stringify(id)}`,
    call,
    args: [id, ...args],
    answer,
    differs: {
      what: "path",
      ours: ours === undefined ? null : `/api/kavach/${collection}/${ours}${tail}`,
      theirs: theirs === undefined ? escaped(id, tail) : `/api/kavach/${collection}${theirs}${tail}`,
      why,
    },
  }));
  return [...same, ...different];
}

// Where `..` takes a request: out of its collection.
function escaped(id, tail) {
  return `/api/kavach${id.slice(2)}${tail}`;
}

// A few of them, for the methods that build their paths in the same way.
export const FEW_IDS = { ids: ["agent-1", "ü %zz"], others: OTHER_IDS.slice(0, 1) };
