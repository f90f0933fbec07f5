import type { Host } from "../domain/host.ts";
import { fail } from "../domain/result.ts";
import { attempt, unwrap, type Failure, type Outcome } from "./errors.ts";
import type { Because, RunStatus } from "./events.ts";
import { digestResolver, lookAt } from "./gather.ts";
import { makePlan, type HostFacts, type Plan, type Refusal, type RunRequest } from "./plan.ts";
import { mayNotBegin } from "./policy.ts";
import type { Clock, Fleet, ServiceRegistry, Target } from "./ports.ts";
import { Summaries } from "./summaries.ts";

export interface PreviewPorts {
  readonly fleet: Fleet;
  readonly registry: ServiceRegistry | undefined;
  readonly clock: Clock;
  /** Ends all looking: what has not answered then counts as failed. `seconds` is for the message. */
  readonly deadline: { readonly signal: AbortSignal; readonly seconds: number };
}

/** A host as it is before anything is done to it. */
export interface HostLook {
  readonly host: string;
  /** Undefined where it could not be looked at. */
  readonly facts: HostFacts | undefined;
  /** What keeps a run from acting on it. */
  readonly failure: Failure | undefined;
}

/** What a run would do if it began now. */
export interface RunPreview {
  /** In the inventory's order. */
  readonly hosts: readonly HostLook[];
  /** For all hosts that can be acted on, also where others keep the run from beginning; undefined: there is none. */
  readonly plan: Plan | undefined;
  /** Why the image's digest is not known. */
  readonly imageFailure: Failure | undefined;
  /** How the run would end before it changes anything; undefined: it would begin. */
  readonly stopped: { readonly because: Because; readonly status: StoppedStatus } | undefined;
}

/** The statuses of a run that ends by itself before it changes anything. */
export type StoppedStatus = Extract<RunStatus, "failed" | "unreachable" | "locked">;

/** Looks at all hosts at once, as a run does, and makes its plan. Nothing is locked, downloaded or changed. */
export async function previewRun(request: RunRequest, ports: PreviewPorts): Promise<RunPreview> {
  const { clock, deadline } = ports;
  const opened: Target[] = [];
  const resolver = digestResolver(request, { clock, emit: () => undefined, abort: deadline.signal });
  try {
    const looks = await Promise.all(request.hosts.map((host) => look(host, request, ports, opened, resolver.offer)));
    const asked = resolver.result();
    const digest =
      asked &&
      (await inTime(
        deadline,
        request.project,
        asked.then(({ outcome }) => outcome),
      ));
    return judge(request, looks, digest);
  } finally {
    await Promise.all(opened.map((target) => target.close()));
  }
}

async function look(
  host: Host,
  request: RunRequest,
  { fleet, registry, clock, deadline }: PreviewPorts,
  opened: Target[],
  offer: (target: Target) => void,
): Promise<HostLook> {
  const { signal } = deadline;
  const looked = attempt(async () => {
    const target = unwrap(await fleet.open(host, signal));
    opened.push(target);
    const [facts, locked] = await Promise.all([
      lookAt(target, request, { fleet, registry, clock, abort: signal }),
      lockOn(target, request),
    ]);
    offer(target);
    return { facts, locked };
  });
  const { name } = host;
  const outcome = await inTime(deadline, name, looked);
  if (!outcome.ok) return { host: name, facts: undefined, failure: outcome.failure };
  return { host: name, facts: outcome.value.facts, failure: outcome.value.locked };
}

/** Why the lock could not be taken, as far as can be told without taking it. */
async function lockOn(target: Target, { mode, project }: RunRequest): Promise<Failure | undefined> {
  if (mode === "inquiry") return undefined;
  const read = await target.lockHolder(project);
  if (!read.ok) return read.failure;
  if (read.value === undefined) return undefined;
  const known = read.value.run === "" ? {} : { holder: read.value };
  return { reason: "locked", host: target.host.name, project, ...known };
}

/** What comes of the work, or that it was late. */
async function inTime<T>(
  { signal, seconds }: PreviewPorts["deadline"],
  host: string,
  work: Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const late = fail({ reason: "deadline", host, action: "look", seconds } as const);
  const ended = new Promise<typeof late>((resolve) => {
    if (signal.aborted) resolve(late);
    else signal.addEventListener("abort", () => resolve(late), { once: true });
  });
  const outcome = await Promise.race([work, ended]);
  return !outcome.ok && outcome.failure.reason === "aborted" ? late : outcome;
}

/** The plan, and what keeps it from being carried out, in the order in which a run would find it. */
function judge(request: RunRequest, looks: readonly HostLook[], digest: Outcome<string> | undefined): RunPreview {
  const facts = looks.map((each) => each.facts).filter((each) => each !== undefined);
  const { plan, refused } = planFor(request, facts, digest);
  const failed = new Map(looks.flatMap(({ host, failure }) => (failure === undefined ? [] : [[host, failure]])));
  const imageFailure = digest === undefined || digest.ok ? undefined : digest.failure;
  const hosts = looks.map((each) => ({
    ...each,
    failure: each.failure ?? refused.find(({ host }) => host === each.host)?.failure,
  }));
  const because =
    mayNotBegin(request, failed) ??
    (imageFailure !== undefined || refused.length > 0 || plan === undefined ? "failures" : undefined);
  if (because === undefined) return { hosts, plan, imageFailure, stopped: undefined };
  const board = new Summaries(request, { open: [], failed, digest: undefined });
  for (const { host, failure } of refused) board.refuse(host, failure);
  const { status } = board.end();
  // What is wrong with the image is no host's failure.
  const stoppedStatus = status === "locked" || status === "unreachable" ? status : "failed";
  return { hosts, plan, imageFailure, stopped: { because, status: stoppedStatus } };
}

/** Plans without the hosts that refuse, so that the others can be shown. */
function planFor(
  request: RunRequest,
  facts: readonly HostFacts[],
  digest: Outcome<string> | undefined,
): { plan: Plan | undefined; refused: readonly Refusal[] } {
  if (facts.length === 0 || (request.image !== undefined && digest?.ok !== true))
    return { plan: undefined, refused: [] };
  const made = makePlan(request, facts, digest?.ok ? digest.value : undefined);
  if ("schema" in made) return { plan: made, refused: [] };
  const willing = facts.filter(({ host }) => !made.some((each) => each.host === host));
  return { plan: planFor(request, willing, digest).plan, refused: made };
}
