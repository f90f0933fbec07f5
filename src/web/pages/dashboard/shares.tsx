import { type ReactNode, useState } from "react";
import { Button } from "@mantine/core";
import type { Statistics } from "../../../contract/statistics.ts";
import { Link } from "../../components/link.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { count } from "../../locales/format.ts";
import { useLanguage, useText } from "../../locales/language.tsx";
import { type HistoryFilters, paths } from "../../paths.ts";
import { type Counts, failuresOf, statesOf } from "./outcomes.ts";
import classes from "./dashboard.module.css";

interface SharesProps {
  readonly statistics: Statistics;
  readonly filters: HistoryFilters;
}

/** Where requests were, and whose: each name and number leads to them. */
export function Shares({ statistics, filters }: SharesProps) {
  const { shares: text } = useText().dashboard;
  const row = (key: string | number, name: ReactNode, counts: Counts, narrowed: HistoryFilters): ShareRow => ({
    key,
    name,
    requests: counts.requests,
    failures: failuresOf(counts),
    filters: { ...filters, ...narrowed },
  });
  return (
    <div className={classes.shares}>
      <Share
        title={text.environment}
        rows={statistics.environments.map((each) => row(each.id, each.name, each, { environment: each.id }))}
      />
      <Share
        title={text.category}
        rows={statistics.categories.map((each) => row(each.id, each.name || text.none, each, { category: each.id }))}
      />
      <Share
        title={text.order}
        rows={statistics.orders.map((each) =>
          row(each.id, <OrderName name={each.name} environment={each.environment} />, each, { order: each.id }),
        )}
      />
      <Share title={text.by} rows={statistics.people.map((each) => row(each.id, each.name, each, { by: each.name }))} />
      <Share
        title={text.state}
        rows={statistics.states
          .filter(({ requests }) => requests > 0)
          .map(({ state, requests }) => ({
            key: state,
            name: <StateBadge state={state} />,
            requests,
            failures: null,
            filters: { ...filters, state },
          }))}
      />
    </div>
  );
}

/** An order with its environment, since one name may stand in several. */
export function OrderName({ name, environment }: { readonly name: string; readonly environment: string }) {
  return (
    <>
      {name} <span className={classes.dimmed}>{environment}</span>
    </>
  );
}

interface ShareRow {
  readonly key: string | number;
  readonly name: ReactNode;
  readonly requests: number;
  /** null: that is not told apart. */
  readonly failures: number | null;
  readonly filters: HistoryFilters;
}

const FIRST = 6;

/** Bars side by side with their numbers; the hatched part failed. */
function Share({ title, rows }: { readonly title: string; readonly rows: readonly ShareRow[] }) {
  const { language, text: catalogue } = useLanguage();
  const { shares: text } = catalogue.dashboard;
  const [all, setAll] = useState(false);
  const most = Math.max(1, ...rows.map(({ requests }) => requests));
  const failures = rows.some((row) => row.failures !== null);
  return (
    <section className={classes.card} aria-label={title}>
      <table className={classes.bars}>
        <caption>{title}</caption>
        <thead className={classes.hidden}>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.requests}</th>
            {failures && <th scope="col">{text.failed}</th>}
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, FIRST)).map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <Link href={paths.history(row.filters)}>{row.name}</Link>
                <span className={classes.bar} aria-hidden>
                  <span className={classes.barFailed} style={{ width: `${((row.failures ?? 0) / most) * 100}%` }} />
                  <span
                    className={classes.barRest}
                    data-plain={row.failures === null || undefined}
                    style={{ width: `${((row.requests - (row.failures ?? 0)) / most) * 100}%` }}
                  />
                </span>
              </th>
              <td>{count(row.requests, language)}</td>
              {failures && (
                <td>
                  <Failures number={row.failures ?? 0} filters={row.filters} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > FIRST && (
        <Button size="compact-xs" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? text.fewer : text.others(rows.length - FIRST)}
        </Button>
      )}
    </section>
  );
}

/** How many failed, as a link to them. */
function Failures({ number, filters }: { readonly number: number; readonly filters: HistoryFilters }) {
  const { language, text } = useLanguage();
  if (number === 0) return <span className={classes.dimmed}>{text.dashboard.shares.noneFailed}</span>;
  return (
    <Link href={paths.history({ ...filters, state: statesOf("failed", "lost") })} className={classes.failures}>
      {text.dashboard.shares.failures(count(number, language))}
    </Link>
  );
}
