import type { Catalogue } from "../catalogue.ts";
import { account } from "./account.ts";
import { administration } from "./administration.ts";
import { audit } from "./audit.ts";
import { board } from "./board.ts";
import { configCentres } from "./config-centres.ts";
import { configuration } from "./configuration.ts";
import { dashboard } from "./dashboard.ts";
import { environments } from "./environments.ts";
import { fleet } from "./fleet.ts";
import { frame } from "./frame.ts";
import { general } from "./general.ts";
import { health } from "./health.ts";
import { history } from "./history.ts";
import { logs } from "./logs.ts";
import { now } from "./now.ts";
import { order } from "./order.ts";
import { orders } from "./orders.ts";
import { problems } from "./problems.ts";
import { request } from "./request.ts";
import { signIn } from "./sign-in.ts";
import { states } from "./states.ts";
import { variableGroups } from "./variable-groups.ts";
import { variables } from "./variables.ts";
import { workOrders } from "./work-orders.ts";
import { approvals } from "./approvals.ts";
import { approvalFlows } from "./approval-flows.ts";
import { definitionFiles } from "./definition-files.ts";
import { freezeWindows } from "./freeze-windows.ts";
import { notificationChannels } from "./notification-channels.ts";
import { roles } from "./roles.ts";
import { signInMethods } from "./sign-in-methods.ts";

export const catalogue: Catalogue = {
  approvals,
  approvalFlows,
  definitionFiles,
  freezeWindows,
  notificationChannels,
  roles,
  signInMethods,
  account,
  administration,
  audit,
  board,
  configCentres,
  configuration,
  dashboard,
  environments,
  fleet,
  frame,
  general,
  health,
  history,
  logs,
  now,
  order,
  orders,
  problems,
  request,
  signIn,
  states,
  variableGroups,
  variables,
  workOrders,
};
