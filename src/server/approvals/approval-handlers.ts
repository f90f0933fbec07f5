import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import { notAllowed, notFound } from "../api/problem-error.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import { plansOf } from "../orders/order-plans.ts";
import { editRequest } from "../requests/edit-request.ts";
import type { SubmitParts } from "../requests/prepare-request.ts";
import { requestDetail } from "../requests/request-detail.ts";
import { delegate, delegationsOf, endDelegation, possibleDelegates } from "./delegations.ts";
import { countInbox, inbox } from "./inbox.ts";
import { castVote } from "./votes.ts";

type Names =
  | "GET /approvals"
  | "GET /approvals/count"
  | "POST /requests/:id/votes"
  | "PUT /requests/:id"
  | "POST /requests/:id/plan"
  | "GET /delegations"
  | "POST /delegations"
  | "DELETE /delegations/:id"
  | "GET /delegations/people";

export function approvalHandlers(parts: SubmitParts): Handlers<Names> {
  const { db } = parts.store;
  return {
    "GET /approvals": async ({ query, caller }) => inbox(db, caller, query),

    "GET /approvals/count": async ({ caller }) => ({ count: await countInbox(db, caller) }),

    "POST /requests/:id/votes": async ({ params, body, caller }) => {
      await castVote({ db, queue: parts.queue }, caller, params.id, body);
      return requestDetail(db, caller, params.id);
    },

    "PUT /requests/:id": async ({ params, body, caller, request }) => {
      await editRequest(parts, caller, params.id, body, languageOf(request));
      return requestDetail(db, caller, params.id);
    },

    "POST /requests/:id/plan": async ({ params, caller, request }) => {
      const row = await db
        .selectFrom("request")
        .select(["lines", "config_centre"])
        .where("id", "=", params.id)
        .where(maySeeRequest(caller))
        .executeTakeFirst();
      if (row === undefined) throw notFound("request");
      return { plans: await plansOf(parts.places, row.config_centre, row.lines, languageOf(request)) };
    },

    "GET /delegations": async ({ query, caller }) => {
      const account = query.account ?? caller.id;
      if (account !== caller.id && !caller.everywhere.includes("administer")) throw notAllowed(["administer"]);
      return { items: await delegationsOf(db, account) };
    },

    "POST /delegations": async ({ body, caller }) => delegate(db, caller, body),

    "DELETE /delegations/:id": async ({ params, caller }) => {
      await endDelegation(db, caller, params.id);
      return undefined;
    },

    "GET /delegations/people": async ({ query, caller }) => ({
      items: await possibleDelegates(db, caller, query.text),
    }),
  };
}
