import type { RequestListItem } from "../../../contract/requests.ts";
import { Elapsed } from "../../components/elapsed.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useNow } from "../../components/use-now.ts";
import { duration } from "../../locales/format.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./now.module.css";

/** A request in a line: what, where, whose, and how far. The whole line leads to it. */
export function NowCard({ request }: { readonly request: RequestListItem }) {
  const text = useText().now;
  const { id, order, summary, environment, state, by } = request;
  return (
    <article className={classes.card} data-protected={environment.protected || undefined}>
      <StateBadge state={state} />
      <div className={classes.what}>
        <Link href={paths.request(id)} className={classes.link}>
          #{id} {order.name}
        </Link>
        <span className={classes.summary}>{summary}</span>
      </div>
      <span className={classes.where}>
        <span
          className={classes.dot}
          style={{ background: `var(--mantine-color-${environment.colour}-filled)` }}
          aria-hidden
        />
        {environment.name}
      </span>
      <span className={classes.by}>{text.by(by)}</span>
      <span className={classes.when}>
        <When request={request} />
      </span>
      {state === "running" && <Progress request={request} />}
    </article>
  );
}

function When({
  request: { state, submittedAt, scheduledAt, startedAt, endedAt, usualSeconds },
}: {
  readonly request: RequestListItem;
}) {
  const text = useText().now;
  const usual = usualSeconds === null ? undefined : duration(usualSeconds);
  if (state === "running" && startedAt !== null)
    return (
      <>
        <strong>
          <Elapsed from={startedAt} to={null} />
        </strong>{" "}
        {usual !== undefined && text.ofUsual(usual)}
      </>
    );
  if (state === "scheduled" && scheduledAt !== null)
    return (
      <>
        {text.startsAt} <Moment at={scheduledAt} />
      </>
    );
  if (endedAt !== null)
    return (
      <>
        {text.endedAt} <Moment at={endedAt} />
        {startedAt !== null && (
          <>
            {" "}
            {text.after} <Elapsed from={startedAt} to={endedAt} />
          </>
        )}
      </>
    );
  return (
    <>
      {text.waitsSince} <Moment at={submittedAt} />
      {usual !== undefined && <> · {text.usually(usual)}</>}
    </>
  );
}

/** How much of the usual time has passed: a guess, so it never reaches its end by itself. */
function Progress({ request: { startedAt, usualSeconds } }: { readonly request: RequestListItem }) {
  const text = useText().now;
  const now = useNow(1000).getTime();
  if (startedAt === null || usualSeconds === null || usualSeconds <= 0) return null;
  const share = (now - Date.parse(startedAt)) / 1000 / usualSeconds;
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <span
      className={classes.progress}
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={share > 1 ? text.longer : text.progress(percent)}
      title={share > 1 ? text.longer : text.progress(percent)}
      data-late={share > 1 || undefined}
    >
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
