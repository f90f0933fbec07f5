import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { returnAddress } from "../domain/return-address.ts";
import { Loading } from "./components/loading.tsx";
import { Notices } from "./components/notices.tsx";
import { needs, needsForKind, signedIn, type RouterContext } from "./entering.ts";
import { NotFound } from "./frame/not-found.tsx";
import { PageFailure } from "./frame/page-failure.tsx";
import { KIND_SLUGS, paths } from "./paths.ts";

/** The search parameters that a page knows; all are texts. */
function texts<N extends string>(...names: readonly N[]) {
  return (search: Readonly<Record<string, unknown>>): { readonly [P in N]?: string } =>
    Object.fromEntries(names.flatMap((name) => (typeof search[name] === "string" ? [[name, search[name]]] : []))) as {
      readonly [P in N]?: string;
    };
}

function Root() {
  return (
    <>
      <Outlet />
      <Notices />
    </>
  );
}

/** Where to go afterwards, and whether somebody was signed in until now. */
const goingBack = texts("return", "ended");

const root = createRootRouteWithContext<RouterContext>()({ component: Root });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: texts("return", "ended", "problem"),
  component: lazyRouteComponent(() => import("./pages/sign-in/sign-in-page.tsx"), "SignInPage"),
});
const changePassword = createRoute({
  getParentRoute: () => root,
  path: "/change-password",
  validateSearch: goingBack,
  beforeLoad: ({ context, location }) => signedIn(context, location.href),
  component: lazyRouteComponent(() => import("./pages/sign-in/change-password-page.tsx"), "ChangePasswordPage"),
});

const setUpAuthenticator = createRoute({
  getParentRoute: () => root,
  path: "/set-up-authenticator",
  validateSearch: goingBack,
  beforeLoad: async ({ context, location, search }) => {
    const { account } = await signedIn(context, location.href);
    if (account.totp) throw redirect({ href: returnAddress(search.return), replace: true });
  },
  component: lazyRouteComponent(() => import("./pages/account/set-up-totp-page.tsx"), "SetUpTotpPage"),
});

/** Everything inside the frame. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "frame",
  beforeLoad: async ({ context, location }) => {
    const { account } = await signedIn(context, location.href);
    if (account.mustChangePassword)
      throw redirect({ to: "/change-password", search: { return: location.href }, replace: true });
    if (account.mustEnrolTotp)
      throw redirect({ to: "/set-up-authenticator", search: { return: location.href }, replace: true });
    return { account };
  },
  component: lazyRouteComponent(() => import("./frame/shell.tsx"), "Shell"),
});
const framed = { getParentRoute: () => shell } as const;

const fleet = { ...framed, beforeLoad: needs("fleet") } as const;
const configurable = { ...framed, beforeLoad: needsForKind } as const;
const administrable = { ...framed, beforeLoad: needs("administer") } as const;
const definition = {
  component: lazyRouteComponent(() => import("./pages/configuration/definition-page.tsx"), "DefinitionPage"),
  validateSearch: texts("version"),
} as const;

const pages = [
  createRoute({
    ...framed,
    path: "/",
    component: lazyRouteComponent(() => import("./pages/now/now-page.tsx"), "NowPage"),
  }),
  createRoute({
    ...framed,
    path: "/orders",
    component: lazyRouteComponent(() => import("./pages/orders/orders-page.tsx"), "OrdersPage"),
  }),
  createRoute({
    ...framed,
    path: "/orders/$id",
    component: lazyRouteComponent(() => import("./pages/order/order-page.tsx"), "OrderPage"),
  }),
  createRoute({
    ...framed,
    path: "/requests/$id",
    component: lazyRouteComponent(() => import("./pages/request/request-page.tsx"), "RequestPage"),
  }),
  createRoute({
    ...framed,
    path: "/requests/$id/edit",
    component: lazyRouteComponent(() => import("./pages/order/edit-request-page.tsx"), "EditRequestPage"),
  }),
  createRoute({
    ...framed,
    path: "/approvals",
    beforeLoad: needs("approve"),
    component: lazyRouteComponent(() => import("./pages/approvals/approvals-page.tsx"), "ApprovalsPage"),
  }),
  createRoute({
    ...framed,
    path: "/away",
    component: lazyRouteComponent(() => import("./pages/approvals/delegations-page.tsx"), "DelegationsPage"),
  }),
  createRoute({
    ...framed,
    path: "/history",
    component: lazyRouteComponent(() => import("./pages/history/history-page.tsx"), "HistoryPage"),
  }),
  createRoute({
    ...framed,
    path: "/dashboard",
    beforeLoad: needs("dashboard"),
    component: lazyRouteComponent(() => import("./pages/dashboard/dashboard-page.tsx"), "DashboardPage"),
  }),
  createRoute({
    ...fleet,
    path: "/fleet",
    validateSearch: texts("environment", "text", "group", "drift", "swap"),
    component: lazyRouteComponent(() => import("./pages/fleet/fleet-page.tsx"), "FleetPage"),
  }),
  createRoute({
    ...fleet,
    path: "/fleet/$environment/hosts/$name",
    component: lazyRouteComponent(() => import("./pages/fleet/host-page.tsx"), "FleetHostPage"),
  }),
  createRoute({
    ...fleet,
    path: "/fleet/$environment/projects/$name",
    validateSearch: texts("host"),
    component: lazyRouteComponent(() => import("./pages/fleet/project-page.tsx"), "FleetProjectPage"),
  }),
  createRoute({
    ...framed,
    path: "/configuration",
    beforeLoad: () => {
      throw redirect({ to: "/configuration/$kind", params: { kind: KIND_SLUGS.work_order }, replace: true });
    },
  }),
  createRoute({
    ...configurable,
    path: "/configuration/file",
    component: lazyRouteComponent(
      () => import("./pages/definition-files/definition-file-page.tsx"),
      "DefinitionFilePage",
    ),
  }),
  createRoute({
    ...configurable,
    path: "/configuration/$kind",
    validateSearch: texts("text", "environment", "category", "templates"),
    component: lazyRouteComponent(() => import("./pages/configuration/definition-list-page.tsx"), "DefinitionListPage"),
  }),
  createRoute({ ...configurable, ...definition, path: "/configuration/$kind/new" }),
  createRoute({ ...configurable, ...definition, path: "/configuration/$kind/$id" }),
  createRoute({
    ...configurable,
    path: "/configuration/$kind/$id/versions",
    component: lazyRouteComponent(
      () => import("./pages/configuration/definition-versions-page.tsx"),
      "DefinitionVersionsPage",
    ),
  }),
  createRoute({
    ...framed,
    path: "/administration",
    beforeLoad: (entering) => {
      needs("administer", "audit")(entering);
      const administers = entering.context.account.permissions.includes("administer");
      throw redirect({ href: administers ? paths.accounts() : paths.audit(), replace: true });
    },
  }),
  createRoute({
    ...administrable,
    path: "/administration/accounts",
    component: lazyRouteComponent(() => import("./pages/administration/accounts-page.tsx"), "AccountsPage"),
  }),
  createRoute({
    ...administrable,
    path: "/administration/accounts/$id",
    component: lazyRouteComponent(() => import("./pages/administration/account-page.tsx"), "AccountPage"),
  }),
  createRoute({
    ...administrable,
    path: "/administration/roles",
    component: lazyRouteComponent(() => import("./pages/administration/roles/roles-page.tsx"), "RolesPage"),
  }),
  createRoute({
    ...administrable,
    path: "/administration/object-rules",
    component: lazyRouteComponent(
      () => import("./pages/administration/object-rules/object-rules-page.tsx"),
      "ObjectRulesPage",
    ),
  }),
  createRoute({
    ...administrable,
    path: "/administration/user-groups",
    component: lazyRouteComponent(() => import("./pages/administration/user-groups-page.tsx"), "UserGroupsPage"),
  }),
  createRoute({
    ...framed,
    path: "/administration/audit",
    beforeLoad: needs("audit"),
    component: lazyRouteComponent(() => import("./pages/audit/audit-page.tsx"), "AuditPage"),
  }),
  createRoute({
    ...administrable,
    path: "/administration/health",
    component: lazyRouteComponent(() => import("./pages/administration/health-page.tsx"), "HealthPage"),
  }),
  createRoute({
    ...framed,
    path: "/account",
    component: lazyRouteComponent(() => import("./pages/account/own-account-page.tsx"), "OwnAccountPage"),
  }),
  createRoute({ ...framed, path: "$", component: NotFound }),
];

const tree = root.addChildren([signIn, changePassword, setUpAuthenticator, shell.addChildren(pages)]);

/** The pages and their addresses. */
export function createPages(context: RouterContext) {
  return createRouter({
    routeTree: tree,
    context,
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(search)) if (value !== undefined) query.set(name, String(value));
      return query.size === 0 ? "" : `?${query.toString()}`;
    },
    scrollRestoration: true,
    defaultPendingMs: 300,
    defaultPendingComponent: Loading,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: PageFailure,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPages>;
  }
}
