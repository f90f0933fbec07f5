import { Alert } from "@mantine/core";
import IconUsers from "@tabler/icons-react/icons/IconUsers";
import { StateBadge } from "../components/state-badge.tsx";
import { useText } from "../locales/language.tsx";
import classes from "./approvals.module.css";
import type { Meanwhile } from "./decision.ts";
import { OutdatedParts } from "./outdated-parts.tsx";
import { VoteLine } from "./vote-line.tsx";

/** Says kindly that somebody else was faster, and what is to be done now. */
export function MeanwhileNotice({ meanwhile: { kind, request } }: { readonly meanwhile: Meanwhile }) {
  const { decide, panel } = useText().approvals;
  const text = decide.meanwhile;
  const [title, what] = {
    decided: [text.decided, text.decidedText],
    "next-level": [text.decided, text.nextLevel],
    voted: [text.voted, text.votedText],
    outdated: [panel.outdated, panel.outdatedText],
    changed: [text.changed, text.changedText],
  }[kind];
  const votes =
    kind === "changed" || kind === "outdated" ? [] : (request.approval?.levels.flatMap((level) => level.votes) ?? []);
  const latest = votes.toSorted((left, right) => Date.parse(right.at) - Date.parse(left.at))[0];
  return (
    <Alert role="alert" color="yellow" variant="light" icon={<IconUsers />} title={title}>
      <div>{what}</div>
      {kind === "decided" && (
        <div className={classes.meanwhileState}>
          {text.isNow} <StateBadge state={request.state} />
        </div>
      )}
      {latest !== undefined && <VoteLine vote={latest} />}
      {kind === "outdated" && <OutdatedParts parts={request.approval?.outdated ?? []} />}
    </Alert>
  );
}
