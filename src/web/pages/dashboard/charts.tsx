import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Statistics } from "../../../contract/statistics.ts";
import { Link, useGo } from "../../components/link.tsx";
import { count, typicalDuration, percent } from "../../locales/format.ts";
import { useLanguage, useText } from "../../locales/language.tsx";
import { type HistoryFilters, paths } from "../../paths.ts";
import { failuresOf, OUTCOMES, type Outcome, statesOf, type TimePoint } from "./outcomes.ts";
import { stretchOf } from "./stretch-words.ts";
import classes from "./charts.module.css";

// What draws is several times as large as the rest of the page.
const OutcomeChart = lazy(async () => ({ default: (await import("./time-charts.tsx")).OutcomeChart }));
const FailureRateChart = lazy(async () => ({ default: (await import("./time-charts.tsx")).FailureRateChart }));
const DurationChart = lazy(async () => ({ default: (await import("./time-charts.tsx")).DurationChart }));

interface ChartsProps {
  readonly statistics: Statistics;
  /** What the history is narrowed to besides the time. */
  readonly filters: HistoryFilters;
}

/** What happened over time. A click leads to the requests behind it; so do the links of the table beside each chart. */
export function Charts({ statistics: { series, bucket }, filters }: ChartsProps) {
  const { charts: text, outcomes } = useText().dashboard;
  const go = useGo();
  const { language } = useLanguage();
  const leadTo = ({ from, to }: TimePoint, ...of: readonly Outcome[]): string =>
    paths.history({ ...filters, from, to, state: of.length === 0 ? undefined : statesOf(...of) });
  const chart = { points: series, bucket, onChoose: (...of: Parameters<typeof leadTo>) => go(leadTo(...of)) };
  const legend = OUTCOMES.toReversed().filter((outcome) => series.some((point) => point[outcome] > 0));
  const number = (value: number): string => count(value, language);
  const seconds = (value: number | null): string => (value === null ? "–" : typicalDuration(value));
  return (
    <div className={classes.charts}>
      <Figure
        wide
        title={text.outcomes}
        every={text.buckets[bucket]}
        legend={legend.map((outcome) => ({ id: outcome, name: outcomes[outcome] }))}
        table={
          <TimeTable
            caption={text.outcomes}
            {...{ series, bucket, linkOf: leadTo }}
            columns={[
              { header: text.requests, cell: (point) => linked(point.requests, number, leadTo(point)) },
              ...legend.map((outcome) => ({
                header: outcomes[outcome],
                cell: (point: TimePoint) => linked(point[outcome], number, leadTo(point, outcome)),
              })),
            ]}
          />
        }
      >
        <OutcomeChart {...chart} />
      </Figure>
      <Figure
        title={text.failureRate}
        every={text.buckets[bucket]}
        table={
          <TimeTable
            caption={text.failureRate}
            {...{ series, bucket, linkOf: leadTo }}
            columns={[
              {
                header: text.failureRate,
                cell: ({ failureRate }) => (failureRate === null ? "–" : percent(failureRate)),
              },
              {
                header: text.failures,
                cell: (point) => linked(failuresOf(point), number, leadTo(point, "failed", "lost")),
              },
            ]}
          />
        }
      >
        <FailureRateChart {...chart} />
      </Figure>
      <Figure
        title={text.durations}
        every={text.buckets[bucket]}
        legend={[
          { id: "median", name: text.median },
          { id: "p95", name: text.p95 },
        ]}
        table={
          <TimeTable
            caption={text.durations}
            {...{ series, bucket, linkOf: leadTo }}
            columns={[
              { header: text.median, cell: ({ median }) => seconds(median) },
              { header: text.p95, cell: ({ p95 }) => seconds(p95) },
              {
                header: text.runs,
                cell: (point) =>
                  linked(
                    point.succeeded + point.failed + point.stopped + point.lost,
                    number,
                    leadTo(point, "succeeded", "failed", "stopped", "lost"),
                  ),
              },
            ]}
          />
        }
      >
        <DurationChart {...chart} />
      </Figure>
    </div>
  );
}

/** A number that leads to what was counted; nothing leads to nothing. */
function linked(value: number, said: (value: number) => string, href: string): ReactNode {
  return value === 0 ? "0" : <Link href={href}>{said(value)}</Link>;
}

interface FigureProps {
  readonly title: string;
  /** How much time one part of the chart is. */
  readonly every: string;
  readonly wide?: boolean;
  readonly legend?: readonly { readonly id: string; readonly name: string }[];
  /** The same as numbers: for those who do not see the chart or use no pointer, and for everybody who wants them. */
  readonly table: ReactNode;
  readonly children: ReactNode;
}

function Figure({ title, every, wide = false, legend = [], table, children }: FigureProps) {
  const text = useText().dashboard.charts;
  const [open, setOpen] = useState(false);
  return (
    <figure className={classes.figure} data-wide={wide || undefined} aria-label={title}>
      <figcaption className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <span className={classes.every}>{every}</span>
        {legend.length > 0 && (
          <ul className={classes.legend}>
            {legend.map(({ id, name }) => (
              <li key={id}>
                <span className={classes.key} data-series={id} aria-hidden />
                {name}
              </li>
            ))}
          </ul>
        )}
      </figcaption>
      <div className={classes.room} aria-hidden>
        <Suspense>{children}</Suspense>
      </div>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={classes.summary} aria-label={text.tableOf(title)}>
          {text.asTable}
        </summary>
        {open && table}
      </details>
    </figure>
  );
}

interface TimeTableProps {
  readonly caption: string;
  readonly series: readonly TimePoint[];
  readonly bucket: Statistics["bucket"];
  /** The requests of a part of the time. */
  readonly linkOf: (point: TimePoint) => string;
  readonly columns: readonly { readonly header: string; readonly cell: (point: TimePoint) => ReactNode }[];
}

/** The numbers of a chart, newest first; it scrolls inside its own frame. */
function TimeTable({ caption, series, bucket, linkOf, columns }: TimeTableProps) {
  const { language, text } = useLanguage();
  return (
    <div className={classes.tableFrame} role="region" aria-label={caption}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{text.dashboard.charts.time}</th>
            {columns.map(({ header }) => (
              <th key={header} scope="col" data-figure>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.toReversed().map((point) => (
            <tr key={point.from}>
              <th scope="row">
                <Link href={linkOf(point)}>{stretchOf(point, bucket, language)}</Link>
              </th>
              {columns.map(({ header, cell }) => (
                <td key={header} data-figure>
                  {cell(point)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
