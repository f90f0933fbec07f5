import { z } from "zod";
import { AuditCheck, AuditEvent, AuditMark } from "../audit.ts";
import type { Route, RouteName } from "../route.ts";
import { page, pageOf } from "./inputs.ts";

/** Who has done what, in a chain that shows where something was taken out or changed. */
export const AUDIT_ROUTES = {
  "GET /audit": {
    summary: "Events of the audit, newest first",
    tag: "audit",
    access: "audit",
    query: z.object({
      /** One or several names, separated by commas. */
      actor: z.string().max(1000).optional(),
      /** One or several actions, separated by commas. */
      action: z.string().max(2000).optional(),
      /** Kind of the object, such as `request` or `work_order`, and its id. */
      kind: z.string().max(100).optional(),
      id: z.string().max(100).optional(),
      /** Part of a name or of what else is kept about an event; any letter case. */
      text: z.string().max(200).optional(),
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
      ...page,
    }),
    answer: pageOf(AuditEvent),
  },
  "POST /audit/check": {
    summary: "Recompute the whole chain, and say where it is broken first",
    tag: "audit",
    access: "audit",
    body: z.strictObject({
      /** Number and hash that somebody has written down: it must still be there, as it was. */
      expected: AuditMark.nullable().default(null),
    }),
    answer: AuditCheck,
  },
  "GET /audit/export": {
    summary: "All events, oldest first, one JSON object a line, for anybody to check",
    tag: "audit",
    access: "audit",
    answer: "bytes",
  },
} as const satisfies Record<RouteName, Route>;
