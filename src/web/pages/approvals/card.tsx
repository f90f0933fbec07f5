import type { ApprovalCard } from "../../../contract/requests.ts";
import type { Decision, Subject } from "../../approvals/decision.ts";
import { personName } from "../../approvals/decision.ts";
import { DecisionButtons } from "../../approvals/decision-buttons.tsx";
import { RequestPlan } from "../../approvals/request-plan.tsx";
import { VoteLine } from "../../approvals/vote-line.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { useText } from "../../locales/language.tsx";
import { visibleLines } from "../../logs/visible-text.ts";
import { paths } from "../../paths.ts";
import { Commands } from "../order/commands.tsx";
import classes from "./inbox.module.css";
import { ValueChanges } from "./value-changes.tsx";

interface CardProps {
  readonly card: ApprovalCard;
  readonly onAsk: (decision: Decision, subject: Subject) => void;
}

/** All that a decision needs: who, what, what is new about it, what exactly would run, and what runs there now. */
export function Card({ card, onAsk }: CardProps) {
  const text = useText().approvals;
  const { id, order, environment, note, lines, place, votes, mayVote, mayVoteFor } = card;
  return (
    <article
      className={classes.card}
      data-protected={environment.protected || undefined}
      aria-labelledby={`card-${id}`}
    >
      <header className={classes.head}>
        <h2 className={classes.name} id={`card-${id}`}>
          <Link href={paths.request(id)} className={classes.link}>
            #{id} {order.name}
          </Link>
        </h2>
        <span className={classes.where}>
          <span
            className={classes.dot}
            style={{ background: `var(--mantine-color-${environment.colour}-filled)` }}
            aria-hidden
          />
          {environment.name}
        </span>
        <Level card={card} />
        <Facts card={card} />
      </header>
      {note !== "" && (
        <p className={classes.note}>
          <span className={classes.dimmed}>{text.note}</span> {visibleLines(note)}
        </p>
      )}
      <div className={classes.columns}>
        <ValueChanges card={card} />
        <section className={classes.part}>
          <h3 className={classes.heading}>
            {text.command} <span className={classes.dimmed}>{`${text.at} ${place}`}</span>
          </h3>
          <Commands lines={lines} />
        </section>
      </div>
      <div className={classes.rest}>
        {lines.some(({ gantry }) => gantry) && <RequestPlan id={id} hash={card.hash} />}
        {votes.length > 0 && (
          <section className={classes.part}>
            <h3 className={classes.heading}>{text.votes}</h3>
            {votes.map((vote) => (
              <VoteLine key={`${vote.level} ${vote.by} ${vote.onBehalfOf ?? ""}`} vote={vote} />
            ))}
          </section>
        )}
        <footer className={classes.decide}>
          {!mayVote && mayVoteFor.length > 0 && (
            <p className={classes.dimmed}>{text.forOthers(mayVoteFor.map(personName).join(", "))}</p>
          )}
          <DecisionButtons subject={card} onAsk={onAsk} />
        </footer>
      </div>
    </article>
  );
}

function Level({ card: { level, levels, votes } }: { readonly card: ApprovalCard }) {
  const text = useText().approvals;
  const asked = levels[level - 1];
  if (asked === undefined) return null;
  const given = votes.filter((vote) => vote.level === level && vote.decision === "approve").length;
  return (
    <span className={classes.level}>
      {text.level(level, levels.length, asked.name)} · {text.progress(given, asked.quorum)}
    </span>
  );
}

function Facts({ card: { by, submittedAt, scheduledAt, expiresAt } }: { readonly card: ApprovalCard }) {
  const text = useText().approvals;
  return (
    <p className={classes.facts}>
      <span>
        {text.by} <strong>{by}</strong>, <Moment at={submittedAt} />
      </span>
      {scheduledAt !== null && (
        <span>
          {text.starts} <Moment at={scheduledAt} absolute />
        </span>
      )}
      {expiresAt !== null && (
        <span>
          {text.expires} <Moment at={expiresAt} />
        </span>
      )}
    </p>
  );
}
