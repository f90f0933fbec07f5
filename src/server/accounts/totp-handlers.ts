import { sql } from "kysely";
import type { Handlers } from "../api/handlers.ts";
import { invalid, ProblemError } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import { checkFactor, openTotp, removeTotp, renewRecoveryCodes, totpContext } from "./second-factor.ts";
import { demandPassword, ownAccount, sessionOf } from "./session-handlers.ts";
import type { SignInParts } from "./sign-in.ts";
import type { SignedIn } from "./signed-in.ts";
import { newTotpSecret, qrPath, stepOf, totpUri } from "./totp-code.ts";

type Names = "POST /session/totp" | "PUT /session/totp" | "DELETE /session/totp";

/** Minutes until a code must have confirmed the authenticator. */
const PATIENCE = 30;

/** The own authenticator: set up, confirmed by a code of it, taken away. */
export function totpHandlers(parts: SignInParts): Handlers<Names> {
  const { db, box, sessions } = parts;
  return {
    "POST /session/totp": async ({ caller, request }) => {
      const secret = newTotpSecret();
      const sealed = box.seal(secret, totpContext(caller.id));
      const begun = await db
        .insertInto("totp")
        .values({ account: caller.id, secret: sealed })
        .onConflict((conflict) =>
          conflict
            .column("account")
            .doUpdateSet({ secret: sealed, created_at: sql`now()` })
            .where("totp.confirmed_at", "is", null),
        )
        .returning("account")
        .executeTakeFirst();
      if (begun === undefined) throw enrolled();
      const uri = totpUri(secret, caller.name, `Gantry ${request.hostname}`);
      return { secret, uri, qr: qrPath(uri) };
    },

    "PUT /session/totp": async ({ caller, body, request, reply }) => {
      const begun = await db
        .selectFrom("totp")
        .select([
          "secret",
          "confirmed_at",
          sql<boolean>`created_at < now() - ${`${PATIENCE} minutes`}::interval`.as("late"),
        ])
        .where("account", "=", caller.id)
        .executeTakeFirst();
      if (begun?.confirmed_at != null) throw enrolled();
      if (begun === undefined || begun.late)
        throw new ProblemError(409, "totp-not-begun", "Begin to set up your authenticator again: it took too long.");
      const step = stepOf(openTotp(box, begun.secret, caller.id), body.code, Date.now());
      if (step === undefined)
        throw invalid([
          {
            field: "code",
            rule: "wrong-code",
            message: "This is not the code that the authenticator shows now. Check the clock of your phone.",
          },
        ]);
      const recoveryCodes = await db.transaction().execute(async (trx) => {
        const confirmed = await trx
          .updateTable("totp")
          .set({ confirmed_at: sql`now()`, last_step: step })
          .where("account", "=", caller.id)
          .where("secret", "=", begun.secret)
          .where("confirmed_at", "is", null)
          .returning("account")
          .executeTakeFirst();
        if (confirmed === undefined) throw enrolled();
        await sessions.endOthers(caller.id, request, trx);
        await audit(trx, { actor: actorOf(caller), action: "totp-enrolled", object: ownAccount(caller) });
        return renewRecoveryCodes(trx, caller.id);
      });
      await sessions.end(request, reply);
      return { recoveryCodes, session: sessionOf(await sessions.begin(caller.id, request, reply)) };
    },

    "DELETE /session/totp": async ({ caller, body }) => {
      if (!caller.totp) throw new ProblemError(409, "no-totp", "There is no authenticator to be removed.");
      await demandOwner(parts, caller, body);
      await db.transaction().execute(async (trx) => {
        if (await removeTotp(trx, caller.id))
          await audit(trx, { actor: actorOf(caller), action: "totp-removed", object: ownAccount(caller) });
      });
      return undefined;
    },
  };
}

/** By the password; who signs in elsewhere has none here, and proves it by a code. */
async function demandOwner(
  parts: SignInParts,
  caller: SignedIn,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<void> {
  if (caller.method === null) return demandPassword(parts, caller, password, "password");
  const factor = await checkFactor(parts.db, parts.box, caller.id, code);
  if (factor !== "right" && factor !== "recovery")
    throw invalid([{ field: "code", rule: "wrong-code", message: "Give the code that your authenticator shows now." }]);
}

function enrolled(): ProblemError {
  return new ProblemError(
    409,
    "totp-enrolled",
    "An authenticator is set up already. Remove it before you set up another one.",
  );
}
