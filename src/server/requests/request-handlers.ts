import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import { notFound } from "../api/problem-error.ts";
import { actOnRequest } from "./request-actions.ts";
import { requestDetail } from "./request-detail.ts";
import { listRequests } from "./request-list.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import type { SubmitParts } from "./prepare-request.ts";
import { requestsNow } from "./requests-now.ts";
import { submitRequest } from "./submit.ts";

type Names =
  | "POST /requests"
  | "GET /requests"
  | "GET /now"
  | "GET /requests/:id"
  | "GET /requests/:id/values"
  | "POST /requests/:id/actions";

export function requestHandlers(parts: SubmitParts): Handlers<Names> {
  const { db } = parts.store;
  return {
    "POST /requests": async ({ body, caller, request }) =>
      requestDetail(db, caller, await submitRequest(parts, caller, body, languageOf(request))),

    "GET /requests": async ({ query, caller }) => listRequests(db, caller, query),

    "GET /now": async ({ caller }) => requestsNow(db, caller),

    "GET /requests/:id": async ({ params, caller }) => requestDetail(db, caller, params.id),

    "GET /requests/:id/values": async ({ params, caller }) => {
      const row = await db
        .selectFrom("request")
        .select(["work_order", "form_values", "note"])
        .where("id", "=", params.id)
        .where(maySeeRequest(caller))
        .executeTakeFirst();
      if (row === undefined) throw notFound("request");
      return { order: row.work_order, values: row.form_values, note: row.note };
    },

    "POST /requests/:id/actions": async ({ params, body, caller }) => {
      await actOnRequest({ db, queue: parts.queue }, caller, params.id, body);
      return requestDetail(db, caller, params.id);
    },
  };
}
