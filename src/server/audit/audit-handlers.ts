import { Readable } from "node:stream";
import type { AuditCheck } from "../../contract/audit.ts";
import type { Handlers } from "../api/handlers.ts";
import { ProblemError } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";
import { actorOf, audit } from "./audit.ts";
import { checkAudit } from "./audit-check.ts";
import { exportAudit } from "./audit-export.ts";
import { listAudit } from "./audit-list.ts";

type Names = "GET /audit" | "POST /audit/check" | "GET /audit/export";

export function auditHandlers(db: Database): Handlers<Names> {
  let checking: Promise<AuditCheck> | undefined;
  return {
    "GET /audit": async ({ query }) => listAudit(db, query),

    "POST /audit/check": async ({ body }) => {
      // It reads everything: several at once would only slow each other and everybody else down.
      if (checking !== undefined)
        throw new ProblemError(409, "checking", "The audit is being checked already. Try again in a moment.");
      checking = checkAudit(db, body.expected);
      return checking.finally(() => (checking = undefined));
    },

    "GET /audit/export": async ({ caller, reply }) => {
      await audit(db, {
        actor: actorOf(caller),
        action: "audit-exported",
        object: { kind: "audit", id: "", name: "audit" },
      });
      const name = `audit-${new Date().toISOString().slice(0, 10)}.ndjson`;
      return reply
        .type("application/x-ndjson")
        .header("content-disposition", `attachment; filename="${name}"`)
        .send(Readable.from(exportAudit(db), { objectMode: false }));
    },
  };
}
