import { sql } from "kysely";
import type { Session } from "../../contract/accounts.ts";
import type { Handlers } from "../api/handlers.ts";
import { invalid, ProblemError } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";
import { hashPassword, needsRehash, verifyNobody, verifyPassword } from "./password-hash.ts";
import { countFailure, forgetFailures, lockedMinutes } from "./sign-in-failures.ts";
import type { Sessions } from "./sessions.ts";
import type { SignedIn } from "./signed-in.ts";

type Names = "GET /session" | "POST /session" | "DELETE /session" | "PUT /session/password";

export function sessionHandlers(db: Database, sessions: Sessions): Handlers<Names> {
  return {
    "GET /session": async ({ caller }) => sessionOf(caller),

    "POST /session": async ({ body, request, reply }) => {
      const minutes = await lockedMinutes(db, body.name);
      if (minutes > 0)
        throw new ProblemError(
          429,
          "locked-out",
          `Too many wrong passwords. Try again in ${minutes} min, or ask an administrator.`,
          { retryAfter: minutes * 60 },
        );
      const account = await db
        .selectFrom("account")
        .select(["id", "password_hash", "active"])
        .where(sql`lower(name)`, "=", body.name.toLowerCase())
        .executeTakeFirst();
      // The same work and the same answer whether the account exists or not.
      const right =
        account === undefined
          ? await verifyNobody(body.password)
          : await verifyPassword(body.password, account.password_hash);
      if (account === undefined || !right || !account.active) {
        await countFailure(db, body.name);
        throw wrong();
      }
      await forgetFailures(db, body.name);
      await db
        .updateTable("account")
        .set({
          last_sign_in: sql`now()`,
          ...(needsRehash(account.password_hash) ? { password_hash: await hashPassword(body.password) } : {}),
        })
        .where("id", "=", account.id)
        .execute();
      await sessions.end(request, reply);
      return sessionOf(await sessions.begin(account.id, request, reply));
    },

    "DELETE /session": async ({ request, reply }) => {
      await sessions.end(request, reply);
      return undefined;
    },

    "PUT /session/password": async ({ caller, body, request, reply }) => {
      const account = await db
        .selectFrom("account")
        .select("password_hash")
        .where("id", "=", caller.id)
        .executeTakeFirstOrThrow();
      if (!(await verifyPassword(body.current, account.password_hash)))
        throw invalid([{ field: "current", rule: "wrong-password", message: "This is not your current password." }]);
      if (body.next === body.current)
        throw invalid([{ field: "next", rule: "same-password", message: "Choose another one than the current one." }]);
      await db
        .updateTable("account")
        .set({ password_hash: await hashPassword(body.next), must_change_password: false })
        .where("id", "=", caller.id)
        .execute();
      await sessions.endOthers(caller.id, request);
      await sessions.end(request, reply);
      return sessionOf(await sessions.begin(caller.id, request, reply));
    },
  };
}

function wrong(): ProblemError {
  return new ProblemError(401, "wrong-sign-in", "Name or password is wrong.");
}

function sessionOf(caller: SignedIn): Session {
  const { id, name, displayName, email, role, permissions, csrfToken, expiresAt } = caller;
  const { mustChangePassword, mustEnrolTotp, totp, method } = caller;
  const must = { mustChangePassword, mustEnrolTotp };
  return {
    account: { id, name, displayName, email, role, permissions: [...permissions], ...must, totp, method },
    csrfToken,
    expiresAt: expiresAt.toISOString(),
  };
}
