import type { Handlers } from "../api/handlers.ts";
import { notFound } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";
import { accountNamed } from "./account-named.ts";
import { ownAccount } from "./session-handlers.ts";
import { sessionsOf } from "./sessions-of.ts";
import type { Sessions } from "./sessions.ts";

type Names =
  | "GET /sessions"
  | "DELETE /sessions/:id"
  | "DELETE /sessions"
  | "GET /accounts/:id/sessions"
  | "DELETE /accounts/:id/sessions";

/** Where one is signed in, and where others are; what is ended loses its WebSocket at the next sign of life. */
export function sessionsHandlers(db: Database, sessions: Sessions): Handlers<Names> {
  return {
    "GET /sessions": async ({ caller }) => ({ items: await sessionsOf(db, caller.id, caller) }),

    "DELETE /sessions/:id": async ({ caller, params: { id } }) => {
      await db.transaction().execute(async (trx) => {
        const ended = await trx
          .deleteFrom("session")
          .where("id", "=", id)
          .where("account", "=", caller.id)
          .returning(["address", "agent"])
          .executeTakeFirst();
        if (ended === undefined) throw notFound("session");
        await audit(trx, { actor: actorOf(caller), action: "session-ended", object: ownAccount(caller), data: ended });
      });
      return undefined;
    },

    "DELETE /sessions": async ({ caller, request }) => {
      await db.transaction().execute(async (trx) => {
        const count = await sessions.endOthers(caller.id, request, trx);
        await audit(trx, {
          actor: actorOf(caller),
          action: "sessions-ended",
          object: ownAccount(caller),
          data: { count },
        });
      });
      return undefined;
    },

    "GET /accounts/:id/sessions": async ({ caller, params: { id } }) => {
      await accountNamed(db, id);
      return { items: await sessionsOf(db, id, caller) };
    },

    "DELETE /accounts/:id/sessions": async ({ caller, params: { id }, request }) => {
      const object = await accountNamed(db, id);
      const own = id === caller.id && "session" in caller.via ? request : undefined;
      await db.transaction().execute(async (trx) => {
        const count = await sessions.endOthers(id, own, trx);
        await audit(trx, { actor: actorOf(caller), action: "sessions-ended", object, data: { count } });
      });
      return undefined;
    },
  };
}
