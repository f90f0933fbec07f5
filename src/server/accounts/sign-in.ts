import type { FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { ProblemError } from "../api/problem-error.ts";
import { audit, type Actor } from "../audit/audit.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Database } from "../store/database.ts";
import { checkFactor, type FactorCheck } from "./second-factor.ts";
import { forgetFailures, withdrawAttempt, type Attempt } from "./sign-in-failures.ts";
import type { Sessions } from "./sessions.ts";
import type { SignedIn } from "./signed-in.ts";

export interface SignInParts {
  readonly db: Database;
  readonly box: SecretBox;
  readonly sessions: Sessions;
}

/** One call of somebody who wants to sign in. */
export interface Entry {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** An account of which somebody has proven to be its owner, by a password or as a sign-in method does it. */
export interface Proven {
  readonly id: number;
  readonly name: string;
  /** Name of the sign-in method, or `password`. */
  readonly by: string;
  /** What the authenticator has added, where one was asked for. */
  readonly factor: FactorCheck;
}

/** A failed attempt that is under way, as it is to be told and counted. */
export interface Failing extends Attempt {
  /** As it was typed. */
  readonly name: string;
  readonly address: string;
}

/** Asks for the second factor, where the account has one; throws `code-needed` or `wrong-code`. */
export async function demandFactor(
  { db, box }: SignInParts,
  account: number,
  code: string | undefined,
  failing: Failing,
): Promise<FactorCheck> {
  const factor = await checkFactor(db, box, account, code);
  if (factor === "needed") {
    await withdrawAttempt(db, failing.name);
    throw new ProblemError(401, "code-needed", "Give the code that your authenticator shows, or a recovery code.");
  }
  if (factor === "wrong") {
    await signInFailed(db, failing, "code");
    throw new ProblemError(
      401,
      "wrong-code",
      "The code is wrong, has expired, or was used before. Wait for the next one, or give a recovery code.",
    );
  }
  return factor;
}

/** Begins a session under a new token for whom an account is proven to belong to. */
export async function enter({ db, sessions }: SignInParts, proven: Proven, entry: Entry): Promise<SignedIn> {
  const { id, name, by, factor } = proven;
  await db.transaction().execute(async (trx) => {
    await forgetFailures(trx, name);
    await trx
      .updateTable("account")
      .set({ last_sign_in: sql`now()` })
      .where("id", "=", id)
      .execute();
    await audit(trx, {
      actor: { id, name, via: "sign-in", address: entry.request.ip },
      action: "signed-in",
      object: { kind: "account", id, name },
      data: { by, ...(factor === "none" ? {} : { factor: factor === "recovery" ? "recovery code" : "authenticator" }) },
    });
  });
  await sessions.end(entry.request, entry.reply);
  return sessions.begin(id, entry.request, entry.reply);
}

/** Writes down a failed attempt, and that it has locked the name; the attempt itself is counted already. */
export async function signInFailed(
  db: Database,
  { name, address, locks }: Failing,
  wrong: "password" | "code" | "inactive",
): Promise<void> {
  const actor: Actor = { id: null, name, via: "sign-in", address };
  const object = { kind: "account", id: "", name };
  await db.transaction().execute(async (trx) => {
    await audit(trx, { actor, action: "sign-in-failed", object, data: { wrong } });
    if (locks) await audit(trx, { actor, action: "locked-out", object });
  });
}
