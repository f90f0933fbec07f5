import type { SignedInPlace } from "../../contract/accounts.ts";
import type { Database } from "../store/database.ts";
import { LIVE_SESSION } from "./sessions.ts";
import type { SignedIn } from "./signed-in.ts";

/** Where an account is signed in, newest first; `caller` is who asks, whose own session is marked. */
export async function sessionsOf(db: Database, account: number, caller: SignedIn): Promise<SignedInPlace[]> {
  const rows = await db
    .selectFrom("session")
    .select(["id", "created_at", "seen_at", "expires_at", "address", "agent"])
    .where("account", "=", account)
    .where(LIVE_SESSION)
    .orderBy("seen_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at.toISOString(),
    seenAt: row.seen_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    address: row.address,
    agent: row.agent,
    current: "session" in caller.via && caller.via.session === row.id,
  }));
}
