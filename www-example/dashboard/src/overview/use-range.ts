// The range and the outcome that the overview shows, as its URL has them: back and forward work, and links can be kept.
import { useEffect, useLayoutEffect } from "preact/hooks";
import { useSearchParams } from "wouter-preact";
import { OUTCOMES, type Outcome } from "../log/outcome";
import { type Choice, choice, choiceIn, writeChoice } from "../log/range";
import { only } from "./summary";

/** What is shown if nothing was chosen: what happened today, also just after midnight. */
const DEFAULT: Choice = { last: "24h" };

export interface Shown {
  /** `null` until the URL has been read. */
  choice: Choice | null;
  isDefault: boolean;
  choose: (chosen: Choice | null) => void;
  only: Outcome | null;
  showOnly: (outcome: Outcome | null) => void;
}

export function useRange(): Shown {
  const [query, setQuery] = useSearchParams();
  const text = query.toString();
  const asked = choiceIn(query);

  // What was chosen before one went to another page is still chosen when one comes back.
  useLayoutEffect(() => {
    const kept = choice.peek();
    if (asked || kept === null) return;
    setQuery((before) => withChoice(before, kept), { replace: true });
  }, []);
  useLayoutEffect(() => {
    choice.value = choiceIn(new URLSearchParams(text)) ?? DEFAULT;
    only.value = OUTCOMES.find((outcome) => outcome === query.get("outcome")) ?? null;
  }, [text]);
  // What nobody chose is not kept.
  useEffect(
    () => () => {
      if (choice.peek() === DEFAULT) choice.value = null;
    },
    [],
  );

  return {
    choice: choice.value,
    isDefault: choice.value === DEFAULT,
    choose: (chosen) => setQuery((before) => withChoice(before, chosen)),
    only: only.value,
    showOnly: (outcome) =>
      setQuery((before) => {
        const after = new URLSearchParams(before);
        if (outcome === null) after.delete("outcome");
        else after.set("outcome", outcome);
        return after;
      }),
  };
}

function withChoice(before: URLSearchParams, chosen: Choice | null): URLSearchParams {
  const after = new URLSearchParams(before);
  writeChoice(after, chosen);
  return after;
}
