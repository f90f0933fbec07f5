import { sql } from "kysely";
import type { ApprovalFlow } from "../../src/contract/approval-flow.ts";
import type { VoteInput } from "../../src/contract/approvals.ts";
import type { WorkOrder } from "../../src/contract/definitions.ts";
import type { RequestDetail } from "../../src/contract/requests.ts";
import type { Database } from "../../src/server/store/database.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsoleDatabase } from "./console-database.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";

/** Wang submits; li and zhao are asked first, chen and sun then; ma and qian are in no group that is asked. */
const NAMES = ["wang", "li", "zhao", "chen", "sun", "ma", "qian"] as const;
export type Name = (typeof NAMES)[number];

export interface ApprovalPeople {
  readonly open: OpenConsole;
  readonly db: Database;
  readonly people: Readonly<Record<Name, ConsoleClient>>;
  readonly ids: Readonly<Record<Name, number>>;
  readonly groups: { readonly developers: number; readonly first: number; readonly second: number };
  /** An order of wang's, with an approval flow of these levels. */
  order(flow: Partial<ApprovalFlow>, order?: Partial<WorkOrder>): Promise<number>;
  close(): Promise<void>;
}

export async function openApprovalPeople(args: readonly string[] = []): Promise<ApprovalPeople> {
  const open = await openConsole({ args });
  const { admin, environment, configCentre } = open;
  const group = async (name: string): Promise<number> => (await admin.call("POST /user-groups", { body: { name } })).id;
  const groups = {
    developers: await group("developers"),
    first: await group("first"),
    second: await group("second"),
  };
  const memberOf: Readonly<Record<Name, number[]>> = {
    wang: [groups.developers],
    li: [groups.first],
    zhao: [groups.first],
    chen: [groups.second],
    sun: [groups.second],
    ma: [],
    qian: [],
  };
  const made = await Promise.all(
    NAMES.map(async (name) => {
      const body = { name, role: "submitter", groups: memberOf[name], password: `${name}-password` };
      const { id } = await admin.call("POST /accounts", { body });
      return [name, id] as const;
    }),
  );
  const signedIn = await Promise.all(
    NAMES.map(async (name) => [name, await signedInAs(open.console.url, name, `${name}-password`)] as const),
  );
  const db = openConsoleDatabase(open.console.data);
  let orders = 0;
  return {
    open,
    db,
    ids: Object.fromEntries(made) as Record<Name, number>,
    people: Object.fromEntries(signedIn) as Record<Name, ConsoleClient>,
    groups,
    order: async (flow, order = {}) => {
      orders += 1;
      const levels = [{ name: "first", userGroup: groups.first, quorum: 1 }];
      const { id: approvalFlow } = await admin.define("approval_flow", { name: `flow${orders}`, levels, ...flow });
      const { id } = await admin.define("work_order", {
        name: `order${orders}`,
        environment,
        configCentre,
        mainTask: "echo hi",
        submitters: [groups.developers],
        approvalFlow,
        ...order,
      });
      return id;
    },
    close: async () => {
      await db.destroy();
      await open.console.stop();
    },
  };
}

export async function signedInAs(url: string, name: string, password: string): Promise<ConsoleClient> {
  const client = new ConsoleClient(url);
  await client.signIn(name, password, PASSWORD);
  return client;
}

/** Votes on what the voter sees at this moment. */
export async function vote(
  client: ConsoleClient,
  request: number,
  more: Partial<VoteInput> = {},
): Promise<RequestDetail> {
  const { hash, version } = await client.request(request);
  return voteOn(client, { id: request, hash, version }, more);
}

/** Votes on what was seen. */
export function voteOn(
  client: ConsoleClient,
  { id, hash, version }: Pick<RequestDetail, "id" | "hash" | "version">,
  more: Partial<VoteInput> = {},
): Promise<RequestDetail> {
  const body = { decision: "approve", hash, version, ...more };
  return client.call("POST /requests/:id/votes", { params: { id }, body });
}

/** What the audit has of a request, in its order. */
export async function auditOf(db: Database, request: number): Promise<string[]> {
  const rows = await db
    .selectFrom("audit_event")
    .select(["actor", "action"])
    .where("object_kind", "=", "request")
    .where("object_id", "=", String(request))
    .orderBy("seq")
    .execute();
  return rows.map(({ actor, action }) => `${actor} ${action}`);
}

/** Lets everything that waits for a time be due now, as if the time had passed. */
export async function letTimePass(
  db: Database,
  request: number,
  columns: Partial<Record<"expires_at" | "scheduled_at", Date>>,
): Promise<void> {
  await db.updateTable("request").set(columns).where("id", "=", request).execute();
  await sql`update pgboss.job set start_after = now() where name = 'due' and state = 'created'
    and (data->>'request')::bigint = ${request}`.execute(db);
}
