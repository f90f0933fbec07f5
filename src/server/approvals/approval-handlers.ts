import type { Handlers } from "../api/handlers.ts";
import { notFound } from "../api/problem-error.ts";

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

export function approvalHandlers(): Handlers<Names> {
  const request = () => Promise.reject(notFound("request"));
  return {
    "GET /approvals": async () => ({ items: [], next: null }),
    "GET /approvals/count": async () => ({ count: 0 }),
    "POST /requests/:id/votes": request,
    "PUT /requests/:id": request,
    "POST /requests/:id/plan": request,
    "GET /delegations": async () => ({ items: [] }),
    "POST /delegations": request,
    "DELETE /delegations/:id": request,
    "GET /delegations/people": async () => ({ items: [] }),
  };
}
