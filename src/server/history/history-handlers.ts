import type { Handlers } from "../api/handlers.ts";
import type { Database } from "../store/database.ts";

type Names = "GET /requests/variables" | "GET /requests/csv";

export function historyHandlers(_db: Database): Handlers<Names> {
  return {
    "GET /requests/variables": async () => ({ items: [] }),
    "GET /requests/csv": async ({ reply }) => reply.type("text/csv; charset=utf-8").send("\uFEFF"),
  };
}
