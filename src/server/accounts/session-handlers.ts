import { sql } from "kysely";
import type { Session } from "../../contract/accounts.ts";
import type { Handlers } from "../api/handlers.ts";
import { invalid, ProblemError } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import { enterByDirectory } from "../sign-in/ldap-sign-in.ts";
import { hashPassword, needsRehash, verifyNobody, verifyPassword } from "./password-hash.ts";
import { beginAttempt, forgetFailures } from "./sign-in-failures.ts";
import { demandFactor, enter, signInFailed, type SignInParts } from "./sign-in.ts";
import type { SignedIn } from "./signed-in.ts";

type Names = "GET /session" | "POST /session" | "DELETE /session" | "PUT /session/password";

export function sessionHandlers(parts: SignInParts): Handlers<Names> {
  const { db, sessions } = parts;
  return {
    "GET /session": async ({ caller }) => sessionOf(caller),

    "POST /session": async ({ body, request, reply }) => {
      const failing = { ...(await beginAttempt(db, body.name)), name: body.name, address: request.ip };
      const { method } = body;
      if (method !== undefined)
        return sessionOf(await enterByDirectory(parts, { ...body, method }, failing, { request, reply }));
      const account = await db
        .selectFrom("account")
        .select(["id", "name", "password_hash", "active"])
        .where(sql`lower(name)`, "=", body.name.toLowerCase())
        .executeTakeFirst();
      // The same work and the same answer whether the account exists or not.
      const right =
        account === undefined || account.password_hash === ""
          ? await verifyNobody(body.password)
          : await verifyPassword(body.password, account.password_hash);
      if (account === undefined || !right || !account.active) {
        await signInFailed(db, failing, right ? "inactive" : "password");
        throw new ProblemError(401, "wrong-sign-in", "Name or password is wrong.");
      }
      const factor = await demandFactor(parts, account.id, body.code, failing);
      if (needsRehash(account.password_hash))
        await db
          .updateTable("account")
          .set({ password_hash: await hashPassword(body.password) })
          .where("id", "=", account.id)
          .where("password_hash", "=", account.password_hash)
          .execute();
      return sessionOf(await enter(parts, { ...account, by: "password", factor }, { request, reply }));
    },

    "DELETE /session": async ({ caller, request, reply }) => {
      await audit(db, { actor: actorOf(caller), action: "signed-out", object: ownAccount(caller) });
      await sessions.end(request, reply);
      return undefined;
    },

    "PUT /session/password": async ({ caller, body, request, reply }) => {
      if (caller.method !== null)
        throw new ProblemError(
          409,
          "password-elsewhere",
          `You sign in by ${caller.method}: what you sign in with is changed there.`,
        );
      await demandPassword(parts, caller, body.current, "current");
      if (body.next === body.current)
        throw invalid([{ field: "next", rule: "same-password", message: "Choose another one than the current one." }]);
      const password_hash = await hashPassword(body.next);
      await db.transaction().execute(async (trx) => {
        await trx
          .updateTable("account")
          .set({ password_hash, must_change_password: false })
          .where("id", "=", caller.id)
          .execute();
        await sessions.endOthers(caller.id, request, trx);
        await audit(trx, { actor: actorOf(caller), action: "password-changed", object: ownAccount(caller) });
      });
      await sessions.end(request, reply);
      return sessionOf(await sessions.begin(caller.id, request, reply));
    },
  };
}

/** Asks for the own password once more; wrong ones count as those at sign-in do. `field` is where it was given. */
export async function demandPassword(
  { db }: SignInParts,
  caller: SignedIn,
  password: string,
  field: string,
): Promise<void> {
  const failing = { ...(await beginAttempt(db, caller.name)), name: caller.name, address: caller.address };
  const account = await db
    .selectFrom("account")
    .select("password_hash")
    .where("id", "=", caller.id)
    .executeTakeFirstOrThrow();
  if (!(await verifyPassword(password, account.password_hash))) {
    await signInFailed(db, failing, "password");
    throw invalid([{ field, rule: "wrong-password", message: "This is not your current password." }]);
  }
  await forgetFailures(db, caller.name);
}

export function ownAccount({ id, name }: SignedIn): { kind: string; id: number; name: string } {
  return { kind: "account", id, name };
}

export function sessionOf(caller: SignedIn): Session {
  const { id, name, displayName, email, role, permissions, csrfToken, expiresAt } = caller;
  const { mustChangePassword, mustEnrolTotp, totp, method } = caller;
  const must = { mustChangePassword, mustEnrolTotp };
  return {
    account: { id, name, displayName, email, role, permissions: [...permissions], ...must, totp, method },
    csrfToken,
    expiresAt: expiresAt.toISOString(),
  };
}
