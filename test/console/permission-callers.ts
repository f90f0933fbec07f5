import { type Permission, RULE_PERMISSIONS } from "../../src/contract/states.ts";
import { ConsoleClient } from "./console-client.ts";
import { PASSWORD, type OpenConsole } from "./open-console.ts";
import type { Policy } from "./permission-policy.ts";

/** Somebody who calls, and what he is known to have. */
export interface Caller {
  readonly client: ConsoleClient;
  /** Headers that he sends with everything: an API token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly has: readonly Permission[];
  readonly is: "nobody" | "in session" | "by token" | "before password" | "before authenticator";
}

/** The built-in roles as they are meant to be; written down once more, since the tests are to find a change of them. */
const ROLES: Readonly<Record<string, readonly Permission[]>> = {
  administrator: ["submit", "approve", "see", "dashboard", "fleet", "configure", "break-glass", "audit", "administer"],
  maintainer: ["submit", "approve", "see", "dashboard", "fleet", "configure"],
  submitter: ["submit", "approve", "fleet"],
  auditor: ["see", "dashboard", "fleet", "audit"],
};
const ALL = ROLES["administrator"] ?? [];

export interface Groups {
  /** Has an object rule for one environment, by permission. */
  readonly ruled: Readonly<Record<(typeof RULE_PERMISSIONS)[number], number>>;
  /** Is asked by the approval flow. */
  readonly approvers: number;
}

/** One account of every kind, signed in, and API tokens; `groups` are those that rules and flows name. */
export async function makeCallers(open: OpenConsole, groups: Groups): Promise<ReadonlyMap<string, Caller>> {
  const { admin, console: server } = open;
  const role = async (name: string, permissions: readonly Permission[], requireTotp = false): Promise<string> =>
    (await admin.call("POST /roles", { body: { name, permissions, requireTotp } })).name;
  const account = async (name: string, ofRole: string, of: readonly number[] = []): Promise<ConsoleClient> => {
    await admin.call("POST /accounts", { body: { name, role: ofRole, groups: of, password: `${name}-password` } });
    const client = new ConsoleClient(server.url);
    await client.signIn(name, `${name}-password`, PASSWORD);
    return client;
  };
  const callers = new Map<string, Caller>();
  const inSession = (name: string, client: ConsoleClient, has: readonly Permission[]): void =>
    void callers.set(name, { client, headers: {}, has, is: "in session" });
  const nobody = (is: Caller["is"], client = new ConsoleClient(server.url)): Caller => ({
    client,
    headers: {},
    has: [],
    is,
  });

  callers.set("nobody", nobody("nobody"));
  for (const [name, has] of Object.entries(ROLES)) inSession(name, await account(`is-${name}`, name), has);
  for (const permission of ALL) {
    const name = `only ${permission}`;
    inSession(name, await account(`only-${permission}`, await role(name, [permission])), [permission]);
  }
  const none = await role("nothing", []);
  for (const permission of RULE_PERMISSIONS) {
    const of = [groups.ruled[permission]];
    inSession(`rule ${permission}`, await account(`rule-${permission}`, none, of), [permission]);
  }
  inSession("approver", await account("approver", "only approve", [groups.approvers]), ["approve"]);
  inSession("delegate", await account("delegate", "only approve"), ["approve"]);
  const now = Date.now();
  const body = { delegate: "delegate", from: iso(now - 60_000), until: iso(now + 3_600_000) };
  await callerNamed(callers, "approver").client.call("POST /delegations", { body });

  callers.set("inactive", nobody("nobody", await account("inactive", "administrator")));
  const { items } = await admin.call("GET /accounts");
  const inactive = items.find(({ name }) => name === "inactive");
  await admin.call("PUT /accounts/:id", {
    params: { id: inactive?.id ?? 0 },
    body: { name: "inactive", role: "administrator", active: false },
  });
  await admin.call("POST /accounts", { body: { name: "fresh", role: "administrator", password: "fresh-password" } });
  const fresh = new ConsoleClient(server.url);
  await fresh.signIn("fresh", "fresh-password");
  callers.set("one-time password", nobody("before password", fresh));
  const strict = await account("strict", await role("strict", ALL, true));
  callers.set("no authenticator yet", nobody("before authenticator", strict));

  const owner = callerNamed(callers, "administrator").client;
  for (const [name, permissions] of [
    ["token of all", ALL] as const,
    ...ALL.map((permission) => [`token ${permission}`, [permission]] as const),
  ]) {
    const { token } = await owner.call("POST /tokens", { body: { name, permissions, days: 1 } });
    const headers = { authorization: `Bearer ${token}` };
    callers.set(name, { client: new ConsoleClient(server.url), headers, has: permissions, is: "by token" });
  }
  return callers;
}

export function callerNamed(callers: ReadonlyMap<string, Caller>, name: string): Caller {
  const caller = callers.get(name);
  if (caller === undefined) throw new Error(`there is no caller ${name}`);
  return caller;
}

/** What the policy wants a caller to be answered: `yes`, or status and kind of the refusal. */
export function wanted({ who, session, before = [] }: Policy, { has, is }: Caller): string {
  if (who === "anyone") return "yes";
  if (is === "nobody") return "401 not-signed-in";
  if (is === "by token" && session === true) return "403 not-by-token";
  if (is === "before password") return before.includes("password") ? "yes" : "403 change-password";
  if (is === "before authenticator") return before.includes("authenticator") ? "yes" : "403 enrol-totp";
  return who === "signed in" || who.some((permission) => has.includes(permission)) ? "yes" : "403 not-allowed";
}

const iso = (at: number): string => new Date(at).toISOString();
