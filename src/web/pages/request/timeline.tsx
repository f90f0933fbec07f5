import { Anchor } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconPoint from "@tabler/icons-react/icons/IconPoint";
import IconPointFilled from "@tabler/icons-react/icons/IconPointFilled";
import IconX from "@tabler/icons-react/icons/IconX";
import type { ReactNode } from "react";
import type { RequestDetail } from "../../../contract/requests.ts";
import { ENDED_REQUEST_STATES, ENDED_RUN_STATES, type RequestState, type RunState } from "../../../contract/states.ts";
import { personName } from "../../approvals/decision.ts";
import { Elapsed } from "../../components/elapsed.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { mainRunOf } from "./main-run.ts";
import classes from "./request.module.css";

type AskedLevel = NonNullable<RequestDetail["approval"]>["levels"][number];
type Mark = "done" | "current" | "bad" | "later";

const ICONS: Readonly<Record<Mark, typeof IconCheck>> = {
  done: IconCheck,
  current: IconPointFilled,
  bad: IconX,
  later: IconPoint,
};

/** The way of a request from its submission to its result. */
export function Timeline({ request }: { readonly request: RequestDetail }) {
  const { request: text, states } = useText();
  const words = text.timeline;
  const { state, queue, endedAt, scheduledAt, approval, preRun } = request;
  const startedAt = mainRunOf(request)?.startedAt ?? null;
  const ended = ENDED_REQUEST_STATES.includes(state);
  const neverRan = ended && startedAt === null;
  return (
    <ol className={classes.timeline} aria-label={words.label}>
      <Stop mark="done" name={words.submitted}>
        {request.by} · <Moment at={request.submittedAt} />
      </Stop>
      {preRun !== null && (
        <Stop mark={markOfRun(preRun.state)} name={words.preTask}>
          {preRun.startedAt === null ? (
            words.notYet
          ) : (
            <>
              {states[preRun.state]} · <Elapsed from={preRun.startedAt} to={preRun.endedAt} />
            </>
          )}
        </Stop>
      )}
      {approval?.levels.map((level) => (
        <Stop key={level.level} mark={markOfLevel(level, request)} name={`${words.level(level.level)} ${level.name}`}>
          <LevelVotes level={level} asked={state === "waiting" && approval.level === level.level} />
        </Stop>
      ))}
      {scheduledAt !== null && (
        <Stop mark={state === "scheduled" ? "current" : startedAt === null ? "later" : "done"} name={words.scheduled}>
          {words.scheduledFor} <Moment at={scheduledAt} absolute />
        </Stop>
      )}
      {queue !== null && (
        <Stop mark="current" name={words.queued}>
          {text.inQueue(queue.position)}
          {queue.holder !== null && (
            <>
              {" · "}
              {text.waitsFor}{" "}
              <Anchor component={Link} href={paths.request(queue.holder)} inherit underline="always">
                #{queue.holder}
              </Anchor>
            </>
          )}
        </Stop>
      )}
      {!neverRan && (
        <Stop mark={startedAt === null ? "later" : ended ? "done" : "current"} name={words.running}>
          {startedAt === null ? (
            words.notYet
          ) : (
            <>
              <Moment at={startedAt} /> · <Elapsed from={startedAt} to={endedAt} />
            </>
          )}
        </Stop>
      )}
      <Stop mark={!ended ? "later" : state === "succeeded" ? "done" : "bad"} name={words.result}>
        {ended ? (
          <>
            {states[state]}
            {endedAt !== null && (
              <>
                {" · "}
                <Moment at={endedAt} />
              </>
            )}
          </>
        ) : (
          words.pending
        )}
      </Stop>
    </ol>
  );
}

/** The votes that count at a level, or how many it still takes. */
function LevelVotes({ level, asked }: { readonly level: AskedLevel; readonly asked: boolean }) {
  const text = useText();
  const { name, votes, quorum, group } = level;
  const given = votes.filter(({ decision }) => decision === "approve").length;
  return (
    <>
      {votes.map((vote, index) => (
        <span key={`${vote.by} ${vote.onBehalfOf ?? ""}`}>
          {index > 0 && ", "}
          {personName({ name: vote.by, displayName: vote.displayName })} {vote.decision === "approve" ? "✓" : "✗"}{" "}
          <Moment at={vote.at} />
        </span>
      ))}
      {votes.length > 0 && asked && " · "}
      {asked ? text.approvals.progress(given, quorum) : votes.length === 0 && group !== name && group}
    </>
  );
}

function markOfLevel({ level, votes }: AskedLevel, { state, approval }: RequestDetail): Mark {
  if (votes.some(({ decision }) => decision === "reject")) return "bad";
  const asked = approval?.level ?? null;
  if (asked === null ? REQUESTS_PAST_APPROVAL.has(state) : level < asked) return "done";
  if (level !== asked) return "later";
  return state === "waiting" ? "current" : "later";
}

/** States in which every level has approved, if there were any. */
const REQUESTS_PAST_APPROVAL: ReadonlySet<RequestState> = new Set([
  "approved",
  "scheduled",
  "queued",
  "running",
  "succeeded",
  "failed",
  "stopped",
  "lost",
]);

function markOfRun(state: RunState): Mark {
  if (!ENDED_RUN_STATES.includes(state)) return "current";
  return state === "succeeded" ? "done" : "bad";
}

interface StopProps {
  readonly mark: Mark;
  readonly name: string;
  readonly children: ReactNode;
}

function Stop({ mark, name, children }: StopProps) {
  const Icon = ICONS[mark];
  return (
    <li className={classes.stop} data-mark={mark} aria-current={mark === "current" ? "step" : undefined}>
      <Icon size={16} aria-hidden className={classes.stopIcon} />
      <span className={classes.stopName}>{name}</span>
      <span className={classes.stopDetail}>{children}</span>
    </li>
  );
}
