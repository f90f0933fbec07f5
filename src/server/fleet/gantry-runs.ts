import { sql } from "kysely";
import type { RunState } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { RunEvent } from "../../engine/events.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import type { Released } from "./drift.ts";

type Started = Extract<RunEvent, { type: "run-started" }>;
type Finished = Extract<RunEvent, { type: "run-finished" }>;

/** A run of Gantry that a request has made. */
export interface GantryRun {
  readonly project: string;
  readonly started: Started;
  /** Undefined while it runs, and where its end is not known. */
  readonly finished: Finished | null;
  readonly request: number;
  readonly order_name: string;
  readonly by: string;
  readonly run_state: RunState;
}

/** Runs of each project that are looked at for what they have left. */
const RECENT = 20;

/** The latest runs of these projects in an environment, newest first within each. `caller`: only what it may see. */
export async function latestRuns(
  db: Database,
  environment: { readonly id: number; readonly name: string },
  projects: readonly string[],
  caller?: SignedIn,
): Promise<readonly GantryRun[]> {
  const { rows } = await sql<GantryRun>`
    select p.project, s.started, s.finished, s.request, s.order_name, a.name as by, s.run_state
    from unnest(${[...projects]}::text[]) as p (project)
    cross join lateral (
      select started.event as started, finished.event as finished, request.id as request, request.order_name,
        request.account, run.state as run_state, started.run, started.seq
      from run_event started
      join run on run.id = started.run
      join request on request.id = run.request
      left join lateral (
        select event from run_event e
        where e.run = started.run and e.seq > started.seq and e.event->>'type' = 'run-finished'
        order by e.seq limit 1
      ) finished on true
      where started.event->>'type' = 'run-started' and started.event->>'environment' = ${environment.name}
        and started.event->>'project' = p.project and started.event->>'mode' <> 'inquiry'
        and request.environment = ${environment.id}
        and ${caller === undefined ? sql`true` : maySeeRequest(caller, "request")}
      order by started.run desc, started.seq desc limit ${RECENT}
    ) s
    join account a on a.id = s.account
    order by p.project, s.run desc, s.seq desc`.execute(db);
  return rows;
}

/** What these runs, newest first, have left on the hosts. */
export function releasedBy(runs: readonly Pick<GantryRun, "project" | "started" | "finished">[]): Released {
  const versions = new Map<string, Map<string, string>>();
  const failedRuns = new Set<string>();
  for (const { project, started, finished } of runs) {
    if (finished === null) continue;
    if (finished.status !== "succeeded") {
      failedRuns.add(started.run);
      continue;
    }
    const hosts = versions.get(project) ?? new Map<string, string>();
    versions.set(project, hosts);
    for (const { host, now } of finished.hosts) if (now !== undefined && !hosts.has(host)) hosts.set(host, now);
  }
  return { versions, failedRuns };
}

/** The request that a run of Gantry belonged to. */
export interface RunOrigin {
  readonly id: number;
  readonly order: string;
  readonly by: string;
  readonly at: string;
}

/** The requests by whose runs containers are labelled, those of them that the caller may see. */
export async function originsOf(
  db: Database,
  environment: number,
  labels: readonly string[],
  caller: SignedIn,
): Promise<ReadonlyMap<string, RunOrigin>> {
  if (labels.length === 0) return new Map();
  const { rows } = await sql<{ label: string; id: number; order_name: string; by: string; at: Date }>`
    select e.event->>'run' as label, request.id, request.order_name, a.name as by,
      coalesce(request.started_at, request.submitted_at) as at
    from run_event e
    join run on run.id = e.run
    join request on request.id = run.request
    join account a on a.id = request.account
    where e.event->>'type' = 'run-started' and e.event->>'run' = any(${[...labels]}::text[])
      and request.environment = ${environment} and ${maySeeRequest(caller, "request")}`.execute(db);
  return new Map(
    rows.map(({ label, id, order_name: order, by, at }) => [label, { id, order, by, at: at.toISOString() }]),
  );
}
