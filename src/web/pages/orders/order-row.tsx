import { ActionIcon } from "@mantine/core";
import IconStar from "@tabler/icons-react/icons/IconStar";
import IconStarFilled from "@tabler/icons-react/icons/IconStarFilled";
import type { OrderListItem } from "../../../contract/requests.ts";
import { useChange } from "../../api/api.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./orders.module.css";

interface OrderRowProps {
  readonly order: OrderListItem;
  readonly withEnvironment: boolean;
  readonly withCategory: boolean;
}

/** An order with its last request. The name leads to its form, the state to that request. */
export function OrderRow({ order, withEnvironment, withCategory }: OrderRowProps) {
  const text = useText().orders;
  const favour = useChange("PUT /orders/:id/favourite", ["GET /orders"]);
  const { id, name, summary, environment, category, last } = order;
  const favourite = favour.isPending ? favour.variables.body.favourite : order.favourite;
  const more = [...(withCategory && category !== null ? [category] : []), ...(summary === "" ? [] : [summary])];
  return (
    <article className={classes.row}>
      <ActionIcon
        variant="subtle"
        color={favourite ? "yellow" : "gray"}
        aria-pressed={favourite}
        aria-label={favourite ? text.removeFavourite(name) : text.addFavourite(name)}
        onClick={() => favour.mutate({ params: { id }, body: { favourite: !favourite } })}
      >
        {favourite ? <IconStarFilled size={16} /> : <IconStar size={16} />}
      </ActionIcon>
      <div className={classes.name}>
        <Link href={paths.order(id)} className={classes.link}>
          {name}
        </Link>
        {more.length > 0 && <span className={classes.summary}>{more.join(" · ")}</span>}
      </div>
      {withEnvironment && (
        <span className={classes.environment}>
          <span
            className={classes.dot}
            style={{ background: `var(--mantine-color-${environment.colour}-filled)` }}
            aria-hidden
          />
          {environment.name}
        </span>
      )}
      <div className={classes.last}>
        {last === null ? (
          <span className={classes.never}>{text.never}</span>
        ) : (
          <>
            <Link href={paths.request(last.request)} className={classes.state}>
              <StateBadge state={last.state} />
            </Link>
            <span className={classes.values}>{last.values}</span>
            <span className={classes.when}>
              <Moment at={last.at} /> · {last.by}
            </span>
          </>
        )}
      </div>
    </article>
  );
}
