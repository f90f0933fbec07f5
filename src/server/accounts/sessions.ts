// oxlint-disable-next-line import/no-unassigned-import -- it brings the types of cookies
import "@fastify/cookie";
import { createHash, randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { ROLES, type Role } from "../../contract/states.ts";
import type { Database } from "../store/database.ts";
import type { SignedIn } from "./signed-in.ts";

const SESSION_COOKIE = "gantry_session";
/** Hours until a session ends, whether it is used or not, and hours without use. */
const LIFETIME = 12;
const IDLE = 4;

interface WithCookies {
  readonly cookies: Readonly<Record<string, string | undefined>>;
}

/** Sessions of signed-in accounts: an opaque token in a cookie, of which only the hash is kept. */
export interface Sessions {
  /** The caller of a request, or undefined where there is no valid session; counts as a use of it. */
  readonly authenticate: (request: WithCookies) => Promise<SignedIn | undefined>;
  /** The same, without prolonging the session. */
  readonly look: (request: WithCookies) => Promise<SignedIn | undefined>;
  /** Begins a session under a new token, so that one planted before is worth nothing. */
  begin(account: number, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Ends the account's sessions, except the one of this request. */
  endOthers(account: number, request: FastifyRequest | undefined): Promise<void>;
}

export function createSessions(db: Database): Sessions {
  const find = async (hash: Buffer, isUse: boolean): Promise<SignedIn | undefined> => {
    const row = await db
      .selectFrom("session")
      .innerJoin("account", "account.id", "session.account")
      .select(["account.id", "account.name", "account.display_name", "account.role", "account.must_change_password"])
      .select(["session.csrf_token", "session.expires_at", "session.seen_at"])
      .select((eb) =>
        eb
          .selectFrom("user_group_member as m")
          .whereRef("m.account", "=", "account.id")
          .select(sql<number[]>`coalesce(array_agg(m.user_group), '{}')`.as("groups"))
          .as("groups"),
      )
      .where("session.token_hash", "=", hash)
      .where("account.active", "=", true)
      .where("session.expires_at", ">", sql<Date>`now()`)
      .where("session.seen_at", ">", sql<Date>`now() - ${`${IDLE} hours`}::interval`)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (isUse && Date.now() - row.seen_at.getTime() > 60_000)
      await db
        .updateTable("session")
        .set({ seen_at: sql`now()` })
        .where("token_hash", "=", hash)
        .execute();
    return {
      id: row.id,
      name: row.name,
      displayName: row.display_name,
      role: row.role,
      permissions: permissionsOf(row.role),
      groups: row.groups ?? [],
      mustChangePassword: row.must_change_password,
      csrfToken: row.csrf_token,
      expiresAt: row.expires_at,
    };
  };

  return {
    authenticate: async ({ cookies }) => {
      const token = cookies[SESSION_COOKIE];
      return token === undefined ? undefined : find(hashOf(token), true);
    },
    look: async ({ cookies }) => {
      const token = cookies[SESSION_COOKIE];
      return token === undefined ? undefined : find(hashOf(token), false);
    },
    begin: async (account, request, reply) => {
      const token = randomBytes(32).toString("base64url");
      const hash = hashOf(token);
      await db
        .insertInto("session")
        .values({
          token_hash: hash,
          account,
          csrf_token: randomBytes(24).toString("base64url"),
          expires_at: new Date(Date.now() + LIFETIME * 3_600_000),
          address: request.ip,
          agent: (request.headers["user-agent"] ?? "").slice(0, 300),
        })
        .execute();
      await db
        .deleteFrom("session")
        .where("expires_at", "<", sql<Date>`now()`)
        .execute();
      reply.setCookie(SESSION_COOKIE, token, cookieOptions(request));
      const caller = await find(hash, true);
      if (caller === undefined) throw new Error("a session that has just begun was not found");
      return caller;
    },
    end: async (request, reply) => {
      const token = request.cookies[SESSION_COOKIE];
      if (token !== undefined) await db.deleteFrom("session").where("token_hash", "=", hashOf(token)).execute();
      reply.clearCookie(SESSION_COOKIE, cookieOptions(request));
    },
    endOthers: async (account, request) => {
      const token = request?.cookies[SESSION_COOKIE];
      let query = db.deleteFrom("session").where("account", "=", account);
      if (token !== undefined) query = query.where("token_hash", "!=", hashOf(token));
      await query.execute();
    },
  };
}

function permissionsOf(role: Role): SignedIn["permissions"] {
  return ROLES[role];
}

/** The token is random enough that one round of SHA-256 protects it. */
function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

function cookieOptions(request: FastifyRequest): {
  path: string;
  httpOnly: boolean;
  sameSite: "lax";
  secure: boolean;
  maxAge: number;
} {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: request.protocol === "https", maxAge: LIFETIME * 3600 };
}
