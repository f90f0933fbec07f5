import type { Problem } from "../../../src/contract/problem.ts";
import type { Definition } from "../../../src/contract/administration.ts";
import { approvalAnswer } from "./fake-approval-answers.ts";
import { asked } from "./fake-approvals.ts";
import { auditAnswer } from "./fake-audit.ts";
import { fleetAnswer } from "./fake-fleet.ts";
import { historyAnswer } from "./fake-history.ts";
import { peopleAnswer } from "./fake-people-answers.ts";
import { notificationAnswer } from "./fake-notifications.ts";
import { signInAnswer } from "./fake-sign-in.ts";
import { ADMINISTRATOR, type FakeWorld, linkUses } from "./fake-world.ts";

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}
type Data = Record<string, unknown>;

const ok = (body: unknown, status = 200): FakeAnswer => ({ status, body });
const done: FakeAnswer = { status: 204, body: undefined };
const items = (list: readonly unknown[]): FakeAnswer => ok({ items: list, next: null });

/** A problem as the console has it. */
export function problem(status: number, type: string, extra: Partial<Problem> = {}): FakeAnswer {
  return { status, body: { type, title: type, status, instance: "req-4f2a", ...extra } satisfies Problem };
}

/** What the console would answer, as far as tests of pages need it. */
export function answerOf(world: FakeWorld, call: string, query: URLSearchParams, body: unknown): FakeAnswer {
  const [method = "", path = ""] = call.split(" ");
  const [, area = "", first = "", second = "", third = ""] = path.split("/");
  const ofPeople = peopleAnswer(world, call, body);
  if (ofPeople !== undefined) return ofPeople;
  const ofSignIn = signInAnswer(call, body);
  if (ofSignIn !== undefined) return ok(ofSignIn);
  if (call.endsWith(" /session/notifications")) return ok(notificationAnswer(call));
  if (area === "session") return sessionAnswer(world, method, body);
  if (world.session === null) return problem(401, "not-signed-in");
  if (area === "definitions") return definitionAnswer(world, method, first, idIn(second), third, body);
  if (call === "GET /orders") return items(world.orders);
  const ofApprovals = approvalAnswer(world, call, query, body);
  if (ofApprovals !== undefined) return ofApprovals;
  const found = historyAnswer(world, call, query) ?? auditAnswer(world, call, query, body);
  if (found !== undefined) return ok(found);
  const ofNotifications = notificationAnswer(call);
  if (ofNotifications !== undefined) return ok(ofNotifications);
  const ofFleet = fleetAnswer(call);
  if (ofFleet !== undefined) return ofFleet;
  if (call === "GET /now")
    return ok({
      waiting: world.approvals.requests.filter(asked),
      running: world.requests,
      queued: [],
      scheduled: [],
      failed: [],
    });
  const verified = verifyAnswer(call, body as { readonly data: Data } | undefined);
  if (verified !== undefined) return verified;
  if (call === "GET /health") return ok(world.health);
  if (area === "accounts")
    return listAnswer(
      world.accounts,
      method,
      idIn(first),
      { groups: [], version: 1, email: "", totp: false, method: null, lastSignIn: null },
      body,
    );
  if (area === "user-groups") return listAnswer(world.groups, method, idIn(first), { members: 0 }, body);
  return problem(404, "not-found");
}

const idIn = (part: string): number => (part === "" ? Number.NaN : Number(part));

function sessionAnswer(world: FakeWorld, method: string, body: unknown): FakeAnswer {
  if (method === "DELETE") world.session = null;
  if (method === "DELETE") return done;
  if (method === "POST") {
    if ((body as Data)["password"] !== "right password")
      return problem(401, "wrong-sign-in", { detail: "Name or password is wrong." });
    world.session ??= ADMINISTRATOR;
    return ok(world.session, 201);
  }
  if (world.session === null) return problem(401, "not-signed-in");
  if (method === "PUT") {
    world.session = { ...world.session, account: { ...world.session.account, mustChangePassword: false } };
  }
  return ok(world.session);
}

function definitionAnswer(
  world: FakeWorld,
  method: string,
  kind: string,
  id: number,
  part: string,
  body: unknown,
): FakeAnswer {
  const ofKind = world.definitions.filter((each) => each.kind === kind);
  const found = ofKind.find((each) => each.id === id);
  const input = body as { readonly data: Data; readonly version: number; readonly name: string };
  const add = (data: Data): FakeAnswer => {
    const made: Definition = {
      kind: kind as Definition["kind"],
      id: Math.max(...world.definitions.map((each) => each.id)) + 1,
      version: 1,
      name: String(data["name"]),
      author: "admin",
      at: new Date().toISOString(),
      data,
      usedBy: [],
    };
    world.definitions.push(made);
    linkUses(world.definitions);
    return ok(made, 201);
  };
  if (Number.isNaN(id)) return method === "GET" ? items(ofKind) : add(input.data);
  if (found === undefined) return problem(404, "not-found");
  if (part === "copy") return add({ ...found.data, name: input.name });
  if (part === "versions") return items(world.versions.get(id) ?? []);
  if (method === "PUT") {
    if (input.version !== found.version) return problem(409, "changed", { currentVersion: found.version });
    Object.assign(found, { data: input.data, version: found.version + 1, name: input.data["name"] });
    linkUses(world.definitions);
  }
  if (method === "DELETE") {
    if (found.usedBy.length > 0) return problem(409, "in-use", { usedBy: found.usedBy });
    world.definitions = world.definitions.filter((each) => each !== found);
    return done;
  }
  return ok(found);
}

function listAnswer(list: { id: number }[], method: string, id: number, empty: Data, body: unknown): FakeAnswer {
  if (method === "GET") return items(list);
  const found = list.find((each) => each.id === id);
  if (method === "DELETE" && found !== undefined) {
    list.splice(list.indexOf(found), 1);
    return done;
  }
  if (found !== undefined) return ok(Object.assign(found, body));
  const made = { ...empty, ...(body as Data), id: list.length + 1 };
  list.push(made);
  return ok(made, 201);
}

/** Fits the definitions of the fake world: lines are split at spaces. */
function verifyAnswer(call: string, body: { readonly data: Data } | undefined): FakeAnswer | undefined {
  if (call === "POST /variables/verify") {
    const values = ["demo1", "demo2", "demo3"];
    return ok({ values, status: "fresh", fetchedAt: new Date().toISOString(), milliseconds: 41, bytes: 27 });
  }
  if (call === "POST /config-centres/verify") {
    return ok({
      ok: false,
      problem: "Its host key is not pinned yet.",
      hostKey: {
        status: "new",
        fingerprints: ["SHA256:zQ3uX0b9C1dE2fG3hI4jK5lM6nO7pQ8rS9tU0vW1xY2 (ED25519)"],
        key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample",
      },
      clockOffset: 3.2,
      user: "deploy",
      programs: [
        { name: "node", version: "26.1.0" },
        { name: "docker", version: null },
      ],
      freeBytes: 52_000_000_000,
      milliseconds: 212,
    });
  }
  if (call !== "POST /work-orders/verify") return undefined;
  const lines = (["pre", "main", "post"] as const).flatMap((task) =>
    String(body?.data[`${task}Task`])
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => ({ task, words: line.split(" "), shell: false, gantry: line.startsWith("main_docker_deploy") })),
  );
  const unknown = lines.flatMap(({ task, words }) =>
    words
      .filter((word) => word.includes("{nobody}"))
      .map(() => ({ field: `${task}Task`, message: "Line 1, column 1: there is no variable nobody." })),
  );
  return ok({ lines, problems: unknown });
}
