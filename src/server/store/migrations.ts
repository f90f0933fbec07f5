import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { ACCESS } from "./migrations/access.ts";
import { APPROVALS } from "./migrations/approvals.ts";
import { AUDIT } from "./migrations/audit.ts";
import { CONSOLE } from "./migrations/console.ts";
import { FREEZE } from "./migrations/freeze.ts";
import { HISTORY } from "./migrations/history.ts";
import { FLEET } from "./migrations/fleet.ts";
import { NOTIFICATIONS } from "./migrations/notifications.ts";
import { PEOPLE } from "./migrations/people.ts";
import { REQUEST_DURATIONS } from "./migrations/request-durations.ts";
import { REQUEST_LIST } from "./migrations/request-list.ts";
import { SIGN_IN } from "./migrations/sign-in.ts";

/** Every change of the tables, oldest first; a released one is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-console": statements(CONSOLE),
  "0002-access": statements(ACCESS),
  "0003-audit": statements(AUDIT),
  "0004-approvals": statements(APPROVALS),
  "0005-people": statements(PEOPLE),
  "0006-sign-in": statements(SIGN_IN),
  "0007-history": statements(HISTORY),
  "0008-fleet": statements(FLEET),
  "0009-freeze": statements(FREEZE),
  "0010-notifications": statements(NOTIFICATIONS),
  "0011-request-list": statements(REQUEST_LIST),
  "0012-request-durations": statements(REQUEST_DURATIONS),
};

function statements(text: string): Migration {
  return { up: async (db: Kysely<unknown>) => void (await sql.raw(text).execute(db)) };
}
