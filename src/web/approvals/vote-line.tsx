import { Tooltip } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconX from "@tabler/icons-react/icons/IconX";
import type { Vote } from "../../contract/approvals.ts";
import { Moment } from "../components/moment.tsx";
import { useText } from "../locales/language.tsx";
import { visibleLines } from "../logs/visible-text.ts";
import classes from "./approvals.module.css";
import { personName } from "./decision.ts";

interface VoteLineProps {
  readonly vote: Vote;
  /** A later change has voided it. */
  readonly isVoid?: boolean;
}

/** A vote: who, what, for whom, when, and the comment. */
export function VoteLine({ vote, isVoid = false }: VoteLineProps) {
  const text = useText().approvals.vote;
  const { decision, onBehalfOf, reason, at } = vote;
  const approved = decision === "approve";
  const Icon = approved ? IconCheck : IconX;
  return (
    <div className={classes.vote} data-decision={decision} data-void={isVoid || undefined}>
      <Icon size={16} aria-hidden className={classes.voteIcon} />
      <span>
        <strong>{personName({ name: vote.by, displayName: vote.displayName })}</strong>{" "}
        {onBehalfOf !== null && `${text.onBehalfOf(onBehalfOf)} `}
        <span className={classes.voteWord}>{approved ? text.approved : text.rejected}</span>
        {" · "}
        <Moment at={at} />
        {isVoid && (
          <>
            {" · "}
            <Tooltip label={text.voidHint}>
              <span className={classes.voidWord}>{text.void}</span>
            </Tooltip>
          </>
        )}
        {reason !== "" && <span className={classes.comment}>{visibleLines(reason)}</span>}
      </span>
    </div>
  );
}
