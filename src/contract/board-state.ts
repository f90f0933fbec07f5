import type { Failure } from "../engine/errors.ts";
import type { Because, EventBody, HookName, HostSummary, RunEvent, RunStatus, Waiting, Why } from "../engine/events.ts";
import type { StepKind } from "../engine/plan.ts";

export type CellState = "pending" | "running" | "ok" | "changed" | "skipped" | "failed";

/** One step on one host. Times are milliseconds since the epoch. */
export interface Cell {
  state: CellState;
  /** When it began; of a step that was skipped, when that was known. */
  since: number;
  /** When it ended. */
  until?: number;
  progress?: { current: number; total: number };
  waiting?: Waiting;
  /** Since when it waits for that. */
  waitingSince?: number;
}

export interface Row {
  readonly host: string;
  readonly cells: Map<StepKind, Cell>;
  connected: boolean;
  /** What looking at the host waits for, before it counts as connected. */
  waiting?: Waiting;
  /** A step has failed and the host goes back to what ran before. */
  goesBack: boolean;
  failure?: Failure;
  rescue?: Extract<EventBody, { readonly type: "host-rescue" }>;
  summary?: HostSummary;
}

/** A failure to explain, and the step that it was in. */
export interface HostWhy {
  readonly host: string;
  readonly step?: StepKind;
  readonly why: Why;
}

interface BoardHook {
  readonly hook: HookName;
  readonly command: readonly string[];
  exitCode?: number;
  output?: string;
}

/** What a live board shows, on a terminal or in a browser, built up from events alone. */
export interface BoardState {
  title: readonly string[];
  startedAt: number;
  steps: readonly StepKind[];
  readonly rows: Map<string, Row>;
  /** Host names, batch by batch, once there is a plan. */
  batches: readonly (readonly string[])[];
  /** The batch at work, from 1; 0 before the first. */
  batch: number;
  /** Seconds until a started version must be healthy. */
  checkTime: number | undefined;
  /** Failures in the order in which they came. */
  readonly whys: HostWhy[];
  readonly hooks: BoardHook[];
  stopped: { readonly because: Because; readonly left: readonly string[] } | undefined;
  /** How it ended; of hosts that were never begun, too. */
  outcome: { readonly status: RunStatus; readonly seconds: number; readonly hosts: readonly HostSummary[] } | undefined;
}

export function emptyBoard(): BoardState {
  return {
    title: [],
    startedAt: 0,
    steps: [],
    rows: new Map(),
    batches: [],
    batch: 0,
    checkTime: undefined,
    whys: [],
    hooks: [],
    stopped: undefined,
    outcome: undefined,
  };
}

/** Takes one event into the board. */
export function applyEvent(board: BoardState, event: RunEvent): void {
  const at = Date.parse(event.at);
  switch (event.type) {
    case "run-started":
      board.startedAt = at;
      board.title = [event.mode, event.project, event.environment, ...(event.image === undefined ? [] : [event.image])];
      for (const host of event.hosts)
        board.rows.set(host, { host, cells: new Map(), connected: false, goesBack: false });
      break;
    case "host-reached":
      update(board, event.host, (row) => (row.connected = true));
      break;
    case "host-waiting":
      update(board, event.host, (row) => (row.waiting = event.waiting));
      break;
    case "host-unreachable":
    case "host-refused":
      update(board, event.host, (row) => (row.failure = event.failure));
      board.whys.push(bareWhy(event.host, event.failure));
      break;
    case "image-refused":
      board.whys.push(bareWhy(event.host, event.failure));
      break;
    case "planned": {
      const first = event.plan.hosts[0];
      board.steps = first
        ? [...first.prepare, ...first.roll].toSorted((a, b) => a.number - b.number).map(({ kind }) => kind)
        : [];
      board.batches = event.plan.batches;
      board.checkTime = event.plan.checkTime;
      break;
    }
    case "batch-started":
      board.batch = event.batch;
      break;
    case "step-started":
      cell(board, event.host, event.step.kind, { state: "running", since: at });
      break;
    case "step-progress":
      cell(board, event.host, event.step.kind, {
        state: "running",
        since: at,
        progress: { current: event.current, total: event.total },
      });
      break;
    case "step-waiting":
      cell(board, event.host, event.step.kind, { state: "running", since: at, waiting: event.waiting });
      break;
    case "step-finished":
      cell(board, event.host, event.step.kind, { state: event.status, since: at, until: at });
      break;
    case "step-skipped":
      cell(board, event.host, event.step.kind, { state: "skipped", since: at, until: at });
      break;
    case "step-failed":
      cell(board, event.host, event.step.kind, { state: "failed", since: at, until: at });
      update(board, event.host, (row) => (row.goesBack = true));
      board.whys.push({ host: event.host, step: event.step.kind, why: event.why });
      break;
    case "host-rescue":
      update(board, event.host, (row) => (row.rescue = event));
      if (event.failure) board.whys.push(bareWhy(event.host, event.failure));
      break;
    case "host-finished":
      update(board, event.summary.host, (row) => (row.summary = event.summary));
      break;
    case "hook-started":
      board.hooks.push({ hook: event.hook, command: event.command });
      break;
    case "hook-finished": {
      const { hook, command, exitCode, output } = event;
      const started = board.hooks.findLastIndex((each) => each.hook === hook && each.exitCode === undefined);
      board.hooks.splice(started < 0 ? board.hooks.length : started, 1, { hook, command, exitCode, output });
      break;
    }
    case "run-stopped":
      board.stopped = { because: event.because, left: event.left };
      break;
    case "run-finished":
      board.outcome = { status: event.status, seconds: event.seconds, hosts: event.hosts };
      break;
    default:
      break;
  }
}

function bareWhy(host: string, failure: Failure): HostWhy {
  return { host, why: { failure, log: [], running: undefined } };
}

function update(board: BoardState, host: string, change: (row: Row) => void): void {
  const row = board.rows.get(host);
  if (row) change(row);
}

function cell(board: BoardState, host: string, kind: StepKind, next: Cell): void {
  update(board, host, (row) => {
    const before = row.cells.get(kind);
    // The clock of a step runs from its start, not from its last sign of life; so does that of a wait.
    const since = before?.state === "running" ? before.since : next.since;
    const waits = next.waiting !== undefined && before?.waiting?.for === next.waiting.for;
    const waitingSince = waits ? before?.waitingSince : next.since;
    row.cells.set(kind, {
      ...next,
      since,
      ...(next.waiting !== undefined && waitingSince !== undefined && { waitingSince }),
    });
  });
}

/** Milliseconds for which a cell has been, or was, at work. */
export function cellElapsed({ since, until }: Cell, now: number): number {
  return Math.max(0, (until ?? now) - since);
}

/**
 * Seconds that what a cell waits for will take at most, where that is known: waits of a fixed time, and health checks,
 * which have the plan's check time from the step's start.
 */
export function remainingSeconds(step: Cell, checkTime: number | undefined, now: number): number | undefined {
  const { waiting, waitingSince } = step;
  if (waiting === undefined || waitingSince === undefined) return undefined;
  const left = (seconds: number, since: number): number => Math.max(0, Math.ceil(seconds - (now - since) / 1000));
  switch (waiting.for) {
    case "settle":
    case "bake":
    case "drain":
    case "client-caches":
    case "service-shutdown":
    case "instance":
      return left(waiting.seconds, waitingSince);
    case "docker-health":
    case "probe":
    case "registration":
      return checkTime === undefined ? undefined : left(checkTime, step.since);
    default:
      return undefined;
  }
}
