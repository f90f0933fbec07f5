import type { TotpEnrolment } from "../../../src/contract/accounts.ts";
import type { ImportReport, ImportRow, ObjectRuleItem, Role, Token } from "../../../src/contract/people.ts";
import type { FakeAnswer } from "./fake-answers.ts";
import { at, type FakePeople } from "./fake-people.ts";
import type { FakeWorld } from "./fake-world.ts";

const ok = (body: unknown, status = 200): FakeAnswer => ({ status, body });
const done: FakeAnswer = { status: 204, body: undefined };
const refused = (status: number, type: string, fields?: readonly { field: string; rule: string }[]): FakeAnswer => ({
  status,
  body: { type, title: type, status, fields: fields?.map((each) => ({ ...each, message: each.rule })) },
});

/** What the console would answer about people; undefined: it is no such call. */
export function peopleAnswer(world: FakeWorld, call: string, body: unknown): FakeAnswer | undefined {
  const [method = "", path = ""] = call.split(" ");
  const [area = "", first = "", part = "", last = ""] = path.slice(1).split("/").map(decodeURIComponent);
  const { people } = world;
  if (area === "session" && first === "totp") return totpAnswer(world, method, body);
  if (area === "sessions" || (area === "accounts" && part === "sessions")) {
    if (method === "GET") return ok({ items: people.sessions });
    const ended = area === "sessions" && first !== "" ? [Number(first)] : people.sessions.map(({ id }) => id);
    people.sessions = people.sessions.filter(({ id, current }) => current || !ended.includes(id));
    return done;
  }
  if (area === "tokens" || (area === "accounts" && part === "tokens")) {
    if (method === "GET") return ok({ items: people.tokens });
    if (method === "POST") return newToken(people, body as Pick<Token, "name" | "permissions"> & { days: number });
    const token = people.tokens.find(({ id }) => id === Number(area === "tokens" ? first : last));
    if (token === undefined) return undefined;
    token.revokedAt = at(0);
    return done;
  }
  if (area === "accounts" && part === "totp") {
    const account = world.accounts.find(({ id }) => id === Number(first));
    if (account !== undefined) account.totp = false;
    return done;
  }
  if (call === "POST /accounts/import") return importAnswer(world, body as ImportCall);
  if (area === "roles") return roleAnswer(people, method, first, body as Role);
  if (area === "object-rules") return ruleAnswer(world, method, Number(first), body as RuleCall);
  return undefined;
}

/** 25 by 25 modules; no authenticator reads it, but a person sees the picture. */
const ENROLMENT: TotpEnrolment = {
  secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  uri: "otpauth://totp/Gantry:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Gantry",
  qr: {
    size: 33,
    path: Array.from({ length: 25 }, (_, row) =>
      Array.from({ length: 25 }, (__, column) =>
        (row * 7 + column * 5 + ((row * column) % 3)) % 4 < 2 ? `M${column + 4} ${row + 4}h1v1h-1z` : "",
      ).join(""),
    ).join(""),
  },
};

/** The code is 123456, the password "right password". */
function totpAnswer(world: FakeWorld, method: string, body: unknown): FakeAnswer {
  if (world.session === null) return refused(401, "not-signed-in");
  const given = (body ?? {}) as { readonly code?: string; readonly password?: string };
  if (method === "POST") return ok(ENROLMENT, 201);
  if (method === "DELETE" && given.password !== "right password")
    return refused(400, "invalid", [{ field: "password", rule: "wrong-password" }]);
  if (method === "PUT" && given.code !== "123456")
    return refused(400, "invalid", [{ field: "code", rule: "wrong-code" }]);
  const { role } = world.session.account;
  const required = world.people.roles.some(({ name, requireTotp }) => name === role && requireTotp);
  const account = { ...world.session.account, totp: method === "PUT", mustEnrolTotp: required && method === "DELETE" };
  world.session = { ...world.session, account, csrfToken: "token-after-enrolment" };
  const recoveryCodes = Array.from({ length: 10 }, (_, place) => `k7dm-2${place}qx-w9ta`);
  return method === "PUT" ? ok({ recoveryCodes, session: world.session }) : done;
}

function newToken(people: FakePeople, body: Pick<Token, "name" | "permissions"> & { days: number }): FakeAnswer {
  const token: Token = {
    id: people.tokens.length + 1,
    name: body.name,
    prefix: "gantry_n3w5",
    permissions: body.permissions,
    createdAt: at(0),
    expiresAt: at(-60 * 24 * body.days),
    usedAt: null,
    usedFrom: null,
    revokedAt: null,
  };
  people.tokens.unshift(token);
  return ok({ ...token, token: "gantry_n3w5-shown-once-and-never-again-4f2a91" }, 201);
}

interface ImportCall {
  readonly csv: string;
  readonly dryRun: boolean;
  readonly createGroups: boolean;
}

/** Names and groups only: a line whose group is not there is a problem. */
function importAnswer(world: FakeWorld, { csv, dryRun, createGroups }: ImportCall): FakeAnswer {
  const [header = "", ...lines] = csv.trim().split("\n");
  const columns = header.split(",");
  const newGroups = new Set<string>();
  const rows = lines.map((line, place): ImportRow => {
    const fields: Record<string, string> = Object.fromEntries(
      line.split(",").map((value, column) => [columns[column] ?? "", value]),
    );
    const name = fields["name"] ?? "";
    const missing = (fields["groups"] ?? "")
      .split(";")
      .filter((group) => group !== "" && !world.groups.some((each) => each.name === group));
    if (createGroups) for (const group of missing) newGroups.add(group);
    const problems = createGroups
      ? []
      : missing.map((group) => ({ field: "groups", rule: "unknown", message: `There is no user group "${group}".` }));
    const exists = world.accounts.some((account) => account.name === name);
    return {
      line: place + 2,
      name,
      outcome: problems.length > 0 ? "problem" : exists ? "changed" : "created",
      changes: exists ? ["email", "groups"] : [],
      problems,
      password: null,
    };
  });
  const applied = !dryRun && rows.every(({ outcome }) => outcome !== "problem");
  const report: ImportReport = {
    applied,
    rows: rows.map((row) => (applied && row.outcome === "created" ? { ...row, password: "x7kd-m2pq-9fhw-ta3n" } : row)),
    newGroups: [...newGroups],
  };
  return ok(report);
}

function roleAnswer(people: FakePeople, method: string, name: string, body: Role): FakeAnswer {
  if (method === "GET") return ok({ items: people.roles });
  if (method === "POST") {
    const made = { ...body, requireTotp: false, version: 1, builtIn: false, accounts: 0 };
    people.roles.push(made);
    return ok(made, 201);
  }
  const role = people.roles.find((each) => each.name === name);
  if (role === undefined) return refused(404, "not-found");
  if (method === "DELETE") people.roles = people.roles.filter((each) => each !== role);
  if (method === "DELETE") return done;
  if (body.version !== role.version) return refused(409, "changed");
  return ok(Object.assign(role, body, { version: role.version + 1 }));
}

interface RuleCall extends Pick<ObjectRuleItem, "permission"> {
  readonly userGroup: number;
  readonly environment: number | null;
  readonly category: number | null;
}

function ruleAnswer(world: FakeWorld, method: string, id: number, body: RuleCall): FakeAnswer {
  const { people } = world;
  if (method === "GET") return ok({ items: people.rules });
  if (method === "DELETE") people.rules = people.rules.filter((rule) => rule.id !== id);
  if (method === "DELETE") return done;
  const named = (wanted: number | null) => {
    const found = [...world.definitions].find((each) => each.id === wanted);
    return wanted === null ? null : { id: wanted, name: found?.name ?? "" };
  };
  const rule: ObjectRuleItem = {
    id: people.rules.length + 10,
    userGroup: { id: body.userGroup, name: world.groups.find((each) => each.id === body.userGroup)?.name ?? "" },
    permission: body.permission,
    environment: named(body.environment),
    category: named(body.category),
  };
  people.rules.push(rule);
  return ok(rule, 201);
}
