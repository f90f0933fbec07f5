import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link, useGo } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { useNow } from "../../components/use-now.ts";
import { useEnvironment } from "../../frame/environment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { Charts } from "./charts.tsx";
import { DashboardFilterBar } from "./dashboard-filter-bar.tsx";
import { bucketOf, filtersIn, historyOf, inAddress, periodBefore, periodOf } from "./dashboard-filters.ts";
import { OrderTables } from "./order-tables.tsx";
import { Shares } from "./shares.tsx";
import { Tiles } from "./tiles.tsx";

/** How many requests there were, what became of them, how long they took and where; everything leads to them. */
export function DashboardPage() {
  const text = useText().dashboard;
  const go = useGo();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const { chosen } = useEnvironment();
  // With every minute the period moves, and is asked for again.
  const now = useNow(60_000);
  const filters = filtersIn(search);
  const period = periodOf(filters, now);
  const { from, to, ...always } = historyOf(filters, chosen?.id, period);
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const kept = { placeholderData: <T,>(before: T | undefined) => before };
  const bucket = bucketOf(period);
  const statistics = useAnswer("GET /statistics", { query: { ...always, ...period, bucket, zone } }, kept);
  const before = useAnswer(
    "GET /statistics",
    { query: { ...always, ...periodBefore(period), bucket: "week", zone } },
    kept,
  );
  const waiting = useAnswer(
    "GET /requests",
    { query: { ...always, state: "waiting,approved,scheduled,queued", limit: 100 } },
    kept,
  ).data;
  return (
    <Page title={text.title}>
      <DashboardFilterBar
        filters={filters}
        period={period}
        onChange={(next) => go(paths.dashboard(inAddress(next)), { replace: true })}
      />
      <Answer of={statistics} rows={12}>
        {(data) => (
          <>
            <Tiles
              total={data.total}
              before={before.data?.total}
              waiting={waiting && { requests: waiting.items.length, more: waiting.next !== null }}
              always={always}
              period={{ ...always, from, to }}
            />
            {data.total.requests === 0 ? (
              <Nothing />
            ) : (
              <>
                <Charts statistics={data} filters={always} />
                <Shares statistics={data} filters={{ ...always, from, to }} />
                <OrderTables statistics={data} filters={{ ...always, from, to }} />
              </>
            )}
          </>
        )}
      </Answer>
    </Page>
  );
}

function Nothing() {
  const text = useText().dashboard;
  return (
    <Empty
      title={text.empty}
      action={
        <Button component={Link} href={paths.orders()} variant="default">
          {text.toOrders}
        </Button>
      }
    >
      {text.emptyText}
    </Empty>
  );
}
