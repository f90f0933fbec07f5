import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Statistics } from "../../../contract/statistics.ts";
import { Link } from "../../components/link.tsx";
import { count, typicalDuration, percent } from "../../locales/format.ts";
import { useLanguage, useText } from "../../locales/language.tsx";
import { type HistoryFilters, paths } from "../../paths.ts";
import { failureRateOf, failuresOf, statesOf } from "./outcomes.ts";
import { OrderName } from "./shares.tsx";
import classes from "./dashboard.module.css";

type Order = Statistics["orders"][number];

interface Column {
  readonly header: string;
  readonly cell: (order: Order) => ReactNode;
}

interface OrderTablesProps {
  readonly statistics: Statistics;
  readonly filters: HistoryFilters;
}

/** The orders that take longest, and those that fail most. */
export function OrderTables({ statistics: { slowest, failing }, filters }: OrderTablesProps) {
  const { language, text: catalogue } = useLanguage();
  const { columns: text, ...words } = catalogue.dashboard;
  const requestsOf = ({ id }: Order, state?: string): string => paths.history({ ...filters, order: id, state });
  const requests: Column = { header: text.requests, cell: (each) => count(each.requests, language) };
  const seconds = (value: number | null): string => (value === null ? "–" : typicalDuration(value));
  return (
    <div className={classes.tables}>
      <Orders
        title={words.slowest}
        none={words.noneRan}
        rows={slowest}
        linkOf={requestsOf}
        columns={[
          { header: text.median, cell: ({ median }) => seconds(median) },
          { header: text.p95, cell: ({ p95 }) => seconds(p95) },
          requests,
        ]}
      />
      <Orders
        title={words.failing}
        none={words.noneFailed}
        rows={failing}
        linkOf={requestsOf}
        columns={[
          {
            header: text.failed,
            cell: (each) => (
              <Link href={requestsOf(each, statesOf("failed", "lost"))} className={classes.failures}>
                {count(failuresOf(each), language)}
              </Link>
            ),
          },
          { header: text.rate, cell: (each) => percent(failureRateOf(each) ?? 0) },
          requests,
        ]}
      />
    </div>
  );
}

interface OrdersProps {
  readonly title: string;
  readonly none: string;
  readonly rows: readonly Order[];
  /** The requests of an order. */
  readonly linkOf: (order: Order) => string;
  readonly columns: readonly Column[];
}

function Orders({ title, none, rows, linkOf, columns }: OrdersProps) {
  const { order } = useText().dashboard.columns;
  return (
    <section className={classes.card} aria-label={title}>
      <h2 className={classes.cardTitle}>{title}</h2>
      {rows.length === 0 ? (
        <Text c="dimmed">{none}</Text>
      ) : (
        <table className={classes.orders}>
          <thead>
            <tr>
              <th scope="col">{order}</th>
              {columns.map(({ header }) => (
                <th key={header} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <Link href={linkOf(row)} className={classes.open}>
                    <OrderName name={row.name} environment={row.environment} />
                  </Link>
                </th>
                {columns.map(({ header, cell }) => (
                  <td key={header}>{cell(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
