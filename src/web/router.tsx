import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import type { Permission } from "../contract/states.ts";
import type { Api } from "./api/api.tsx";
import { ApiProblem } from "./api/problem.ts";
import { sessionQuery } from "./api/session.ts";
import { Loading } from "./components/loading.tsx";
import { NotFound } from "./frame/not-found.tsx";
import { Forbidden, PageFailure } from "./frame/page-failure.tsx";
import { paths } from "./paths.ts";

interface RouterContext {
  readonly api: Api;
  readonly client: QueryClient;
}

/** Who is signed in; whoever is not is led to sign in, and comes back afterwards. */
async function signedIn({ api, client }: RouterContext, here: string) {
  try {
    return await client.ensureQueryData(sessionQuery(api.call));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) {
      throw redirect({ to: "/sign-in", search: { return: here === paths.now() ? undefined : here }, replace: true });
    }
    throw error;
  }
}

interface Back {
  /** Where to go afterwards. */
  readonly return?: string | undefined;
  readonly ended?: string | undefined;
}
function back(search: Readonly<Record<string, unknown>>): Back {
  const text = (name: string): string | undefined => (typeof search[name] === "string" ? search[name] : undefined);
  return { return: text("return"), ended: text("ended") };
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: back,
  component: lazyRouteComponent(() => import("./pages/sign-in/sign-in-page.tsx"), "SignInPage"),
});
const changePassword = createRoute({
  getParentRoute: () => root,
  path: "/change-password",
  validateSearch: back,
  beforeLoad: ({ context, location }) => signedIn(context, location.href),
  component: lazyRouteComponent(() => import("./pages/sign-in/change-password-page.tsx"), "ChangePasswordPage"),
});

/** Everything inside the frame. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "frame",
  beforeLoad: async ({ context, location }) => {
    const { account } = await signedIn(context, location.href);
    if (account.mustChangePassword)
      throw redirect({ to: "/change-password", search: { return: location.href }, replace: true });
    return { account };
  },
  component: lazyRouteComponent(() => import("./frame/shell.tsx"), "Shell"),
});
const framed = { getParentRoute: () => shell } as const;

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
    path: "/history",
    component: lazyRouteComponent(() => import("./pages/history/history-page.tsx"), "HistoryPage"),
  }),
  createRoute({ ...framed, path: "$", component: NotFound }),
];

/** Lets only accounts with the permission in. */
function needs(permission: Permission) {
  return ({ context }: { context: { account: { permissions: readonly Permission[] } } }): void => {
    if (!context.account.permissions.includes(permission)) throw new Forbidden();
  };
}

const tree = root.addChildren([signIn, changePassword, shell.addChildren(pages)]);

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
export { needs };
