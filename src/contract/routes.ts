import { NOTIFICATION_ROUTES } from "./routes/notifications.ts";
import { SESSION_ROUTES } from "./routes/session.ts";
import { SIGN_IN_ROUTES } from "./routes/sign-in.ts";
import { DEFINITION_ROUTES } from "./routes/definitions.ts";
import { ORDER_ROUTES } from "./routes/orders.ts";
import { REQUEST_ROUTES } from "./routes/requests.ts";
import { DEFINITION_FILE_ROUTES } from "./routes/definition-files.ts";
import { FREEZE_ROUTES } from "./routes/freeze.ts";
import { LOG_ROUTES } from "./routes/logs.ts";
import { APPROVAL_ROUTES } from "./routes/approvals.ts";
import { ACCOUNT_ROUTES } from "./routes/accounts.ts";
import { PEOPLE_ROUTES } from "./routes/people.ts";
import { FLEET_ROUTES } from "./routes/fleet.ts";
import { HISTORY_ROUTES } from "./routes/history.ts";
import { AUDIT_ROUTES } from "./routes/audit.ts";
import { STATISTICS_ROUTES } from "./routes/statistics.ts";
import type { Route, RouteName } from "./route.ts";

/** Every operation under `/api/v1`. Server, pages, document and tests are made from this table. */
export const ROUTES = {
  ...SESSION_ROUTES,
  ...SIGN_IN_ROUTES,
  ...DEFINITION_ROUTES,
  ...ORDER_ROUTES,
  ...REQUEST_ROUTES,
  ...DEFINITION_FILE_ROUTES,
  ...FREEZE_ROUTES,
  ...LOG_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...APPROVAL_ROUTES,
  ...ACCOUNT_ROUTES,
  ...PEOPLE_ROUTES,
  ...FLEET_ROUTES,
  ...HISTORY_ROUTES,
  ...AUDIT_ROUTES,
  ...STATISTICS_ROUTES,
} as const satisfies Record<RouteName, Route>;

export type Routes = typeof ROUTES;
