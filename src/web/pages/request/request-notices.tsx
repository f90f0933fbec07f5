import { Alert } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconBan from "@tabler/icons-react/icons/IconBan";
import IconClockOff from "@tabler/icons-react/icons/IconClockOff";
import IconHammer from "@tabler/icons-react/icons/IconHammer";
import IconHandStop from "@tabler/icons-react/icons/IconHandStop";
import IconPlayerStop from "@tabler/icons-react/icons/IconPlayerStop";
import IconPlugConnectedX from "@tabler/icons-react/icons/IconPlugConnectedX";
import IconQuestionMark from "@tabler/icons-react/icons/IconQuestionMark";
import type { RequestDetail } from "../../../contract/requests.ts";
import { ENDED_RUN_STATES, type RequestState } from "../../../contract/states.ts";
import { useText } from "../../locales/language.tsx";
import { visibleLines, visibleText } from "../../logs/visible-text.ts";
import { Refusal } from "./refusal.tsx";
import { readRunProblem } from "./run-problem.ts";
import { endOf } from "./request-facts.tsx";

/** What is unusual about a request, in words: it cannot be asked, it is lost, it was refused, it is being stopped. */
export function RequestNotices({ request }: { readonly request: RequestDetail }) {
  const text = useText().request;
  const { notice, stopping } = text;
  const { run, state, reason, breakGlass } = request;
  const failed = state === "failed" ? run?.results.find(({ exitCode }) => exitCode !== 0) : undefined;
  // Of a Gantry line the board tells more.
  const line = request.lines.filter(({ task }) => task === failed?.task)[failed?.line ?? 0];
  return (
    <>
      {run?.state === "unreachable" && (
        <Alert color="yellow" variant="light" icon={<IconPlugConnectedX />} title={notice.unreachable(run.place)}>
          {notice.unreachableText}
          {run.problem !== null && <Problem of={run.problem} />}
        </Alert>
      )}
      {state === "lost" && (
        <Alert color="red" variant="light" icon={<IconQuestionMark />} title={notice.lost}>
          {notice.lostText(run?.place ?? request.place)}
        </Alert>
      )}
      {run?.problem != null && state !== "lost" && run.state !== "unreachable" && (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertTriangle />}
          title={run.problem === "timeout" ? notice.timeout : notice.problem}
        >
          {run.problem === "timeout" ? notice.timeoutText : <Problem of={run.problem} />}
        </Alert>
      )}
      {failed !== undefined && line?.gantry !== true && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle />}>
          {text.failedPlain(text.tasks[failed.task], failed.line + 1, endOf(failed, text.timeline))}
        </Alert>
      )}
      {breakGlass !== null && breakGlass !== "" && (
        <Alert color="yellow" variant="light" icon={<IconHammer />} title={notice.glassBroken}>
          {visibleLines(breakGlass)}
        </Alert>
      )}
      {state === "refused" && (
        <Alert color="red" variant="light" icon={<IconBan />} title={notice.refused}>
          <Refusal reason={reason ?? ""} />
        </Alert>
      )}
      {state === "rejected" && (
        <Alert color="red" variant="light" icon={<IconHandStop />} title={notice.rejected}>
          {visibleLines(reason ?? "")}
        </Alert>
      )}
      {state === "expired" && (
        <Alert color="gray" variant="light" icon={<IconClockOff />} title={notice.expired}>
          {notice.expiredText}
        </Alert>
      )}
      {run?.stopping != null && !ENDED_RUN_STATES.includes(run.state) && (
        <Alert color="yellow" variant="light" icon={<IconPlayerStop />}>
          {stopping[run.stopping]}
        </Alert>
      )}
      {reason !== null && reason !== "" && !SAID_OTHERWISE.has(state) && (
        <Alert color="gray" variant="light" title={notice.reason}>
          {reason}
        </Alert>
      )}
    </>
  );
}

/** States whose reason stands in a notice of their own. */
const SAID_OTHERWISE: ReadonlySet<RequestState> = new Set(["refused", "rejected", "expired"]);

/** Why a run did not begin or cannot be followed: in words, then what the place has said. */
function Problem({ of }: { readonly of: string }) {
  const { reasons } = useText().request.notice;
  const { reason, detail } = readRunProblem(of);
  const words = reasons[reason] ?? reason;
  return (
    <>
      {words !== "" && <div>{words}</div>}
      {detail !== "" && <div>{visibleText(detail)}</div>}
    </>
  );
}
