import type { ImportReport } from "../../../src/contract/definition-files.ts";
import type { NotificationDelivery, NotificationWish } from "../../../src/contract/notifications.ts";

const WISH: NotificationWish & { readonly email: string; readonly possible: boolean } = {
  own: ["failed"],
  asked: true,
  email: "admin@example.org",
  possible: true,
};

const DELIVERIES: readonly NotificationDelivery[] = [
  {
    id: 2,
    request: 4312,
    event: "failed",
    channel: { id: 60, name: "Releases" },
    account: null,
    state: "queued",
    attempts: 3,
    problem: "refused: HTTP 503: come back later",
    createdAt: new Date(Date.now() - 60_000).toISOString(),
    sentAt: null,
  },
];

/** What an import of this file would change. */
const IMPORT: ImportReport = {
  applied: false,
  items: [
    { kind: "environment", name: "prod", environment: null, outcome: "unchanged", changes: [] },
    { kind: "category", name: "DataFix", environment: null, outcome: "created", changes: [] },
    {
      kind: "work_order",
      name: "project_group1",
      environment: "prod",
      outcome: "changed",
      changes: [{ path: "mainTask", before: '"echo old"', after: '"echo new"' }],
    },
  ],
  problems: [],
};

/** What the console says of notifications and definition files. */
export function notificationAnswer(call: string): unknown {
  switch (call) {
    case "GET /session/notifications":
      return WISH;
    case "PUT /session/notifications":
      return {};
    case "GET /notification-channels":
      return { items: [{ id: 60, name: "Releases", kind: "dingtalk", active: true }] };
    case "GET /notification-deliveries":
      return { items: DELIVERIES, next: null };
    case "POST /notification-channels/test":
      return { ok: false, problem: "refused: HTTP 418: short and stout", milliseconds: 12 };
    case "POST /definition-file":
      return IMPORT;
    default:
      return undefined;
  }
}
