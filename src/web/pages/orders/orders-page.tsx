import { Button, CloseButton, TextInput } from "@mantine/core";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import { useState } from "react";
import type { OrderListItem } from "../../../contract/requests.ts";
import { useAnswer } from "../../api/api.tsx";
import { useAllowed } from "../../api/session.ts";
import { Answer } from "../../components/answer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link, useGo } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { useEnvironment } from "../../frame/environment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { matchingOrders, type OrderGroup, orderGroups } from "./order-groups.ts";
import { OrderRow } from "./order-row.tsx";
import classes from "./orders.module.css";

/** All orders that one may submit: by environment and category, found by typing three letters. */
export function OrdersPage() {
  const text = useText().orders;
  const query = useAnswer("GET /orders", {});
  return (
    <Page title={text.title}>
      <Answer of={query} rows={8}>
        {({ items }) => (items.length === 0 ? <NoOrders /> : <Catalogue orders={items} />)}
      </Answer>
    </Page>
  );
}

function Catalogue({ orders }: { readonly orders: readonly OrderListItem[] }) {
  const text = useText().orders;
  const go = useGo();
  const { all, chosen, choose } = useEnvironment();
  const [filter, setFilter] = useState("");
  const here = chosen === null ? orders : orders.filter(({ environment }) => environment.id === chosen.id);
  const groups = orderGroups(matchingOrders(here, filter));
  const count = groups.reduce((sum, group) => sum + group.orders.length, 0);
  const first = groups[0]?.orders[0];
  return (
    <>
      <search className={classes.tools}>
        <TextInput
          className={classes.filter}
          aria-label={text.filter}
          placeholder={text.filter}
          title={text.filterHint}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            filter === "" ? null : <CloseButton size="sm" aria-label={text.clear} onClick={() => setFilter("")} />
          }
          value={filter}
          data-autofocus
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && filter !== "" && first !== undefined) go(paths.order(first.id));
            if (event.key === "Escape") setFilter("");
          }}
        />
        {all.length > 1 && (
          <div role="group" aria-label={text.environment} className={classes.tabs}>
            <Tab label={text.all} on={chosen === null} onClick={() => choose(null)} />
            {all.map(({ id, name }) => (
              <Tab key={id} label={name} on={chosen?.id === id} onClick={() => choose(id)} />
            ))}
          </div>
        )}
        <span role="status" className={classes.count}>
          {text.found(count)}
        </span>
      </search>
      {groups.length === 0 ? (
        <Empty
          title={text.nothing}
          action={
            <Button variant="default" onClick={() => setFilter("")}>
              {text.clear}
            </Button>
          }
        >
          {text.nothingText}
        </Empty>
      ) : (
        groups.map((group) => (
          <Group key={JSON.stringify(group.heading)} group={group} withEnvironment={chosen === null} />
        ))
      )}
    </>
  );
}

function Tab({ label, on, onClick }: { readonly label: string; readonly on: boolean; readonly onClick: () => void }) {
  return (
    <button type="button" className={classes.tab} aria-pressed={on} onClick={onClick}>
      {label}
    </button>
  );
}

function Group({ group, withEnvironment }: { readonly group: OrderGroup; readonly withEnvironment: boolean }) {
  const text = useText().orders;
  const { heading, orders } = group;
  return (
    <section>
      <h2 className={classes.heading}>
        {heading.kind === "category" ? heading.name : heading.kind === "favourites" ? text.favourites : text.noCategory}
      </h2>
      <ul className={classes.list}>
        {orders.map((order) => (
          <li key={order.id}>
            <OrderRow order={order} withEnvironment={withEnvironment} withCategory={heading.kind === "favourites"} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoOrders() {
  const text = useText().orders;
  const configures = useAllowed("configure");
  return (
    <Empty
      title={text.none}
      action={
        configures ? (
          <Button component={Link} href={paths.newDefinition("work_order")}>
            {text.define}
          </Button>
        ) : undefined
      }
    >
      {text.noneText}
    </Empty>
  );
}
