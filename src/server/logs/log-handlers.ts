import { Readable } from "node:stream";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Handlers } from "../api/handlers.ts";
import { notFound, ProblemError } from "../api/problem-error.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import { readBytes } from "./log-bytes.ts";
import { readLines } from "./log-lines.ts";
import { searchLog } from "./log-search.ts";

type Names = "GET /runs/:id/log" | "GET /runs/:id/log/lines" | "GET /runs/:id/log/search" | "GET /runs/:id/events";

/** The logs and events of runs that the caller may see. */
export function logHandlers(db: Database): Handlers<Names> {
  return {
    "GET /runs/:id/log": async ({ params, query, caller, request, reply }) => {
      const run = await visibleRun(db, caller, params.id);
      const range = rangeOf(request.headers.range, run.log_bytes);
      const from = range?.from ?? Math.min(query.from, run.log_bytes);
      const length = Math.min(range?.length ?? query.limit ?? run.log_bytes, run.log_bytes - from);
      reply
        .type("text/plain; charset=utf-8")
        .header("accept-ranges", "bytes")
        .header("content-length", length)
        // Whatever a command prints, no browser takes it for a page.
        .header("content-disposition", query.download ? `attachment; filename="run-${params.id}.log"` : "inline");
      if (range !== undefined)
        reply.status(206).header("content-range", `bytes ${from}-${from + length - 1}/${run.log_bytes}`);
      return reply.send(Readable.from(readBytes(db, run.id, from, length), { objectMode: false }));
    },

    "GET /runs/:id/log/lines": async ({ params, query, caller }) => {
      const run = await visibleRun(db, caller, params.id);
      const lines = await readLines(db, run.id, query.line, query.limit);
      if (lines === undefined) throw notFound("run");
      return lines;
    },

    "GET /runs/:id/log/search": async ({ params, query, caller }) => {
      const run = await visibleRun(db, caller, params.id);
      return searchLog(db, run.id, query);
    },

    "GET /runs/:id/events": async ({ params, query, caller }) => {
      const run = await visibleRun(db, caller, params.id);
      const rows = await db
        .selectFrom("run_event")
        .select(["seq", "event"])
        .where("run", "=", run.id)
        .where("seq", ">", query.after)
        .orderBy("seq")
        .limit(query.limit)
        .execute();
      return { items: rows.map(({ seq, event }) => ({ seq, event: { ...event } })) };
    },
  };
}

async function visibleRun(db: Database, caller: SignedIn, id: number): Promise<{ id: number; log_bytes: number }> {
  const run = await db
    .selectFrom("run")
    .innerJoin("request", "request.id", "run.request")
    .select(["run.id", "run.log_bytes"])
    .where("run.id", "=", id)
    .where(maySeeRequest(caller))
    .executeTakeFirst();
  if (run === undefined) throw notFound("run");
  return run;
}

/** One range of bytes (RFC 9110, 14.1.2); several at once are answered whole, which the RFC allows. */
function rangeOf(header: string | undefined, total: number): { from: number; length: number } | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const from = first === "" ? Math.max(0, total - Number(last)) : Number(first);
  const end = first === "" || last === "" ? total : Math.min(Number(last) + 1, total);
  if (from >= total || end <= from) throw new ProblemError(416, "no-such-range", `The log has ${total} bytes so far.`);
  return { from, length: end - from };
}
