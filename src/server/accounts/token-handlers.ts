import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Token } from "../../contract/people.ts";
import type { Handlers } from "../api/handlers.ts";
import { invalid, notFound, ProblemError } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";
import { accountNamed } from "./account-named.ts";
import { TOKEN_PREFIX, tokenHash } from "./api-tokens.ts";
import { ownAccount } from "./session-handlers.ts";
import type { SignedIn } from "./signed-in.ts";

type Names =
  | "GET /tokens"
  | "POST /tokens"
  | "DELETE /tokens/:id"
  | "GET /accounts/:id/tokens"
  | "DELETE /accounts/:id/tokens/:token";

/** Tokens of an account that are neither expired nor revoked. */
const MOST = 50;
/** Characters of a token that are kept, to know it again by: no more than 30 of its 256 random bits. */
const SHOWN = TOKEN_PREFIX.length + 5;

const COLUMNS = [
  "id",
  "name",
  "prefix",
  "permissions",
  "created_at",
  "expires_at",
  "used_at",
  "used_from",
  "revoked_at",
] as const;

/** API tokens: everybody's own ones, and those of others for administrators. */
export function tokenHandlers(db: Database): Handlers<Names> {
  const tokensOf = async (account: number): Promise<Token[]> =>
    (
      await db
        .selectFrom("api_token")
        .select(COLUMNS)
        .where("account", "=", account)
        .orderBy("id", "desc")
        .limit(500)
        .execute()
    ).map(shown);

  const revoke = (caller: SignedIn, account: number, token: number): Promise<void> =>
    db.transaction().execute(async (trx) => {
      const revoked = await trx
        .updateTable("api_token")
        .set({ revoked_at: sql`coalesce(revoked_at, now())` })
        .where("id", "=", token)
        .where("account", "=", account)
        .returning(["id", "name", "prefix"])
        .executeTakeFirst();
      if (revoked === undefined) throw notFound("token");
      const { name: of } = account === caller.id ? ownAccount(caller) : await accountNamed(trx, account);
      const { id, name, prefix } = revoked;
      const object = { kind: "api_token", id, name };
      await audit(trx, { actor: actorOf(caller), action: "token-revoked", object, data: { of, prefix } });
    });

  return {
    "GET /tokens": async ({ caller }) => ({ items: await tokensOf(caller.id) }),

    "POST /tokens": async ({ caller, body }) => {
      const beyond = body.permissions.find((permission) => !caller.permissions.includes(permission));
      if (beyond !== undefined)
        throw invalid([
          { field: "permissions", rule: "not-yours", message: `You do not have the permission "${beyond}" yourself.` },
        ]);
      const token = TOKEN_PREFIX + randomBytes(32).toString("base64url");
      const row = await db.transaction().execute(async (trx) => {
        // Whoever makes several at once takes turns.
        await trx.selectFrom("account").select("id").where("id", "=", caller.id).forUpdate().execute();
        const { live } = await trx
          .selectFrom("api_token")
          .select((eb) => eb.fn.countAll<number>().as("live"))
          .where("account", "=", caller.id)
          .where("revoked_at", "is", null)
          .where("expires_at", ">", sql<Date>`now()`)
          .executeTakeFirstOrThrow();
        if (live >= MOST)
          throw new ProblemError(409, "too-many-tokens", `You have ${MOST} tokens already. Revoke one first.`);
        const made = await trx
          .insertInto("api_token")
          .values({
            account: caller.id,
            name: body.name,
            token_hash: tokenHash(token),
            prefix: token.slice(0, SHOWN),
            permissions: [...new Set(body.permissions)],
            expires_at: sql`now() + ${`${body.days} days`}::interval`,
          })
          .returning(COLUMNS)
          .executeTakeFirstOrThrow();
        await audit(trx, {
          actor: actorOf(caller),
          action: "token-created",
          object: { kind: "api_token", id: made.id, name: made.name },
          data: { prefix: made.prefix, permissions: made.permissions, expiresAt: made.expires_at.toISOString() },
        });
        return made;
      });
      return { ...shown(row), token };
    },

    "DELETE /tokens/:id": async ({ caller, params: { id } }) => {
      await revoke(caller, caller.id, id);
      return undefined;
    },

    "GET /accounts/:id/tokens": async ({ params: { id } }) => {
      await accountNamed(db, id);
      return { items: await tokensOf(id) };
    },

    "DELETE /accounts/:id/tokens/:token": async ({ caller, params: { id, token } }) => {
      await revoke(caller, id, token);
      return undefined;
    },
  };
}

interface TokenRow {
  readonly id: number;
  readonly name: string;
  readonly prefix: string;
  readonly permissions: Token["permissions"];
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly used_from: string | null;
  readonly revoked_at: Date | null;
}

function shown(row: TokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    permissions: row.permissions,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    usedAt: row.used_at?.toISOString() ?? null,
    usedFrom: row.used_from,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
