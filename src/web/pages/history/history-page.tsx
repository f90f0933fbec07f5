import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link, useGo } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { useText } from "../../locales/language.tsx";
import { type HistoryFilters, paths } from "../../paths.ts";
import { filtersIn, isFiltered, requestQuery } from "./history-filters.ts";
import { HistoryTable } from "./history-table.tsx";
import classes from "./history.module.css";
import { FilterBar } from "./filter-bar.tsx";

/** Every request there has been, newest first. What it is filtered by stands in the address. */
export function HistoryPage() {
  const text = useText().history;
  const go = useGo();
  const search = useSearch({ strict: false });
  const filters = filtersIn(search);
  const key = JSON.stringify(filters);
  return (
    <Page title={text.title}>
      <FilterBar filters={filters} onChange={(next) => go(paths.history(next), { replace: true })} />
      <Pages key={key} filters={filters} />
    </Page>
  );
}

/** A page of the list; further ones begin where the one before ended, so that new requests do not move them. */
function Pages({ filters }: { readonly filters: HistoryFilters }) {
  const text = useText().history;
  const [after, setAfter] = useState<string>();
  const query = useAnswer(
    "GET /requests",
    { query: { ...requestQuery(filters), after, limit: 50 } },
    { placeholderData: (before) => before },
  );
  return (
    <Answer of={query} rows={10}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Nothing filtered={isFiltered(filters)} />
        ) : (
          <>
            <HistoryTable requests={items} />
            <div className={classes.pages}>
              {after !== undefined && (
                <Button variant="default" onClick={() => setAfter(undefined)}>
                  {text.newer}
                </Button>
              )}
              {next !== null && (
                <Button variant="default" loading={query.isPlaceholderData} onClick={() => setAfter(next)}>
                  {text.older}
                </Button>
              )}
            </div>
          </>
        )
      }
    </Answer>
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
