import { z } from "zod";
import { Delegation, DelegationInput, Person, VoteInput } from "../approvals.ts";
import { ApprovalCard, PlanPreview, RequestDetail, RequestEdit } from "../requests.ts";
import type { Route, RouteName } from "../route.ts";
import { Id, number, page, pageOf } from "./inputs.ts";

/** Approving requests, and who decides for whom. */
export const APPROVAL_ROUTES = {
  "GET /approvals": {
    summary: "Requests that wait for my vote, oldest first",
    tag: "approvals",
    access: "approve",
    query: z.object(page),
    answer: pageOf(ApprovalCard),
  },
  "GET /approvals/count": {
    summary: "How many requests wait for my vote",
    tag: "approvals",
    access: "approve",
    answer: z.object({ count: z.number() }),
  },
  "POST /requests/:id/votes": {
    summary: "Approve or reject it",
    tag: "approvals",
    access: "approve",
    params: Id,
    body: VoteInput,
    answer: RequestDetail,
  },
  "PUT /requests/:id": {
    summary: "Change it before it runs, or take over newer definitions; its votes become void",
    tag: "requests",
    access: "submit",
    params: Id,
    body: RequestEdit,
    answer: RequestDetail,
  },
  "POST /requests/:id/plan": {
    summary: "What its Gantry lines would do, and what runs there now",
    tag: "requests",
    access: "account",
    params: Id,
    answer: z.object({ plans: z.array(PlanPreview) }),
  },
  "GET /delegations": {
    summary: "Who decides for me, and for whom I decide; of another account for administrators",
    tag: "approvals",
    access: "account",
    query: z.object({ account: number.positive().optional() }),
    answer: z.object({ items: z.array(Delegation) }),
  },
  "POST /delegations": {
    summary: "Let somebody decide for me while I am away",
    tag: "approvals",
    access: "approve",
    session: true,
    body: DelegationInput,
    answer: Delegation,
    status: 201,
  },
  "DELETE /delegations/:id": {
    summary: "End a delegation of mine; of anybody for administrators",
    tag: "approvals",
    access: "account",
    session: true,
    params: Id,
  },
  "GET /delegations/people": {
    summary: "Who could decide for me",
    tag: "approvals",
    access: "approve",
    query: z.object({ text: z.string().max(100).default("") }),
    answer: z.object({ items: z.array(Person) }),
  },
} as const satisfies Record<RouteName, Route>;
