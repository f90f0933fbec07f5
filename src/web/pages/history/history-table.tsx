import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import type { HistoryVariable } from "../../../contract/history.ts";
import type { RequestListItem } from "../../../contract/requests.ts";
import { Elapsed } from "../../components/elapsed.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import type { FixedColumn } from "./shown-columns.ts";
import classes from "./history.module.css";

interface HistoryTableProps {
  readonly requests: readonly RequestListItem[];
  readonly fixed: readonly FixedColumn[];
  readonly variables: readonly HistoryVariable[];
}

/** Requests in rows, each a link to its page with its log; where there is little room each is a card. */
export function HistoryTable({ requests, fixed, variables }: HistoryTableProps) {
  const { columns, caption } = useText().history;
  // Variables stand where the line of all values stands, or would.
  const place = fixed.findLastIndex((column) => ["state", "order", "values"].includes(column)) + 1;
  const [before, after] = [fixed.slice(0, place), fixed.slice(place)];
  return (
    <div className={classes.frame}>
      <Table className={classes.table} verticalSpacing={7}>
        <Table.Caption className={classes.caption}>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.id}</Table.Th>
            <FixedHeaders columns={before} />
            {variables.map(({ name, label }) => (
              <Table.Th key={name} title={name}>
                {label || name}
              </Table.Th>
            ))}
            <FixedHeaders columns={after} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {requests.map((request) => (
            <Table.Tr key={request.id} className={classes.row}>
              <Table.Td className={classes.id}>
                <Link href={paths.request(request.id)} className={classes.link}>
                  #{request.id}
                </Link>
              </Table.Td>
              <FixedCells columns={before} request={request} />
              {variables.map(({ name, label }) => {
                const value = request.values?.[name]?.join(", ") ?? "";
                return (
                  <Table.Td
                    key={name}
                    className={classes.variable}
                    title={value}
                    data-header={label || name}
                    data-empty={value === "" || undefined}
                  >
                    <div>{value}</div>
                  </Table.Td>
                );
              })}
              <FixedCells columns={after} request={request} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function FixedHeaders({ columns }: { readonly columns: readonly FixedColumn[] }) {
  const text = useText().history.columns;
  return columns.map((column) => (
    <Table.Th key={column} className={column === "duration" ? classes.figure : undefined}>
      {text[column]}
    </Table.Th>
  ));
}

function FixedCells({
  columns,
  request,
}: {
  readonly columns: readonly FixedColumn[];
  readonly request: RequestListItem;
}) {
  const text = useText().history.columns;
  return columns.map((column) => (
    <Table.Td
      key={column}
      className={classes[column]}
      data-header={text[column]}
      title={column === "values" ? request.summary : undefined}
    >
      <FixedCell column={column} request={request} />
    </Table.Td>
  ));
}

const CELLS: Readonly<Record<FixedColumn, (request: RequestListItem) => ReactNode>> = {
  state: ({ state }) => <StateBadge state={state} />,
  order: ({ order }) => order.name,
  values: ({ summary }) => summary,
  environment: ({ environment }) => (
    <>
      <span
        className={classes.dot}
        style={{ background: `var(--mantine-color-${environment.colour}-filled)` }}
        aria-hidden
      />
      {environment.name}
    </>
  ),
  category: ({ category }) => category,
  by: ({ by }) => by,
  submitted: ({ submittedAt }) => <Moment at={submittedAt} />,
  started: ({ startedAt }) => startedAt !== null && <Moment at={startedAt} />,
  ended: ({ endedAt }) => endedAt !== null && <Moment at={endedAt} />,
  duration: (request) => <Duration request={request} />,
};

function FixedCell({ column, request }: { readonly column: FixedColumn; readonly request: RequestListItem }) {
  return CELLS[column](request);
}

function Duration({ request: { startedAt, endedAt } }: { readonly request: RequestListItem }) {
  const text = useText().history;
  if (startedAt !== null) return <Elapsed from={startedAt} to={endedAt} />;
  return <span className={classes.dimmed}>{endedAt === null ? "" : text.notRun}</span>;
}
