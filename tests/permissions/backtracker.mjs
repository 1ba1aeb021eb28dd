// Random regular expressions, and a reference matcher that backtracks as the specification does, and counts its steps.
//
// The host's engine takes exponential time for some patterns, so a test may only ask it where the reference gets by.

const UNITS = ["a", "b", "c", "/", "-", "1", "_", " ", "\n", "é", "\ud83d", "\ude00", "\u2028", "\ufeff"];
const SPACES = " \n\u2028\ufeff";
const words = (unit) => /^[A-Za-z0-9_]$/.test(unit);

// One code unit, or several: the source, and whether a unit is among them.
const ATOMS = [
  ...["a", "b", "c", "/", "-", "1", "é", "a", "b"].map((unit) => [unit, (other) => other === unit]),
  ["\\x61", (unit) => unit === "a"],
  ["\\u0062", (unit) => unit === "b"],
  ["\\141", (unit) => unit === "a"],
  ["\\cJ", (unit) => unit === "\n"],
  ["\\/", (unit) => unit === "/"],
  [".", (unit) => unit !== "\n" && unit !== "\u2028"],
  ["[ab]", (unit) => "ab".includes(unit)],
  ["[^/]", (unit) => unit !== "/"],
  ["[a-c1-9]", (unit) => "abc1".includes(unit)],
  ["[^]", () => true],
  ["[]", () => false],
  ["[\\w-]", (unit) => words(unit) || unit === "-"],
  ["\\w", words],
  ["\\W", (unit) => !words(unit)],
  ["\\d", (unit) => unit === "1"],
  ["\\D", (unit) => unit !== "1"],
  ["\\s", (unit) => SPACES.includes(unit)],
  ["[^\\s]", (unit) => !SPACES.includes(unit)],
  ["\ude00", (unit) => unit === "\ude00"],
].map(([source, has]) => ({ kind: "set", source, has }));

const COUNTS = [
  ["*", 0, Infinity],
  ["+", 1, Infinity],
  ["?", 0, 1],
  ["{2}", 2, 2],
  ["{0,2}", 0, 2],
  ["{1,3}", 1, 3],
  ["{2,}", 2, Infinity],
  ["{0}", 0, 0],
];

/** Makes patterns: each a tree, whose `source` is the regular expression. `random` gives numbers from 0 to 1. */
export function patterns(random) {
  const below = (end) => Math.floor(random() * end);
  const one = (list) => list[below(list.length)];
  const joined = (kind, parts, separator) => ({
    kind,
    parts,
    source: parts.map(({ source }) => source).join(separator),
  });
  const group = (node) => ({ ...node, source: `${one(["(?:", "(", "(?:"]) + node.source})` });

  function atom(depth) {
    if (depth > 0 && random() < 0.4) return group(whole(depth - 1));
    if (depth > 0 && random() < 0.12) {
      const [sign, behind, negated] = one([
        ["=", false, false],
        ["!", false, true],
        ["<=", true, false],
        ["<!", true, true],
      ]);
      const node = whole(depth - 1);
      return { kind: "look", node, behind, negated, source: `(?${sign}${node.source})` };
    }
    if (random() < 0.08) {
      const source = one(["^", "$", "\\b", "\\B"]);
      return { kind: source, source };
    }
    return one(ATOMS);
  }

  function part(depth) {
    const node = atom(depth);
    const mayRepeat = node.kind === "set" || /^\((?!\?<?[=!])/.test(node.source);
    if (!mayRepeat || random() < 0.5) return node;
    const [sign, least, most] = one(COUNTS);
    const lazy = random() < 0.2;
    return { kind: "repeat", node, least, most, lazy, source: node.source + sign + (lazy ? "?" : "") };
  }

  function whole(depth) {
    const sequence = () =>
      joined(
        "sequence",
        Array.from({ length: below(4) }, () => part(depth)),
        "",
      );
    const count = random() < 0.3 ? 2 + below(2) : 1;
    return joined("alternatives", Array.from({ length: count }, sequence), "|");
  }

  return {
    pattern: () => whole(3),
    // Texts on which patterns backtrack, and others.
    text(length) {
      const unit = one([["a"], ["a", "b"], ["a", "/"], UNITS]);
      return Array.from({ length: below(length) }, () => one(unit)).join("") + one(["", "!", "b", "é"]);
    },
  };
}

/**
 * Whether the pattern is found in `text`, and how many steps that took; `undefined` if it takes more than `most`.
 *
 * See <https://tc39.es/ecma262/#sec-pattern-semantics>.
 */
export function search(pattern, text, most) {
  let steps = 0;
  const isWord = (at) => at >= 0 && at < text.length && words(text[at]);

  function run(node, at, back, go) {
    if (++steps > most) throw search;
    switch (node.kind) {
      case "set": {
        const read = back ? at - 1 : at;
        if (read < 0 || read >= text.length || !node.has(text[read])) return false;
        return go(back ? at - 1 : at + 1);
      }
      case "sequence": {
        const parts = back ? node.parts.toReversed() : node.parts;
        const from = (index, place) =>
          index === parts.length ? go(place) : run(parts[index], place, back, (next) => from(index + 1, next));
        return from(0, at);
      }
      case "alternatives":
        return node.parts.some((alternative) => run(alternative, at, back, go));
      case "repeat":
        return repeat(node, at, back, node.least, node.most, go);
      case "look":
        return run(node.node, at, node.behind, () => true) !== node.negated && go(at);
      case "^":
        return at === 0 && go(at);
      case "$":
        return at === text.length && go(at);
      default:
        return (isWord(at - 1) !== isWord(at)) === (node.kind === "\\b") && go(at);
    }
  }

  function repeat({ node, lazy }, at, back, least, mostTimes, go) {
    if (mostTimes === 0) return go(at);
    const again = () =>
      run(node, at, back, (next) => {
        if (least === 0 && next === at) return false;
        return repeat({ node, lazy }, next, back, Math.max(least - 1, 0), mostTimes - 1, go);
      });
    if (least > 0) return again();
    return lazy ? go(at) || again() : again() || go(at);
  }

  try {
    for (let at = 0; at <= text.length; at++) if (run(pattern, at, false, () => true)) return { found: true, steps };
    return { found: false, steps };
  } catch (error) {
    if (error === search || error instanceof RangeError) return undefined;
    throw error;
  }
}
