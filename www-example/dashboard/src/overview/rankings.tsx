// Who and what comes first: reasons, resources and agents, each with a bar and with a link to more.
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { agentName } from "../agents/directory";
import { agentLink, auditLink, playgroundLink } from "../links";
import { OUTCOME_WORDS, type Outcome, outcomeOf } from "../log/outcome";
import { count, percent } from "../ui/numbers";
import { agents, decisions, only, rangeQuery, refusedCount, topReasons, topRefused, topResources } from "./summary";
import type { RefusedGroup } from "./tally";

const MOST = 8;

interface Row {
  key: string;
  name: ComponentChildren;
  number: number;
  /** What stands beside the number. */
  note: string;
  outcome?: Outcome;
}

interface RankingProps {
  title: string;
  /** What the rows are: “Reason”. */
  what: string;
  /** What the number of a row counts: “Refused”. */
  counted: string;
  rows: readonly Row[];
  /** Said where there are none. */
  none: string;
}

function Ranking({ title, what, counted, rows, none }: RankingProps) {
  const id = title.replaceAll(" ", "-").toLowerCase();
  const most = Math.max(...rows.map(({ number }) => number));
  return (
    <section class="card ranking" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {only.value && counted === "Refused" && <small class="muted">{OUTCOME_WORDS[only.value]}</small>}
      </header>
      {rows.length === 0 ? (
        <p class="muted">{none}</p>
      ) : (
        <table>
          <thead class="visually-hidden">
            <tr>
              <th scope="col">{what}</th>
              <th scope="col">{counted}</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, number, note, outcome }) => (
              <tr key={key} class={outcome && `outcome-${outcome}`}>
                <th scope="row">
                  <span class="name">{name}</span>
                  <span class="meter" aria-hidden="true">
                    <span style={{ width: `${(100 * number) / most}%` }} />
                  </span>
                </th>
                <td class="numeric">{count(number)}</td>
                <td class="numeric muted">{note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const NOTHING = "Nothing was refused.";

/** The playground, with what was refused most often of these. */
function WhyOf({ example, children }: { example: RefusedGroup; children: string }) {
  const { agentId, action, resource } = example;
  const asked = { agentId: agentId ?? undefined, action: action ?? undefined, resource: resource ?? undefined };
  return (
    <Link href={playgroundLink(asked)} title={`${children}: try it in the playground`}>
      {children}
    </Link>
  );
}

export function TopReasons() {
  const rows = topReasons.value.map(({ name, count: number, example }) => ({
    key: name,
    name: <WhyOf example={example}>{name}</WhyOf>,
    number,
    note: percent(number, refusedCount.value),
    outcome: outcomeOf(example),
  }));
  return <Ranking title="Why it was refused" what="Reason" counted="Refused" rows={rows} none={NOTHING} />;
}

export function TopResources() {
  const rows = topResources.value.map(({ name, count: number, example }) => ({
    key: name,
    name: <WhyOf example={example}>{name}</WhyOf>,
    number,
    note: percent(number, refusedCount.value),
    outcome: outcomeOf(example),
  }));
  return <Ranking title="Refused most" what="Resource" counted="Refused" rows={rows} none={NOTHING} />;
}

export function TopRefused() {
  const all = new Map(agents.value.map(({ agentId, count }) => [agentId, count]));
  const rows = topRefused.value.map(({ name, count: number, example }) => ({
    key: name,
    name: (
      <Link href={auditLink({ agent: name, result: "denied", ...rangeQuery.value })} title="Show these in the audit log">
        {agentName(name)}
      </Link>
    ),
    number,
    note: `${percent(number, all.get(name) ?? number)} of theirs`,
    outcome: outcomeOf(example),
  }));
  return <Ranking title="Agents refused most" what="Agent" counted="Refused" rows={rows} none={NOTHING} />;
}

export function Busiest() {
  const rows = agents.value.slice(0, MOST).map(({ agentId, count: number }) => ({
    key: agentId ?? "",
    name: <Link href={agentLink(agentId ?? "")}>{agentName(agentId ?? "")}</Link>,
    number,
    note: percent(number, decisions.value.totals.all),
  }));
  return <Ranking title="Busiest agents" what="Agent" counted="Decisions" rows={rows} none="No agent was active." />;
}
