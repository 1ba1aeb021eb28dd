import assert from "node:assert/strict";
import { it } from "node:test";
import { iteratorOf } from "./iterator.js";

it("iterates, also through a Proxy and with methods passed on", async () => {
  async function* numbers() {
    yield 1;
    yield 2;
    yield 3;
  }
  const iterator = new Proxy(iteratorOf(numbers()), {});
  const { next } = iterator;
  assert.deepEqual(await next(), { done: false, value: 1 });
  const rest = [];
  for await (const number of iterator) rest.push(number);
  assert.deepEqual(rest, [2, 3]);
  assert.deepEqual(await iteratorOf(numbers()).return?.(5), { done: true, value: 5 });
  await assert.rejects(async () => iteratorOf(numbers()).throw?.(new Error("x")), /x/);
});

it("is of its own methods, whatever a page has put on Object.prototype", async () => {
  const none = { configurable: true, get: () => undefined, set: () => assert.fail("a setter was called") };
  const names = ["next", "return", "throw", "done"];
  for (const name of names) Object.defineProperty(Object.prototype, name, none);
  try {
    const iterator = iteratorOf(
      (async function* () {
        yield 1;
      })(),
    );
    assert.deepEqual([Object.hasOwn(iterator, "next"), Object.hasOwn(iterator, "return")], [true, true]);
    const first = await iterator.next();
    assert.equal(first.value, 1);
  } finally {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name);
  }
});
