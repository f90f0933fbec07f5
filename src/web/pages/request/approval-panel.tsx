import { Alert, Button } from "@mantine/core";
import IconRefreshAlert from "@tabler/icons-react/icons/IconRefreshAlert";
import type { Approval } from "../../../contract/approvals.ts";
import type { RequestDetail } from "../../../contract/requests.ts";
import { personName, subjectOf } from "../../approvals/decision.ts";
import { OutdatedParts } from "../../approvals/outdated-parts.tsx";
import { VoteLine } from "../../approvals/vote-line.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./request.module.css";

interface ApprovalPanelProps {
  readonly request: RequestDetail;
  readonly approval: Approval;
}

/** The votes of a request with their comments, and who may do what next. */
export function ApprovalPanel({ request, approval }: ApprovalPanelProps) {
  const text = useText().approvals;
  const { levels, voided, flow, expiresAt } = approval;
  const waiting = request.state === "waiting";
  return (
    <section aria-label={text.panel.title}>
      <h2 className={classes.heading}>
        {text.panel.title} <span className={classes.flow}>{text.panel.flow(flow)}</span>
      </h2>
      {approval.outdated.length > 0 && (waiting || request.state === "approved" || request.state === "scheduled") && (
        <Outdated request={request} approval={approval} />
      )}
      <ol className={classes.levels}>
        {levels.map(({ level, name, group, quorum, votes }) => {
          const given = votes.filter(({ decision }) => decision === "approve").length;
          const asked = waiting && approval.level === level;
          return (
            <li key={level} data-asked={asked || undefined}>
              <div className={classes.levelHead}>
                <strong>{text.level(level, levels.length, name)}</strong>
                <span className={classes.dimmed}>
                  {name === group ? "" : `${group} · `}
                  {text.progress(given, quorum)}
                </span>
              </div>
              {votes.map((vote) => (
                <VoteLine key={`${vote.by} ${vote.onBehalfOf ?? ""}`} vote={vote} />
              ))}
              {votes.length === 0 && asked && <p className={classes.dimmed}>{text.panel.none}</p>}
            </li>
          );
        })}
      </ol>
      {voided.length > 0 && (
        <>
          <p className={classes.dimmed}>{text.panel.voided}</p>
          {voided.map((vote) => (
            <VoteLine key={`${vote.level} ${vote.by} ${vote.onBehalfOf ?? ""} ${vote.at}`} vote={vote} isVoid />
          ))}
        </>
      )}
      {waiting && (
        <p className={classes.dimmed}>
          {expiresAt === null ? (
            text.panel.never
          ) : (
            <>
              {text.panel.expires} <Moment at={expiresAt} />.
            </>
          )}
        </p>
      )}
      <Next request={request} approval={approval} />
    </section>
  );
}

/** What it was made from has been changed: nobody can approve it as it is. */
function Outdated({ request, approval }: ApprovalPanelProps) {
  const text = useText().approvals.panel;
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconRefreshAlert />}
      title={text.outdated}
      className={classes.outdated}
    >
      <OutdatedParts parts={approval.outdated} />
      <p className={classes.outdatedText}>{text.outdatedText}</p>
      {request.allowed.includes("edit") && (
        <Button component={Link} href={paths.editRequest(request.id)} size="xs">
          {text.renew}
        </Button>
      )}
    </Alert>
  );
}

/** Who may do what with it now. */
function Next({ request, approval }: ApprovalPanelProps) {
  const { panel: text, forOthers } = useText().approvals;
  const { state, by, allowed } = request;
  const said: string[] = [];
  if (state === "waiting" && approval.outdated.length > 0) said.push(text.renewFirst(by));
  else if (state === "waiting") {
    const subject = subjectOf(request);
    const asked = approval.levels.find(({ level }) => level === approval.level);
    if (subject?.mayVote === true) said.push(text.mayYou);
    if (subject !== undefined && subject.mayVoteFor.length > 0)
      said.push(forOthers(subject.mayVoteFor.map(personName).join(", ")));
    if (subject === undefined && asked !== undefined) {
      said.push(text.mayGroup(asked.group));
      if (!approval.selfApproval) said.push(text.notSubmitter(by));
      if (approval.distinctPeople && approval.levels.length > 1) said.push(text.distinct);
    }
    said.push(text.maySubmitter(by));
  }
  if (state === "approved") said.push(allowed.includes("run") ? text.mayRunYou : text.mayRun(by));
  if (state === "scheduled") said.push(text.atItsTime);
  if (said.length === 0) return null;
  return (
    <>
      <h3 className={classes.next}>{text.next}</h3>
      <ul className={classes.nextList}>
        {said.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}
