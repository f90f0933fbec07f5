import { Button } from "@mantine/core";
import IconDownload from "@tabler/icons-react/icons/IconDownload";
import { useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { HistoryVariable } from "../../../contract/history.ts";
import type { RequestListItem } from "../../../contract/requests.ts";
import { useAnswer } from "../../api/api.tsx";
import { addressOf } from "../../api/call.ts";
import { useIntervalWhileNotLive } from "../../api/while-not-live.ts";
import { Answer } from "../../components/answer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link, useGo } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { useLanguage, useText } from "../../locales/language.tsx";
import { type HistoryFilters, paths } from "../../paths.ts";
import { ColumnMenu } from "./column-menu.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { filtersIn, isFiltered, requestQuery } from "./history-filters.ts";
import { HistoryTable } from "./history-table.tsx";
import { useNewRequests } from "./new-requests.ts";
import { type ShownColumns, useShownColumns } from "./shown-columns.ts";
import classes from "./history.module.css";

/** Every request there has been, newest first. What it is filtered by, and the page of the list, stand in the address. */
export function HistoryPage() {
  const { language, text } = useLanguage();
  const go = useGo();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const filters = filtersIn(search);
  const after = typeof search["after"] === "string" ? search["after"] : undefined;
  const [shown, setShown] = useShownColumns();
  const variables = useVariables(filters);
  const columns = variables.filter(({ name }) => shown.variables.includes(name));
  const query = { ...requestQuery(filters), ...(columns.length > 0 && { columns: namesOf(columns) }) };
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const csv = addressOf("GET /requests/csv", { query: { ...query, language, zone } });
  return (
    <Page
      title={text.history.title}
      actions={
        <div className={classes.actions}>
          <ColumnMenu shown={shown} variables={variables} onChange={setShown} />
          <Button
            component="a"
            href={csv}
            download
            variant="default"
            title={text.history.csvHint}
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {text.history.csv}
          </Button>
        </div>
      }
    >
      <FilterBar
        filters={filters}
        variables={variables}
        onChange={(next) => go(paths.history(next), { replace: true })}
      />
      <Requests key={JSON.stringify([filters, after])} {...{ filters, after, query, shown, columns }} />
    </Page>
  );
}

function namesOf(variables: readonly HistoryVariable[]): string {
  return variables.map(({ name }) => name).join(",");
}

/** The variables of the orders that the filters leave. */
function useVariables({ environment, category, order }: HistoryFilters): readonly HistoryVariable[] {
  const { data } = useAnswer(
    "GET /requests/variables",
    { query: { environment, category, order } },
    { staleTime: 60_000, placeholderData: (before) => before },
  );
  return data?.items ?? [];
}

interface RequestsProps {
  readonly filters: HistoryFilters;
  /** Where the page before ended; absent: the newest. */
  readonly after: string | undefined;
  readonly query: HistoryFilters & { readonly columns?: string };
  readonly shown: ShownColumns;
  readonly columns: readonly HistoryVariable[];
}

/** A page of the list; further ones begin where the one before ended, so that new requests do not move them. */
function Requests({ filters, after, query, shown, columns }: RequestsProps) {
  const text = useText().history;
  const answer = useAnswer(
    "GET /requests",
    { query: { ...query, after, limit: 50 } },
    { placeholderData: (before) => before, refetchInterval: useIntervalWhileNotLive() },
  );
  return (
    <Answer of={answer} rows={10}>
      {({ items, next }) =>
        items.length === 0 && after === undefined ? (
          <Nothing filtered={isFiltered(filters)} />
        ) : (
          <>
            <NewOnTop requests={items} hold={after === undefined}>
              {(requests) => <HistoryTable requests={requests} fixed={shown.fixed} variables={columns} />}
            </NewOnTop>
            <nav className={classes.pages} aria-label={text.pages}>
              {after !== undefined && (
                <Button component={Link} href={paths.history(filters)} variant="default">
                  {text.newer}
                </Button>
              )}
              {next !== null && (
                <Button component={Link} href={paths.history(filters, next)} variant="default">
                  {text.older}
                </Button>
              )}
            </nav>
          </>
        )
      }
    </Answer>
  );
}

interface NewOnTopProps {
  readonly requests: readonly RequestListItem[];
  /** Whether new requests come on top of this page. */
  readonly hold: boolean;
  readonly children: (shown: readonly RequestListItem[]) => ReactNode;
}

function NewOnTop({ requests, hold, children }: NewOnTopProps) {
  const text = useText().history;
  const { shown, waiting, show, list } = useNewRequests(requests);
  return (
    <>
      <div role="status" className={classes.waiting}>
        {hold && waiting > 0 && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              show();
              window.scrollTo({ top: 0 });
            }}
          >
            {text.newRequests(waiting)}
          </Button>
        )}
      </div>
      <div {...list}>{children(hold ? shown : requests)}</div>
    </>
  );
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  const text = useText().history;
  return filtered ? (
    <Empty
      title={text.empty}
      action={
        <Button component={Link} href={paths.history()} variant="default">
          {text.filters.clear}
        </Button>
      }
    >
      {text.emptyText}
    </Empty>
  ) : (
    <Empty
      title={text.none}
      action={
        <Button component={Link} href={paths.orders()} variant="default">
          {text.toOrders}
        </Button>
      }
    >
      {text.noneText}
    </Empty>
  );
}
