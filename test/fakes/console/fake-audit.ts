import { createHash } from "node:crypto";
import type { AuditBody, AuditCheck, AuditEvent } from "../../../src/contract/audit.ts";
import type { FakeWorld } from "./fake-world.ts";

/** What the console answers about the audit; undefined: it is no such call. */
export function auditAnswer(world: FakeWorld, call: string, query: URLSearchParams, body: unknown): unknown {
  if (call === "GET /audit") {
    const limit = Number(query.get("limit") ?? 50);
    const after = Number(query.get("after") ?? Number.POSITIVE_INFINITY);
    const found = eventsIn(world, query).filter(({ seq }) => seq < after);
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? String(items.at(-1)?.seq) : null };
  }
  if (call === "GET /audit/export") return world.audit.map((event) => `${JSON.stringify(event)}\n`).join("");
  if (call !== "POST /audit/check") return undefined;
  return check(world.audit, (body as { readonly expected: AuditCheck["head"] | null }).expected);
}

function eventsIn(world: FakeWorld, query: URLSearchParams): AuditEvent[] {
  const is = (name: string, fits: (wanted: string) => boolean): boolean => {
    const wanted = query.get(name);
    return wanted === null || fits(wanted);
  };
  return world.audit
    .filter(
      ({ actor, action, object, at, data }) =>
        is("actor", (wanted) => wanted.split(",").includes(actor.name)) &&
        is("action", (wanted) => wanted.split(",").includes(action)) &&
        is("kind", (wanted) => object.kind === wanted) &&
        is("id", (wanted) => object.id === wanted) &&
        is("text", (wanted) => `${object.name} ${JSON.stringify(data)}`.includes(wanted)) &&
        is("from", (wanted) => Date.parse(at) >= Date.parse(wanted)) &&
        is("to", (wanted) => Date.parse(at) < Date.parse(wanted)),
    )
    .toReversed();
}

function check(events: readonly AuditEvent[], expected: AuditCheck["head"] | null): AuditCheck {
  let hash = FIRST;
  let broken: AuditCheck["broken"] = null;
  let checked = 0;
  for (const { hash: written, seq, ...body } of events) {
    hash = chained(hash, seq, body);
    if (hash !== written) {
      broken = { seq, what: "changed", detail: `Event ${seq} does not have the hash ${written}.` };
      break;
    }
    checked += 1;
  }
  const last = events.at(-1);
  const noted = events.find(({ seq }) => seq === expected?.seq);
  if (broken === null && expected !== null && noted?.hash !== expected.hash)
    broken = { seq: expected.seq, what: "expected", detail: `Event ${expected.seq} has another hash.` };
  return {
    ok: broken === null,
    checked,
    head: { seq: last?.seq ?? 0, hash: last?.hash ?? FIRST },
    broken,
    milliseconds: 84,
  };
}

const FIRST = createHash("sha256").update("gantry audit").digest("hex");

function chained(before: string, seq: number, body: AuditBody): string {
  return createHash("sha256")
    .update(Buffer.from(before, "hex"))
    .update(`${seq}\n${JSON.stringify(body)}`)
    .digest("hex");
}

/** Events in a chain as the console writes it, oldest first; one every ten minutes before now. */
export function pastEvents(rounds: number, now = Date.now()): AuditEvent[] {
  const actor = (name: string, id: number, via = "session"): AuditBody["actor"] => ({
    id,
    name,
    via,
    address: "10.0.4.17",
  });
  const order = { kind: "work_order", id: "50", name: "project_group1" };
  const request = { kind: "request", id: "4312", name: "project_group1" };
  const wang = { kind: "account", id: "2", name: "wang" };
  const happened: readonly Omit<AuditBody, "at">[] = [
    { actor: actor("wang", 2, "sign-in"), action: "signed-in", object: wang, data: { by: "password" } },
    { actor: actor("admin", 1), action: "definition-changed", object: order, data: { version: 2 } },
    { actor: actor("wang", 2), action: "submitted", object: request, data: { version: 1, summary: "demo1 update" } },
    { actor: actor("li", 3), action: "vote-approve", object: request, data: { level: 1, comment: "谢谢, 可以发布" } },
    {
      actor: { id: null, name: "console", via: "console", address: "" },
      action: "run-started",
      object: request,
      data: { run: 991, place: "center-shanghai" },
    },
    {
      actor: actor("admin", 1),
      action: "account-changed",
      object: wang,
      data: { before: { role: "submitter", groups: [1] }, after: { role: "maintainer", groups: [1, 2] } },
    },
    {
      actor: actor("ci", 4, "token nightly"),
      action: "run-ended",
      object: request,
      data: {
        state: "failed",
        results: [{ task: "main", exitCode: 2, line: "main_docker_deploy -e prod -m update -p demo1" }],
      },
    },
  ];
  const events: AuditEvent[] = [];
  const count = rounds * happened.length;
  for (let place = 0; place < count; place += 1) {
    const what = happened[place % happened.length];
    if (what === undefined) break;
    const body = { at: new Date(now - (count - place) * 600_000).toISOString(), ...what };
    const seq = place + 1;
    events.push({ ...body, seq, hash: chained(events.at(-1)?.hash ?? FIRST, seq, body) });
  }
  return events;
}
