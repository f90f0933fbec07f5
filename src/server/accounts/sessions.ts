// oxlint-disable-next-line import/no-unassigned-import -- it brings the types of cookies
import "@fastify/cookie";
import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sql, type RawBuilder } from "kysely";
import type { Database } from "../store/database.ts";
import { ACCESS_COLUMNS, accessOf, type AccessRow } from "./account-access.ts";
import { authenticateToken, bearerToken, tokenHash } from "./api-tokens.ts";
import { latelySignedIn } from "./lately-signed-in.ts";
import type { SignedIn } from "./signed-in.ts";

const SESSION_COOKIE = "gantry_session";
/** Hours until a session ends, whether it is used or not, and hours without use. */
const LIFETIME = 12;
const IDLE = 4;

/** SQL: a row of `session` that has neither expired nor been left alone for too long. */
export const LIVE_SESSION: RawBuilder<boolean> = sql<boolean>`session.expires_at > now()
  and session.seen_at > now() - ${`${IDLE} hours`}::interval`;

interface Asking {
  /** Of HTTP. */
  readonly method?: string;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly headers: { readonly authorization?: string | undefined };
  readonly ip: string;
}

interface SessionRow extends AccessRow {
  readonly session: number;
  readonly csrf_token: string;
  readonly expires_at: Date;
  readonly seen_at: Date;
}

/** Sessions of signed-in accounts: an opaque token in a cookie, of which only the hash is kept. */
export interface Sessions {
  /**
   * The caller of a request, by API token or session; undefined where neither is valid. Counts as a use of it. A call
   * that only reads may get it as it was a quarter of a second ago, unless there was a change meanwhile.
   */
  readonly authenticate: (request: Asking) => Promise<SignedIn | undefined>;
  /** The same, without prolonging the session. */
  readonly look: (request: Asking) => Promise<SignedIn | undefined>;
  /** To be called before any change is answered, which may be one of who may do what. */
  readonly changed: () => void;
  /** Begins a session under a new token, so that one planted before is worth nothing. */
  begin(account: number, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Ends the account's sessions, except the one of this request; returns how many there were. */
  endOthers(account: number, request: FastifyRequest | undefined, trx?: Database): Promise<number>;
}

export function createSessions(db: Database): Sessions {
  const lately = latelySignedIn();
  const find = async (hash: Buffer, isUse: boolean, address: string): Promise<SignedIn | undefined> => {
    const { rows } = await sql<SessionRow>`
      select ${ACCESS_COLUMNS}, session.id as session, session.csrf_token, session.expires_at, session.seen_at
      from session join account on account.id = session.account
      where session.token_hash = ${hash} and account.active and ${LIVE_SESSION}`.execute(db);
    const [row] = rows;
    if (row === undefined) return undefined;
    if (isUse && Date.now() - row.seen_at.getTime() > 60_000)
      await db
        .updateTable("session")
        .set({ seen_at: sql`now()` })
        .where("token_hash", "=", hash)
        .execute();
    return {
      ...accessOf(row, undefined),
      csrfToken: row.csrf_token,
      expiresAt: row.expires_at,
      via: { session: row.session },
      address,
    };
  };
  const ask = async (request: Asking, isUse: boolean): Promise<SignedIn | undefined> => {
    if (bearerToken(request) !== undefined) return authenticateToken(db, request);
    const token = request.cookies[SESSION_COOKIE];
    if (token === undefined) return undefined;
    const look = () => find(tokenHash(token), isUse, request.ip);
    return isUse && request.method === "GET" ? lately.find(`${token} ${request.ip}`, look) : look();
  };

  return {
    authenticate: (request) => ask(request, true),
    look: (request) => ask(request, false),
    changed: () => lately.forget(),
    begin: async (account, request, reply) => {
      const token = randomBytes(32).toString("base64url");
      const hash = tokenHash(token);
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
      const caller = await find(hash, true, request.ip);
      if (caller === undefined) throw new Error("a session that has just begun was not found");
      return caller;
    },
    end: async (request, reply) => {
      const token = request.cookies[SESSION_COOKIE];
      if (token !== undefined) await db.deleteFrom("session").where("token_hash", "=", tokenHash(token)).execute();
      reply.clearCookie(SESSION_COOKIE, cookieOptions(request));
    },
    endOthers: async (account, request, trx = db) => {
      const token = request?.cookies[SESSION_COOKIE];
      let query = trx.deleteFrom("session").where("account", "=", account);
      if (token !== undefined) query = query.where("token_hash", "!=", tokenHash(token));
      return (await query.returning("id").execute()).length;
    },
  };
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
