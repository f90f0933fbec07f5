import type { Failure } from "../../engine/errors.ts";
import type { HostSummary, RunEvent, Waiting, Why } from "../../engine/events.ts";
import type { StepKind } from "../../engine/plan.ts";

type CellState = "pending" | "running" | "ok" | "changed" | "skipped" | "failed";

export interface Cell {
  state: CellState;
  /** Milliseconds since the epoch. */
  since: number;
  progress?: { current: number; total: number };
  waiting?: Waiting;
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
  summary?: HostSummary;
}

/** What the live board shows, built up from events alone. */
export interface BoardState {
  title: readonly string[];
  startedAt: number;
  steps: readonly StepKind[];
  readonly rows: Map<string, Row>;
  /** Failures to explain once the board is gone, in the order in which they came. */
  readonly whys: { readonly host: string; readonly why: Why }[];
}

export function emptyBoard(): BoardState {
  return { title: [], startedAt: 0, steps: [], rows: new Map(), whys: [] };
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
      board.whys.push({ host: event.host, why: { failure: event.failure, log: [], running: undefined } });
      break;
    case "image-refused":
      board.whys.push({ host: event.host, why: { failure: event.failure, log: [], running: undefined } });
      break;
    case "planned": {
      const first = event.plan.hosts[0];
      board.steps = first
        ? [...first.prepare, ...first.roll].toSorted((a, b) => a.number - b.number).map(({ kind }) => kind)
        : [];
      break;
    }
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
      cell(board, event.host, event.step.kind, { state: event.status, since: at });
      break;
    case "step-skipped":
      cell(board, event.host, event.step.kind, { state: "skipped", since: at });
      break;
    case "step-failed":
      cell(board, event.host, event.step.kind, { state: "failed", since: at });
      update(board, event.host, (row) => (row.goesBack = true));
      board.whys.push({ host: event.host, why: event.why });
      break;
    case "host-rescue":
      if (event.failure)
        board.whys.push({ host: event.host, why: { failure: event.failure, log: [], running: undefined } });
      break;
    case "host-finished":
      update(board, event.summary.host, (row) => (row.summary = event.summary));
      break;
    default:
      break;
  }
}

function update(board: BoardState, host: string, change: (row: Row) => void): void {
  const row = board.rows.get(host);
  if (row) change(row);
}

function cell(board: BoardState, host: string, kind: StepKind, next: Cell): void {
  update(board, host, (row) => {
    const before = row.cells.get(kind);
    // The clock of a step runs from its start, not from its last sign of life.
    const since = before?.state === "running" && next.state === "running" ? before.since : next.since;
    row.cells.set(kind, { ...next, since });
  });
}
