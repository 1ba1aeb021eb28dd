// The figures of the range, in one row: what happened, and what was refused.
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { auditLink } from "../links";
import { OUTCOME_WORDS, type Outcome } from "../log/outcome";
import { type Choice, wordsOf } from "../log/range";
import { change, count, countOf, percent } from "../ui/numbers";
import { PATTERNS } from "./decisions-chart";
import { agents, before, decisions, rangeQuery } from "./summary";

interface Props {
  only: Outcome | null;
  showOnly: (outcome: Outcome | null) => void;
}

/** The same in a sentence, for who reads only that. */
export function Sentence({ choice }: { choice: Choice }) {
  const { totals } = decisions.value;
  const refused = totals.all - totals.allowed;
  const words = wordsOf(choice);
  return (
    <p class="sentence">
      {words[0]?.toUpperCase()}
      {words.slice(1)}, <strong>{countOf(agents.value.length, "agent")}</strong> asked{" "}
      <strong>{count(totals.all)}</strong> {totals.all === 1 ? "time" : "times"};{" "}
      <strong>{refused === 0 ? "nothing" : count(refused)}</strong> {refused > 1 ? "were" : "was"} refused.
    </p>
  );
}

export function Headline({ only, showOnly }: Props) {
  const { totals } = decisions.value;
  const earlier = before.value;
  const range = rangeQuery.value;
  const compared = (now: number, then: number | undefined) =>
    earlier && then !== undefined && then > 0 ? `${change(now, then)} vs ${earlier.words}` : "";
  const toggle = (outcome: Exclude<Outcome, "allowed">) => (
    <button
      type="button"
      class={`card figure outcome-${outcome}`}
      aria-pressed={only === outcome}
      title={only === outcome ? "Show all refusals" : "Show only these refusals below"}
      onClick={() => showOnly(only === outcome ? null : outcome)}
    >
      <Figure
        name={OUTCOME_WORDS[outcome]}
        outcome={outcome}
        value={count(totals[outcome])}
        note={compared(totals[outcome], earlier?.totals[outcome]) || `${percent(totals[outcome], totals.all)} of all`}
      />
    </button>
  );
  return (
    <section class="headline" aria-label="Figures">
      <Link class="card figure" href={auditLink(range)}>
        <Figure name="Decisions" value={count(totals.all)} note={compared(totals.all, earlier?.totals.all)} />
      </Link>
      <Link class="card figure outcome-allowed" href={auditLink({ ...range, result: "allowed" })}>
        <Figure
          name="Allowed"
          outcome="allowed"
          value={percent(totals.allowed, totals.all)}
          note={
            earlier && earlier.totals.all > 0
              ? `was ${percent(earlier.totals.allowed, earlier.totals.all)}`
              : `${count(totals.allowed)} decisions`
          }
        />
      </Link>
      {toggle("denied")}
      {toggle("needs_approval")}
      {toggle("rate_limited")}
      <Link class="card figure" href="/agents">
        <Figure
          name="Agents active"
          value={count(agents.value.length)}
          note={earlier ? `was ${count(earlier.agents)}` : ""}
        />
      </Link>
    </section>
  );
}

function Figure({
  name,
  value,
  note,
  outcome,
}: {
  name: string;
  value: string;
  note: ComponentChildren;
  outcome?: Outcome;
}) {
  return (
    <>
      <span class="name">
        {outcome && <span class={`swatch ${PATTERNS[outcome]}`} />}
        {name}
      </span>
      <span class="value">{value}</span>
      <span class="note muted">{note}</span>
    </>
  );
}
