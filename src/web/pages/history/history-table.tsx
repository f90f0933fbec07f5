import { Table } from "@mantine/core";
import type { RequestListItem } from "../../../contract/requests.ts";
import { Elapsed } from "../../components/elapsed.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./history.module.css";

/** Requests in rows, each a link to its page; on a phone each is a card. */
export function HistoryTable({ requests }: { readonly requests: readonly RequestListItem[] }) {
  const text = useText().history;
  const { columns } = text;
  return (
    <Table className={classes.table} verticalSpacing={7}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{columns.id}</Table.Th>
          <Table.Th>{columns.state}</Table.Th>
          <Table.Th>{columns.order}</Table.Th>
          <Table.Th>{columns.values}</Table.Th>
          <Table.Th>{columns.environment}</Table.Th>
          <Table.Th>{columns.by}</Table.Th>
          <Table.Th>{columns.submitted}</Table.Th>
          <Table.Th className={classes.figure}>{columns.duration}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {requests.map(({ id, state, order, summary, environment, by, submittedAt, startedAt, endedAt }) => (
          <Table.Tr key={id} className={classes.row}>
            <Table.Td className={classes.id}>
              <Link href={paths.request(id)} className={classes.link}>
                #{id}
              </Link>
            </Table.Td>
            <Table.Td className={classes.state}>
              <StateBadge state={state} />
            </Table.Td>
            <Table.Td className={classes.order}>{order.name}</Table.Td>
            <Table.Td className={classes.values} title={summary}>
              {summary}
            </Table.Td>
            <Table.Td className={classes.small}>
              <span
                className={classes.dot}
                style={{ background: `var(--mantine-color-${environment.colour}-filled)` }}
                aria-hidden
              />
              {environment.name}
            </Table.Td>
            <Table.Td className={classes.small}>{by}</Table.Td>
            <Table.Td className={classes.moment}>
              <Moment at={submittedAt} />
            </Table.Td>
            <Table.Td className={classes.figure}>
              {startedAt === null ? (
                <span className={classes.dimmed}>{endedAt === null ? "" : text.notRun}</span>
              ) : (
                <Elapsed from={startedAt} to={endedAt} />
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
