// A stand-in for a client, for unit tests: answers calls by a function, and decides as src/http/read_back.rs does.

const LAST = 253_402_300_799_999;
const VERDICTS = [
  [1, 1, 0],
  [1, 0, 1],
  [2, 1, 1],
  [1, 0, 0],
];

export const decider = {
  readBack: (change, found) => VERDICTS[change][found],
  plausibleTime: (time) => (time > LAST ? Math.floor(time / 1000) : time),
};

/** A client whose calls `answer(name, values, options)` answers; `calls` are their names and values. */
export function fakeClient(answer) {
  const calls = [];
  const call = async (endpoint, values, options) => {
    calls.push([endpoint.name, ...values]);
    return answer(endpoint.name, values, options);
  };
  const contract = { call, decide: (ask) => ask(decider) };
  const stats = async () => "the numbers";
  return { [Symbol.for("kavachos.client")]: contract, dashboard: { stats }, calls };
}
