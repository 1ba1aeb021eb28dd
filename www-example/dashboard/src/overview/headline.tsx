// The figures of the range, in one row: what happened, and what was refused.
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { auditLink } from "../links";
import { missing, total } from "../log/audit-log";
import { OUTCOME_WORDS, type Outcome } from "../log/outcome";
import { type Choice, wordsOf } from "../log/range";
import { atLeast, change, count, countOf, percent } from "../ui/numbers";
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
  const isPart = missing.value !== null;
  const number = (value: number) => (isPart ? `at least ${count(value)}` : count(value));
  return (
    <p class="sentence">
      {words[0]?.toUpperCase()}
      {words.slice(1)},{" "}
      <strong>
        {isPart && "at least "}
        {countOf(agents.value.length, "agent")}
      </strong>{" "}
      asked <strong>{number(totals.all)}</strong> {totals.all === 1 ? "time" : "times"};{" "}
      <strong>{refused === 0 && !isPart ? "nothing" : number(refused)}</strong> {refused > 1 ? "were" : "was"} refused.
    </p>
  );
}

export function Headline({ only, showOnly }: Props) {
  const { totals } = decisions.value;
  const isPart = missing.value !== null;
  // Parts cannot be compared.
  const earlier = isPart ? null : before.value;
  const number = (value: number) => (isPart ? atLeast(value) : count(value));
  const all =
    isPart && (total.value === undefined ? "not all are loaded" : `of ${countOf(total.value, "entry", "entries")}`);
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
        value={number(totals[outcome])}
        note={
          compared(totals[outcome], earlier?.totals[outcome]) ||
          `${percent(totals[outcome], totals.all)} of ${isPart ? "these" : "all"}`
        }
      />
    </button>
  );
  return (
    <section class="headline" aria-label="Figures">
      <Link class="card figure" href={auditLink(range)}>
        <Figure name="Decisions" value={number(totals.all)} note={all || compared(totals.all, earlier?.totals.all)} />
      </Link>
      <Link class="card figure outcome-allowed" href={auditLink({ ...range, outcome: "allowed" })}>
        <Figure
          name="Allowed"
          outcome="allowed"
          value={percent(totals.allowed, totals.all)}
          note={
            earlier && earlier.totals.all > 0
              ? `was ${percent(earlier.totals.allowed, earlier.totals.all)}`
              : `${count(totals.allowed)} ${isPart ? "of these" : "decisions"}`
          }
        />
      </Link>
      {toggle("denied")}
      {toggle("needs_approval")}
      {toggle("rate_limited")}
      <Link class="card figure" href="/agents">
        <Figure
          name="Agents active"
          value={number(agents.value.length)}
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
