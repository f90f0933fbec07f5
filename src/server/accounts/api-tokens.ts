import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Permission } from "../../contract/states.ts";
import type { Database } from "../store/database.ts";
import { ACCESS_COLUMNS, accessOf, type AccessRow } from "./account-access.ts";
import type { SignedIn } from "./signed-in.ts";

/** API tokens begin with this, so that scanners of leaked secrets know them. */
export const TOKEN_PREFIX = "gantry_";

interface WithToken {
  readonly headers: { readonly authorization?: string | undefined };
  readonly ip: string;
}

/** The token of `Authorization: Bearer`; undefined where there is none. */
export function bearerToken({ headers }: Pick<WithToken, "headers">): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
}

/** Whose token it is, and what it allows; undefined where it is none, has expired or was revoked. */
export async function authenticateToken(db: Database, request: WithToken): Promise<SignedIn | undefined> {
  const token = bearerToken(request);
  if (token === undefined || !token.startsWith(TOKEN_PREFIX)) return undefined;
  const { rows } = await sql<
    AccessRow & { token: number; token_name: string; token_permissions: Permission[]; expires_at: Date; idle: boolean }
  >`
    select ${ACCESS_COLUMNS}, t.id as token, t.name as token_name, t.permissions as token_permissions, t.expires_at,
      t.used_at is null or t.used_at < now() - interval '1 minute' as idle
    from api_token t join account on account.id = t.account
    where t.token_hash = ${tokenHash(token)} and t.revoked_at is null and t.expires_at > now() and account.active`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  if (row.idle)
    await db
      .updateTable("api_token")
      .set({ used_at: sql`now()`, used_from: request.ip })
      .where("id", "=", row.token)
      .execute();
  return {
    ...accessOf(row, row.token_permissions),
    csrfToken: "",
    expiresAt: row.expires_at,
    via: { token: row.token, name: row.token_name },
    address: request.ip,
  };
}

/** It is random enough that one round of SHA-256 protects it. */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
