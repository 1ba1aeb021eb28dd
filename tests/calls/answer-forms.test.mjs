// What answers become: values, decisions, nothing, or errors of every class.
import { describe, it } from "node:test";
import { casesOf, play } from "./cases.mjs";

describe("an answer", () => {
  for (const scenario of casesOf("answers.json").scenarios) it(scenario.name, () => play(scenario));
});
