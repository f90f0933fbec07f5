import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import type { RequestDetail } from "../../../contract/requests.ts";
import { ENDED_REQUEST_STATES } from "../../../contract/states.ts";
import { invalidate, useAnswer, useApi } from "../../api/api.tsx";
import { useIntervalWhileNotLive } from "../../api/while-not-live.ts";
import { subjectOf } from "../../approvals/decision.ts";
import { RequestPlan } from "../../approvals/request-plan.tsx";
import { Answer } from "../../components/answer.tsx";
import { Elapsed } from "../../components/elapsed.tsx";
import { Page } from "../../components/page.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { usePageEnvironment } from "../../frame/environment.tsx";
import { duration } from "../../locales/format.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { ApprovalPanel } from "./approval-panel.tsx";
import { DecisionBar } from "./decision-bar.tsx";
import { mainRunOf } from "./main-run.ts";
import { RequestActions } from "./request-actions.tsx";
import { RequestFacts } from "./request-facts.tsx";
import { RequestNotices } from "./request-notices.tsx";
import classes from "./request.module.css";
import { RunLogs } from "./run-logs.tsx";
import { Timeline } from "./timeline.tsx";

/** One request, from its submission to its result, on one address. */
export function RequestPage() {
  const id = Number(useParams({ strict: false }).id);
  const query = useAnswer("GET /requests/:id", { params: { id } }, { refetchInterval: useIntervalWhileNotLive() });
  usePageEnvironment(query.data?.environment);
  useRunMessages(id);
  const { title } = useText().request;
  if (query.data === undefined) {
    return (
      <Page title={`${title} #${id}`}>
        <Answer of={query}>{() => null}</Answer>
      </Page>
    );
  }
  return <Answer of={query}>{(request) => <Shown key={request.id} request={request} />}</Answer>;
}

function Shown({ request }: { readonly request: RequestDetail }) {
  const { request: text, history } = useText();
  const { run, approval, state } = request;
  const ended = ENDED_REQUEST_STATES.includes(state);
  const waiting = state === "waiting";
  // Whoever is asked sees first what would run.
  const asked = subjectOf(request) !== undefined;
  const panel = approval === null ? null : <ApprovalPanel request={request} approval={approval} />;
  const release = request.lines.some(({ gantry }) => gantry);
  return (
    <Page
      title={<Title request={request} />}
      tab={text.name(request.id, request.order.name)}
      breadcrumb={[{ label: history.title, href: paths.history() }]}
      actions={<RequestActions request={request} />}
    >
      <Timeline request={request} />
      <RequestNotices request={request} />
      {waiting && !asked && panel}
      {run === null && !ended && !waiting && <p className={classes.dimmed}>{text.waitingForStart}</p>}
      <RunLogs request={request} />
      <RequestFacts request={request} />
      {!waiting && panel}
      <div className={classes.decision}>
        {asked && panel}
        {waiting && release && <RequestPlan id={request.id} hash={request.hash} />}
        <DecisionBar request={request} />
      </div>
    </Page>
  );
}

function Title({ request }: { readonly request: RequestDetail }) {
  const text = useText().request;
  const { id, order, summary, environment, state, run, endedAt, usualSeconds } = request;
  const startedAt = mainRunOf(request)?.startedAt ?? null;
  const usual = usualSeconds === null ? undefined : duration(usualSeconds);
  return (
    <span className={classes.title}>
      <span>{text.name(id, order.name)}</span>
      <span className={classes.summary}>{[...(summary === "" ? [] : [summary]), environment.name].join(" · ")}</span>
      <span className={classes.state}>
        <StateBadge state={run?.state === "unreachable" ? "unreachable" : state} />
        {startedAt !== null && (
          <span className={classes.elapsed}>
            <Elapsed from={startedAt} to={endedAt} /> {usual !== undefined && endedAt === null && text.ofUsual(usual)}
          </span>
        )}
        {startedAt === null && usual !== undefined && <span className={classes.elapsed}>{text.usually(usual)}</span>}
      </span>
    </span>
  );
}

/** Has the request asked for again when its run changes its state, which alone does not change the request. */
function useRunMessages(request: number): void {
  const { live } = useApi();
  const client = useQueryClient();
  useEffect(() => {
    let state: string | undefined;
    return live.subscribe(request, {
      run: (message) => {
        const changed = state !== undefined && state !== message.state;
        state = message.state;
        if (changed) void invalidate(client, ["GET /requests/:id"]);
      },
    });
  }, [live, client, request]);
}
