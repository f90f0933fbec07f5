import { Anchor, Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { RequestListItem } from "../../../contract/requests.ts";
import { useAnswer } from "../../api/api.tsx";
import { useIntervalWhileNotLive } from "../../api/while-not-live.ts";
import { Answer } from "../../components/answer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { useEnvironment } from "../../frame/environment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./now.module.css";
import { NowCard } from "./now-card.tsx";

interface NowLists {
  readonly waiting: readonly RequestListItem[];
  readonly running: readonly RequestListItem[];
  readonly queued: readonly RequestListItem[];
  readonly scheduled: readonly RequestListItem[];
  readonly failed: readonly RequestListItem[];
}

/** What runs, waits, is scheduled and failed lately; it changes by itself. */
export function NowPage() {
  const text = useText();
  const { chosen, choose } = useEnvironment();
  const query = useAnswer("GET /now", {}, { refetchInterval: useIntervalWhileNotLive() });
  const here = (items: readonly RequestListItem[]): readonly RequestListItem[] =>
    chosen === null ? items : items.filter(({ environment }) => environment.id === chosen.id);
  return (
    <Page
      title={text.now.title}
      primary={
        <Button component={Link} href={paths.orders()}>
          {text.frame.pages.orders}
        </Button>
      }
    >
      {chosen !== null && (
        <p className={classes.narrowed}>
          {text.now.otherEnvironment(chosen.name)}{" "}
          <Anchor component="button" type="button" inherit onClick={() => choose(null)}>
            {text.now.showAll}
          </Anchor>
        </p>
      )}
      <Answer of={query}>
        {({ waiting, running, queued, scheduled, failed }) => (
          <Lists
            waiting={here(waiting)}
            running={here(running)}
            queued={here(queued)}
            scheduled={here(scheduled)}
            failed={here(failed)}
          />
        )}
      </Answer>
    </Page>
  );
}

function Lists({ waiting, running, queued, scheduled, failed }: NowLists) {
  const text = useText().now;
  const quiet = running.length + queued.length + scheduled.length === 0;
  return (
    <>
      {waiting.length > 0 && (
        <List
          title={text.waiting}
          items={waiting}
          none={text.nothingHere}
          action={
            <Button component={Link} href={paths.approvals()} size="compact-sm" variant="default">
              {text.toApprovals}
            </Button>
          }
        />
      )}
      {quiet ? (
        <Empty
          title={text.nothing}
          action={
            <Button component={Link} href={paths.orders()} variant="default">
              {text.toOrders}
            </Button>
          }
        >
          {text.nothingHint}
        </Empty>
      ) : (
        <>
          <List title={text.running} items={running} none={text.nothingHere} />
          {queued.length > 0 && <List title={text.queued} items={queued} none={text.nothingHere} />}
          {scheduled.length > 0 && <List title={text.scheduled} items={scheduled} none={text.nothingHere} />}
        </>
      )}
      <List title={text.failed} items={failed} none={text.nothingFailed} />
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly items: readonly RequestListItem[];
  readonly none: ReactNode;
  /** Where more can be done with them. */
  readonly action?: ReactNode;
}

function List({ title, items, none, action }: ListProps) {
  return (
    <section>
      <div className={classes.head}>
        <h2 className={classes.heading}>
          {title} <span className={classes.count}>{items.length}</span>
        </h2>
        {action}
      </div>
      {items.length === 0 ? (
        <p className={classes.none}>{none}</p>
      ) : (
        <ul className={classes.list}>
          {items.map((request) => (
            <li key={request.id}>
              <NowCard request={request} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
