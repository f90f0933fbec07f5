import { Anchor, Button } from "@mantine/core";
import { useState } from "react";
import type { ApprovalCard } from "../../../contract/requests.ts";
import { useAnswer } from "../../api/api.tsx";
import { useIntervalWhileNotLive } from "../../api/while-not-live.ts";
import type { Decision } from "../../approvals/decision.ts";
import { type AskedDecision, DecisionDialog } from "../../approvals/decision-dialog.tsx";
import { Answer } from "../../components/answer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { useEnvironment } from "../../frame/environment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { Card } from "./card.tsx";
import { GoneCard } from "./gone-card.tsx";
import classes from "./inbox.module.css";
import { cardsSeen } from "./cards-seen.ts";

/** Requests that wait for the vote of whoever looks, oldest first; it changes by itself. */
export function ApprovalsPage() {
  const { approvals: text } = useText();
  const query = useAnswer("GET /approvals", {}, { refetchInterval: useIntervalWhileNotLive() });
  return (
    <Page
      title={text.title}
      actions={
        <Button component={Link} href={paths.delegations()} variant="default">
          {text.away}
        </Button>
      }
    >
      <Answer of={query}>{({ items, next }) => <Inbox items={items} more={next !== null} />}</Answer>
    </Page>
  );
}

interface InboxProps {
  readonly items: readonly ApprovalCard[];
  readonly more: boolean;
}

function Inbox({ items, more }: InboxProps) {
  const text = useText().approvals;
  const { chosen, choose } = useEnvironment();
  const [asked, setAsked] = useState<AskedDecision>();
  const [decided, setDecided] = useState<ReadonlyMap<number, Decision>>(new Map());
  const [seen, setSeen] = useState<readonly ApprovalCard[]>(items);
  // What does not wait any more stays in its place for now: nothing moves under a thumb that is about to press.
  const cards = cardsSeen(seen, items);
  if (cards !== seen) setSeen(cards);
  const waiting = new Set(items.map(({ id }) => id));
  const here = cards.filter(({ environment }) => chosen === null || environment.id === chosen.id);
  const hidden = items.filter(({ id }) => !here.some((card) => card.id === id)).length;
  const shown = here.filter(({ id }) => waiting.has(id)).length;
  return (
    <>
      {chosen !== null && hidden > 0 && (
        <p className={classes.said}>
          {text.onlyEnvironment(chosen.name, hidden)}{" "}
          <Anchor component="button" type="button" inherit underline="always" onClick={() => choose(null)}>
            {text.showAll}
          </Anchor>
        </p>
      )}
      <p className={classes.said} role="status">
        {shown > 0 ? text.count(shown) : ""}
      </p>
      {shown === 0 && <Empty title={text.none}>{text.noneText}</Empty>}
      {here.length > 0 && (
        <ul className={classes.cards}>
          {here.map((card) => (
            <li key={card.id}>
              {waiting.has(card.id) ? (
                <Card card={card} onAsk={(decision, subject) => setAsked({ decision, subject })} />
              ) : (
                <GoneCard card={card} decided={decided.get(card.id)} />
              )}
            </li>
          ))}
        </ul>
      )}
      {more && <p className={classes.said}>{text.more(items.length)}</p>}
      {asked !== undefined && (
        <DecisionDialog
          key={`${asked.subject.id} ${asked.decision}`}
          asked={asked}
          onClose={() => setAsked(undefined)}
          onDecided={(decision, { id }) => {
            setDecided(new Map(decided).set(id, decision));
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
}
