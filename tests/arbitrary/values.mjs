// What programs pass by mistake, and what they pass to break things.
import fc from "fast-check";

const fail = () => {
  throw new Error("hostile");
};

// Every operation on it throws.
const trap = (target) => new Proxy(target, new Proxy({}, { get: () => fail }));

const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

const cycle = () => {
  const loop = { name: "loop" };
  loop.self = loop;
  return loop;
};

// Each is made anew, for some change when they are looked at.
const makers = {
  trap: () => trap({}),
  "trap of a list": () => trap([]),
  "trap of a function": () => trap(() => {}),
  revoked: () => revoked({}),
  "revoked list": () => revoked([]),
  "revoked function": () => revoked(() => {}),
  cycle,
  "list of itself": () => {
    const list = [];
    list.push(list);
    return list;
  },
  "toJSON that throws": () => ({ toJSON: fail }),
  "toJSON of nothing": () => ({ toJSON: () => undefined }),
  "toJSON of another type": () => ({ toJSON: () => 5 }),
  "date that throws": () => Object.assign(new Date(0), { toJSON: fail }),
  "date without JSON": () => Object.assign(new Date(0), { toJSON: () => undefined }),
  "date with the JSON of a number": () => Object.assign(new Date(0), { toJSON: () => 5 }),
  "date by prototype alone": () => Object.create(Date.prototype),
  "date out of range": () => new Date(Number.NaN),
  "list that cannot be walked": () => Object.assign([1, "a"], { [Symbol.iterator]: fail }),
  "list by prototype alone": () => Object.create(Array.prototype),
  "list of nothing": () => new Array(5),
  "walked without end": () => ({ [Symbol.iterator]: () => ({ next: fail }) }),
  "walked to null": () => [null],
  "text that throws": () => ({ toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail }),
  // biome-ignore lint/suspicious/noThenProperty: that is what is tried.
  "then that throws": () => ({ then: fail }),
  "getter that throws for any name": () => new Proxy({}, { get: fail }),
  "own keys that throw": () => new Proxy({ a: 1 }, { ownKeys: fail }),
  "another value each time": () => {
    let count = 0;
    return new Proxy({}, { get: () => ["text", 5, null, [], {}, fail][count++ % 6] });
  },
  symbol: () => Symbol("s"),
  bigint: () => 2n ** 70n,
  "deeply nested": () => {
    let value = {};
    for (let depth = 0; depth < 20_000; depth++) value = { value };
    return value;
  },
  "long text": () => "x".repeat(100_000),
  "function that throws": () => fail,
  "function that returns what throws": () => () => trap({}),
  "rejected promise": () => {
    const promise = Promise.reject(new Error("hostile"));
    promise.catch(() => {});
    return promise;
  },
  "half a pair": () => "a\ud800b",
  "the other half": () => "\udc00",
  "header injection": () => "a\r\nX-Evil: 1",
  "way up": () => "../..",
  dot: () => ".",
  dots: () => "..",
  "encoded dots": () => "%2e%2e",
  "another host": () => "//evil.example/",
  query: () => "a?b=c&d#e",
  NaN: () => Number.NaN,
  endless: () => Number.POSITIVE_INFINITY,
  "below zero": () => -1,
  "next to nothing": () => 5e-324,
  "beyond 2^53": () => 2 ** 60,
  "boxed text": () => new String("a"),
  "boxed number": () => new Number(1),
  bytes: () => new Uint8Array([1, 2, 3]),
  map: () => new Map([["a", 1]]),
  "map of odd keys": () => new Map([[{}, Symbol("s")]]),
  "class instance": () => new (class Request {})(),
  "signal by its looks": () => ({ aborted: false, addEventListener() {} }),
  "signal that throws": () => ({ aborted: false, addEventListener: fail, removeEventListener: fail }),
  "signal of another type": () => ({ aborted: false, addEventListener() {}, removeEventListener: 5 }),
};

const made = fc
  .constantFrom(...Object.keys(makers))
  .map((name) => Object.assign(() => makers[name](), { [fc.toStringMethod]: () => name }));

const plain = fc
  .anything({
    ...{ maxDepth: 3, withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true },
    ...{ withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true },
    stringUnit: "binary",
  })
  .map((value) => Object.assign(() => value, { [fc.toStringMethod]: () => fc.stringify(value) }));

/** A function that makes a value of any kind. */
const anything = fc.oneof({ weight: 3, arbitrary: made }, { weight: 2, arbitrary: plain });

/**
 * A function that makes `right` with up to two of its parts replaced, whichever those are; or something else altogether.
 * A part may be a getter that returns it, or throws.
 */
export const nearly = (right) => {
  const part = fc.record({
    path: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }),
    make: anything,
    as: fc.constantFrom("value", "value", "value", "getter", "thrower", "toJSON"),
  });
  const changed = fc.array(part, { maxLength: 2 }).map((parts) =>
    Object.assign(
      () => {
        const copy = structuredClone(right);
        for (const { path, make, as } of parts) replace(copy, path, make, as);
        return copy;
      },
      { [fc.toStringMethod]: () => fc.stringify(parts) },
    ),
  );
  return typeof right === "object" && right !== null
    ? fc.oneof({ weight: 4, arbitrary: changed }, { weight: 1, arbitrary: anything })
    : fc.oneof({ weight: 2, arbitrary: fc.constant(() => right) }, { weight: 3, arbitrary: anything });
};

function replace(target, [step, ...rest], make, as) {
  let keys;
  let current;
  try {
    keys = Object.keys(target);
    current = target[keys[step % keys.length]];
    if (!Object.getOwnPropertyDescriptor(target, keys[step % keys.length])?.configurable) return;
  } catch {
    return; // What stands there is hostile already.
  }
  if (rest.length > 0 && typeof current === "object" && current !== null) return replace(current, rest, make, as);
  const forms = { value: () => ({ value: make() }), getter: () => ({ get: make }), thrower: () => ({ get: fail }) };
  const [key, form] = as === "toJSON" ? [as, forms.value()] : [keys[step % keys.length], forms[as]()];
  try {
    Object.defineProperty(target, key, { enumerable: true, configurable: true, ...form });
  } catch {
    // Likewise.
  }
}
