import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, calls, returns } from "./fake-module.js";
import { answerAbout } from "./lists.js";
import { READING } from "./options.js";
import { PackedPermissions } from "./packed-permissions.js";

let opened = 0;
returns.open = () => opened++;
const list = () => new PackedPermissions([], { name: "a", options: undefined, known: READING });
const closed = () => calls.filter(({ name }) => name === "close").map(({ args }) => args[0]);

test("lists are closed, whatever results from the question", () => {
  assert.equal(answerAbout([list(), list()], (one, other) => answer([one, other])).numbers.length, 2);
  assert.throws(() =>
    answerAbout([list()], () => {
      throw new Error("asked");
    }),
  );
  assert.deepEqual(closed(), [0, 1, 2]);
});
