import type { ServerMessage } from "../../contract/socket.ts";
import type { Database } from "../store/database.ts";

/** What a viewer of a request is told of its state. */
export interface WatchedState {
  readonly request: Extract<ServerMessage, { type: "request" }>;
  readonly run: Extract<ServerMessage, { type: "run" }> | undefined;
  /** Number of the run's last event. */
  readonly lastEvent: number;
}

/** Reads a request's state and that of its run; undefined where there is no such request. */
export async function readWatchedState(db: Database, request: number): Promise<WatchedState | undefined> {
  const row = await db
    .selectFrom("request")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("run")
          .select(["run.id", "run.state", "run.log_bytes", "run.log_lines"])
          .whereRef("run.request", "=", "request.id")
          .where("superseded", "=", false)
          .orderBy("id", "desc")
          .limit(1)
          .as("run"),
      (join) => join.onTrue(),
    )
    .select(["request.state", "request.version"])
    .select(["run.id as run", "run.state as run_state", "run.log_bytes", "run.log_lines"])
    .select((eb) =>
      eb
        .selectFrom("run_event")
        .select((event) => event.fn.max("seq").as("seq"))
        .whereRef("run_event.run", "=", "run.id")
        .as("last_event"),
    )
    .where("request.id", "=", request)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { run, run_state: state, log_bytes: logBytes, log_lines: logLines } = row;
  return {
    request: { type: "request", request, state: row.state, version: row.version },
    run:
      run === null || state === null
        ? undefined
        : { type: "run", request, run, state, logBytes: logBytes ?? 0, logLines: logLines ?? 0 },
    lastEvent: row.last_event ?? 0,
  };
}
