// Times variants against one another. On a machine that others use, a difference of a few percent shows only between
// neighbours in time: so each round times every variant once, briefly, and what counts are the ratios within a round.
// Nothing here needs Node: the same file runs in every runtime.

/**
 * The orders in which variants take their turns: in as many rounds as there are orders, each variant has every turn
 * equally often, and follows each other one equally often, so that what one leaves behind (garbage, warm caches) is shared.
 */
export function orders(count) {
  const zigzag = Array.from({ length: count }, (_, turn) => (turn % 2 === 0 ? turn / 2 : count - (turn + 1) / 2));
  const rows = Array.from({ length: count }, (_, row) => zigzag.map((first) => (first + row) % count));
  // An odd number of variants needs each order backwards too.
  return count % 2 === 0 ? rows : rows.flatMap((row) => [row, [...row].reverse()]);
}

/** The quartiles of some numbers, interpolated between neighbours. */
export function quartiles(values) {
  if (values.length === 0) throw new RangeError("no values");
  const sorted = Float64Array.from(values).sort();
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.ceil(place);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  };
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** The quartiles of the ratios of two variants, taken round by round. */
export function ratio(samples, name, reference) {
  return quartiles(samples[name].map((sample, round) => sample / samples[reference][round]));
}

/** One set of samples out of those of several processes or runtimes. */
export function pooled(runs) {
  return Object.fromEntries(Object.keys(runs[0]).map((name) => [name, runs.flatMap((run) => run[name])]));
}

/** The time that passes, in milliseconds. */
export const wallClock = () => performance.now();

/**
 * The time that this process computes, in milliseconds, all its threads together: what other programs take of the machine
 * meanwhile is not in it. Where a runtime cannot tell, the time that passes.
 */
export const cpuClock = globalThis.process?.cpuUsage
  ? () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    }
  : wallClock;

/**
 * Resolves to the milliseconds per call of every variant in every round: `{ name: [round 0, round 1, …] }`.
 *
 * `variants` maps a name to `run(calls)`, which makes that many calls, and may resolve to the milliseconds that they took
 * where it knows better. `calls` is their number per turn; left out, each variant makes as many as fill `turn`
 * milliseconds. Before the first round each runs for `warmUp` milliseconds.
 */
export async function compare(variants, { rounds, calls, turn = 5, warmUp = 300, clock = wallClock }) {
  const names = Object.keys(variants);
  const took = async (name, count) => {
    const started = clock();
    const own = await variants[name](count);
    return typeof own === "number" ? own : clock() - started;
  };
  const perTurn = {};
  for (const name of names) perTurn[name] = calls ?? (await calibrated((count) => took(name, count), turn, warmUp));
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  const turns = orders(names.length);
  for (let round = 0; round < rounds; round++) {
    for (const index of turns[round % turns.length]) {
      const name = names[index];
      samples[name].push((await took(name, perTurn[name])) / perTurn[name]);
    }
  }
  return samples;
}

// Warms one variant up, and resolves to the calls that it makes in a turn.
async function calibrated(took, turn, warmUp) {
  let calls = 1;
  let last = 0;
  for (let spent = 0; spent < warmUp; spent += last) {
    last = await took(calls);
    if (last < turn / 2) calls *= 2;
  }
  return Math.max(1, Math.round((calls * turn) / Math.min(last, await took(calls), await took(calls))));
}
