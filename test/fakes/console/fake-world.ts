import type { Account, Session, UserGroup } from "../../../src/contract/accounts.ts";
import type { DefinitionKind } from "../../../src/contract/definitions.ts";
import type { OrderListItem, RequestListItem } from "../../../src/contract/requests.ts";
import type { AuditEvent } from "../../../src/contract/audit.ts";
import type { Definition, DefinitionVersion, Health } from "../../../src/contract/administration.ts";
import { BUILT_IN_ROLES } from "../../../src/contract/states.ts";
import { pastEvents } from "./fake-audit.ts";
import { fakeApprovals, type FakeApprovals } from "./fake-approvals.ts";
import { FAKE_DEFINITIONS } from "./fake-definitions.ts";
import { type FakePeople, fakePeople } from "./fake-people.ts";

/** What the fake console knows; tests change it as they like. */
export interface FakeWorld {
  /** null: nobody is signed in. */
  session: Session | null;
  definitions: Definition[];
  versions: Map<number, DefinitionVersion[]>;
  accounts: Account[];
  groups: UserGroup[];
  people: FakePeople;
  orders: OrderListItem[];
  requests: RequestListItem[];
  health: Health;
  approvals: FakeApprovals;
  /** Oldest first. */
  audit: AuditEvent[];
  /** Every change that was asked for, as `METHOD /path` with its body and the CSRF token that came with it. */
  readonly changes: { readonly call: string; readonly body: unknown; readonly csrf: string | undefined }[];
  /** Answers that stand in for the usual ones, by `METHOD /path`. */
  readonly answers: Map<string, { readonly status: number; readonly body: unknown }>;
}

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();

export const ADMINISTRATOR: Session = {
  account: {
    id: 1,
    name: "admin",
    displayName: "",
    email: "",
    role: "administrator",
    permissions: [...BUILT_IN_ROLES.administrator],
    mustChangePassword: false,
    mustEnrolTotp: false,
    totp: false,
    method: null,
  },
  csrfToken: "token-of-admin",
  expiresAt: "2030-01-01T00:00:00Z",
};

const PLAIN = { version: 1, email: "", totp: false, method: null };
const PROD = { id: 1, name: "prod", colour: "red", protected: true };
const STAGE = { id: 2, name: "stage", colour: "orange", protected: false };

/** A world like that of the user guide, with somebody signed in or not. */
export function fakeWorld(session: Session | null = ADMINISTRATOR): FakeWorld {
  const definitions: Definition[] = FAKE_DEFINITIONS.map(({ kind, id, data }) => ({
    kind,
    id,
    data: { ...data },
    version: 2,
    name: data.name,
    author: "admin",
    at: at(180),
    usedBy: [],
  }));
  linkUses(definitions);
  return {
    session,
    definitions,
    versions: new Map(),
    accounts: [
      {
        ...PLAIN,
        id: 1,
        name: "admin",
        displayName: "",
        role: "administrator",
        active: true,
        groups: [],
        lastSignIn: at(2),
      },
      {
        ...PLAIN,
        id: 2,
        name: "wang",
        displayName: "王芳",
        role: "submitter",
        active: true,
        groups: [1],
        lastSignIn: at(60 * 30),
      },
      {
        ...PLAIN,
        id: 3,
        name: "li",
        displayName: "Li Wei",
        role: "submitter",
        active: false,
        groups: [1, 2],
        lastSignIn: null,
      },
    ],
    groups: [
      { id: 1, name: "operators", description: "Releases of group 1", members: 2 },
      { id: 2, name: "dba", description: "", members: 1 },
    ],
    people: fakePeople(),
    orders: [
      {
        id: 50,
        name: "project_group1",
        summary: "Deploy group 1",
        environment: PROD,
        category: "DeployDocker",
        favourite: true,
        last: { request: 4312, state: "succeeded", at: at(120), by: "wang", values: "demo1 update" },
      },
      {
        id: 51,
        name: "fix_orders",
        summary: "Fix orders",
        environment: STAGE,
        category: "DataFix",
        favourite: false,
        last: null,
      },
    ],
    requests: [
      {
        id: 4312,
        order: { id: 50, name: "project_group1", version: 2 },
        environment: PROD,
        category: "DeployDocker",
        state: "running",
        summary: "demo1 update",
        by: "wang",
        submittedAt: at(1),
        scheduledAt: null,
        startedAt: at(1),
        endedAt: null,
        usualSeconds: 80,
      },
    ],
    health: {
      version: "0.1.0",
      startedAt: at(60 * 50),
      database: { ok: true, bundled: true, version: "18.4", bytes: 48_234_496, milliseconds: 1 },
      workers: [
        { name: "worker-1", machine: "console-1", seenAt: at(0), running: 2, alive: true },
        { name: "worker-2", machine: "console-2", seenAt: at(7), running: 0, alive: false },
      ],
      queue: { queued: 3, active: 2, scheduled: 1, oldestSeconds: 4 },
      places: [
        { id: 20, name: "local", state: "ok", problem: null, at: at(1) },
        { id: 21, name: "center-shanghai", state: "failing", problem: "10.0.3.1:22 does not answer (5 s).", at: at(3) },
      ],
    },
    audit: pastEvents(1),
    approvals: fakeApprovals(),
    changes: [],
    answers: new Map(),
  };
}

/** Says of each definition which others name it. */
export function linkUses(definitions: Definition[]): void {
  for (const target of definitions) {
    target.usedBy = definitions
      .filter((other) => refersTo(other, target.kind, target.id))
      .map(({ kind, id, name }) => ({ kind, id, name }));
  }
}

const FIELDS: Readonly<Record<DefinitionKind, readonly string[]>> = {
  environment: ["environment"],
  category: ["category"],
  config_centre: ["configCentre"],
  variable: ["variables"],
  variable_group: ["variableGroup"],
  work_order: [],
  approval_flow: ["approvalFlow"],
  freeze_window: [],
  notification_channel: [],
  sign_in_method: [],
};

function refersTo(from: Definition, kind: DefinitionKind, id: number): boolean {
  return FIELDS[kind].some((field) => {
    const value = from.data[field];
    return value === id || (Array.isArray(value) && value.includes(id));
  });
}
