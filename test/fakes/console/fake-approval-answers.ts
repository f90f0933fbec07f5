import type { Delegation, VoteInput } from "../../../src/contract/approvals.ts";
import type { RequestDetail } from "../../../src/contract/requests.ts";
import { asked, cardOf, castVote, ORDER_FORM, PEOPLE, PLAN, PREVIEW } from "./fake-approvals.ts";
import type { FakeAnswer } from "./fake-answers.ts";
import type { FakeWorld } from "./fake-world.ts";

const ok = (body: unknown, status = 200): FakeAnswer => ({ status, body });
const refused = (status: number, type: string): FakeAnswer => ({ status, body: { type, title: type, status } });

/** What the console would answer about approvals, delegations and the form of an order; undefined: something else. */
export function approvalAnswer(
  world: FakeWorld,
  call: string,
  query: URLSearchParams,
  body: unknown,
): FakeAnswer | undefined {
  const { approvals } = world;
  const waiting = approvals.requests.filter(asked);
  const cards = waiting.map((request) => cardOf(request, approvals.before.get(request.id)));
  switch (call) {
    case "GET /approvals":
      return ok({ items: cards, next: null });
    case "GET /approvals/count":
      return ok({ count: cards.length });
    case "GET /delegations":
      return ok({ items: approvals.delegations });
    case "GET /delegations/people": {
      const text = query.get("text") ?? "";
      return ok({ items: PEOPLE.filter(({ name, displayName }) => `${name} ${displayName}`.includes(text)) });
    }
    case "POST /delegations":
      return delegate(world, body as { delegate: string; from: string; until: string; reason: string });
    case "GET /orders/50":
      return ok(ORDER_FORM);
    case "GET /orders/50/draft":
      return ok(null);
    case "PUT /orders/50/draft":
    case "DELETE /orders/50/draft":
      return { status: 204, body: undefined };
    case "POST /orders/50/preview":
      return ok({ ...PREVIEW, freeze: approvals.freeze });
    case "POST /orders/50/plan":
      return ok({ plans: [PLAN] });
    case "POST /requests":
      return ok(approvals.requests[0], 201);
    case "POST /freeze-windows/verify":
      return ok({
        times: [2, 9, 16].map((days) => ({
          from: new Date(Date.now() + days * 86_400_000).toISOString(),
          until: new Date(Date.now() + (days + 2) * 86_400_000).toISOString(),
        })),
      });
    default:
      break;
  }
  if (call.startsWith("DELETE /delegations/")) {
    approvals.delegations = approvals.delegations.filter(({ id }) => call !== `DELETE /delegations/${id}`);
    return { status: 204, body: undefined };
  }
  const [, method, id, part = ""] = /^(\w+) \/requests\/(\d+)(?:\/(\w+))?$/u.exec(call) ?? [];
  const request = approvals.requests.find((each) => each.id === Number(id));
  return request === undefined ? undefined : requestAnswer(request, `${method} ${part}`, body);
}

function requestAnswer(request: RequestDetail, call: string, body: unknown): FakeAnswer | undefined {
  switch (call) {
    case "GET ":
      return ok(request);
    case "GET values":
      return ok({
        order: request.order.id,
        values: Object.fromEntries(
          request.values.filter(({ secret }) => !secret).map(({ name, values }) => [name, values]),
        ),
        note: request.note,
      });
    case "POST plan":
      return ok({ plans: [PLAN] });
    case "POST votes": {
      const { decision, hash, version, reason, onBehalfOf } = body as VoteInput;
      if (hash !== request.hash || version !== request.version) return refused(409, "changed");
      const principal = PEOPLE.find((person) => person.id === onBehalfOf)?.name ?? null;
      const at = new Date().toISOString();
      castVote(request, { level: 1, by: "admin", displayName: "", onBehalfOf: principal, decision, reason, at });
      return ok(request);
    }
    case "POST actions":
      Object.assign(request, { state: "running", allowed: [] });
      return ok(request, 202);
    case "PUT ": {
      const { version } = body as { version: number };
      if (version !== request.version)
        return { status: 409, body: { type: "changed", title: "", status: 409, currentVersion: request.version } };
      request.version += 1;
      return ok(request);
    }
    default:
      return undefined;
  }
}

function delegate(
  { approvals }: FakeWorld,
  { delegate: name, ...rest }: { delegate: string; from: string; until: string; reason: string },
): FakeAnswer {
  const person = PEOPLE.find((each) => each.name === name);
  if (person === undefined) return refused(400, "invalid");
  const account = { id: 1, name: "admin", displayName: "" };
  const made: Delegation = { id: 9, account, delegate: person, ...rest, inForce: true };
  approvals.delegations.push(made);
  return ok(made, 201);
}
