import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import type { Database } from "../store/database.ts";
import { requestCsv } from "./request-csv.ts";
import { checkZone } from "./time-zone.ts";
import { historyVariables } from "./variable-names.ts";

type Names = "GET /requests/variables" | "GET /requests/csv";

export function historyHandlers(db: Database): Handlers<Names> {
  return {
    "GET /requests/variables": async ({ query, caller }) => ({ items: await historyVariables(db, caller, query) }),

    "GET /requests/csv": async ({ query, caller, request, reply }) => {
      checkZone(query.zone);
      const csv = await requestCsv(db, caller, query, query.language ?? languageOf(request));
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="requests-${new Date().toISOString().slice(0, 10)}.csv"`)
        .send(csv);
    },
  };
}
