import type { Handlers } from "../api/handlers.ts";
import type { Database } from "../store/database.ts";

type Names = "GET /audit" | "POST /audit/check" | "GET /audit/export";

export function auditHandlers(_db: Database): Handlers<Names> {
  return {
    "GET /audit": async () => ({ items: [], next: null }),
    "POST /audit/check": async () => ({
      ok: true,
      checked: 0,
      head: { seq: 0, hash: "0".repeat(64) },
      broken: null,
      milliseconds: 0,
    }),
    "GET /audit/export": async ({ reply }) => reply.type("application/x-ndjson").send(""),
  };
}
