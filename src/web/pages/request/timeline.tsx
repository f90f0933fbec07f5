import { Anchor } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconPoint from "@tabler/icons-react/icons/IconPoint";
import IconPointFilled from "@tabler/icons-react/icons/IconPointFilled";
import IconX from "@tabler/icons-react/icons/IconX";
import type { ReactNode } from "react";
import type { RequestDetail } from "../../../contract/requests.ts";
import { ENDED_REQUEST_STATES } from "../../../contract/states.ts";
import { Elapsed } from "../../components/elapsed.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./request.module.css";

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
  const { state, queue, startedAt, endedAt, scheduledAt } = request;
  const ended = ENDED_REQUEST_STATES.includes(state);
  const neverRan = ended && startedAt === null;
  return (
    <ol className={classes.timeline} aria-label={words.label}>
      <Stop mark="done" name={words.submitted}>
        {request.by} · <Moment at={request.submittedAt} />
      </Stop>
      {scheduledAt !== null && (
        <Stop mark={state === "scheduled" ? "current" : "done"} name={words.scheduled}>
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
