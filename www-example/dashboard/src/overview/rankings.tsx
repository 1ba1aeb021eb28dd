// Who and what comes first: reasons, resources and agents, each with a bar and with a link to more.
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { agentName } from "../agents/directory";
import { agentLink, auditLink, whyLink } from "../links";
import { OUTCOME_WORDS, type Outcome, shownAs } from "../log/outcome";
import { count, percent } from "../ui/numbers";
import { useDeferred } from "../ui/use-deferred";
import { agents, causes, decisions, only, rangeQuery, refusals, top } from "./summary";
import type { Ranked, RefusedGroup } from "./tally";

const MOST = 8;

interface Row {
  key: string;
  name: ComponentChildren;
  number: number;
  /** Which part of all that is. */
  share: string;
  outcome?: Outcome;
  /** The entries that the number counts. */
  href?: string;
}

interface RankingProps {
  title: string;
  /** What the rows are: “Reason”. */
  what: string;
  /** What the number of a row counts: “Refused”. */
  counted: string;
  /** What the share of a row is of. */
  shareOf: string;
  rows: readonly Row[];
  /** Said where there are none. */
  none: string;
}

function Ranking({ title, what, counted, shareOf, rows, none }: RankingProps) {
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
          <colgroup>
            <col />
            <col class="number" />
            <col class="share" />
          </colgroup>
          <thead class="visually-hidden">
            <tr>
              <th scope="col">{what}</th>
              <th scope="col">{counted}</th>
              <th scope="col">Share of {shareOf}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, number, share, outcome, href }) => (
              <tr key={key} class={outcome && `outcome-${outcome}`}>
                <th scope="row">
                  <span class="name">{name}</span>
                  <span class="meter" aria-hidden="true">
                    <span style={{ width: `${(100 * number) / most}%` }} />
                  </span>
                </th>
                <td class="numeric">
                  {href ? (
                    <Link href={href} title="Show these in the audit log">
                      {count(number)}
                    </Link>
                  ) : (
                    count(number)
                  )}
                </td>
                <td class="numeric muted" title={`of ${shareOf}`}>
                  {share}
                </td>
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
  const { outcome, reason, agentId, action, resource } = example;
  // The latest of them: with its time, its arguments and all that its reason tells.
  const entry = refusals.value?.filter({ outcome, reason, agentId, action, resource }).row(0);
  if (entry === undefined) return <>{children}</>;
  return (
    <Link href={whyLink(entry)} title={`${children}: try it in the playground`}>
      {children}
    </Link>
  );
}

export function Rankings() {
  const found = useDeferred(top, causes);
  if (found === undefined) return null;
  const asked = new Map(agents.value.map(({ agentId, count }) => [agentId, count]));
  const refused = (name: ComponentChildren, { name: key, count: number, example }: Ranked, all = found.all) => ({
    key,
    name,
    number,
    share: percent(number, all),
    outcome: shownAs(example.outcome),
  });
  const query = { outcome: only.value ?? "refused", ...rangeQuery.value };
  const why = (one: Ranked, filter: "reason" | "resource") => ({
    ...refused(<WhyOf example={one.example}>{one.name}</WhyOf>, one),
    href: auditLink({ ...query, [filter]: one.name }),
  });
  const ofAll = { counted: "Refused", shareOf: "all refusals", none: NOTHING };
  return (
    <>
      <Ranking
        {...ofAll}
        title="Why it was refused"
        what="Reason"
        rows={found.reasons.map((one) => why(one, "reason"))}
      />
      <Ranking
        {...ofAll}
        title="Resources refused most"
        what="Resource"
        rows={found.resources.map((one) => why(one, "resource"))}
      />
      <Ranking
        {...ofAll}
        title="Agents refused most"
        what="Agent"
        shareOf="what they asked"
        rows={found.agents.map((one) => refused(<RefusalsOf id={one.name} />, one, asked.get(one.name)))}
      />
      <Busiest />
    </>
  );
}

function RefusalsOf({ id }: { id: string }) {
  return (
    <Link
      href={auditLink({ agent: id, outcome: only.value ?? "refused", ...rangeQuery.value })}
      title="Show these in the audit log"
    >
      <bdi>{agentName(id)}</bdi>
    </Link>
  );
}

function Busiest() {
  const rows = agents.value.slice(0, MOST).map(({ agentId, count: number }) => ({
    key: agentId ?? "",
    name: (
      <Link href={agentLink(agentId ?? "")}>
        <bdi>{agentName(agentId ?? "")}</bdi>
      </Link>
    ),
    number,
    share: percent(number, decisions.value.totals.all),
  }));
  return (
    <Ranking
      title="Busiest agents"
      what="Agent"
      counted="Decisions"
      shareOf="all decisions"
      rows={rows}
      none="No agent was active."
    />
  );
}
