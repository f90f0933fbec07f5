import type { DefinitionKind } from "../contract/definitions.ts";

/** How a kind of definition stands in a URL. */
export const KIND_SLUGS = {
  environment: "environments",
  category: "categories",
  config_centre: "config-centres",
  variable: "variables",
  variable_group: "variable-groups",
  work_order: "work-orders",
  approval_flow: "approval-flows",
  freeze_window: "freeze-windows",
  notification_channel: "notification-channels",
  sign_in_method: "sign-in-methods",
} as const satisfies Record<DefinitionKind, string>;

/** The kind of definition that a word in a URL names. */
export function kindOfSlug(slug: string): DefinitionKind | undefined {
  return (Object.keys(KIND_SLUGS) as DefinitionKind[]).find((kind) => KIND_SLUGS[kind] === slug);
}

/** `?name=value` of those that have a value. */
function search(values: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== "") query.set(name, `${value}`);
  return query.size === 0 ? "" : `?${query.toString()}`;
}

/** Filters of the history, as they stand in its URL. */
export interface HistoryFilters {
  readonly state?: string | undefined;
  readonly environment?: number | undefined;
  /** 0: those without one. */
  readonly category?: number | undefined;
  readonly order?: number | undefined;
  readonly by?: string | undefined;
  readonly text?: string | undefined;
  /** `NAME:text`: the values of the variable have this text in them. */
  readonly value?: string | undefined;
  /** A day of the viewer, or a moment as ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What the dashboard tells about, as it stands in its URL; the environment is that of the frame. */
export interface DashboardFilters {
  readonly range?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly category?: number | undefined;
  readonly order?: number | undefined;
  readonly by?: string | undefined;
}

/** What of a fleet is shown, as it stands in its URL. */
export interface FleetFilters {
  readonly environment?: string | undefined;
  /** In names of hosts and projects, versions and tags. */
  readonly text?: string | undefined;
  /** A group of the inventory. */
  readonly group?: string | undefined;
  /** `1`: only what drifts. */
  readonly drift?: string | undefined;
  /** `1`: rows and columns change places. */
  readonly swap?: string | undefined;
}

/** Filters of the audit, as they stand in its URL. */
export interface AuditFilters {
  readonly actor?: string | undefined;
  /** An action, or the name of an area of them. */
  readonly action?: string | undefined;
  readonly kind?: string | undefined;
  readonly id?: string | undefined;
  readonly text?: string | undefined;
  /** A day of the viewer, or a moment as ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Every URL of the console. */
export const paths = {
  now: () => "/",
  orders: () => "/orders",
  /** `from`: the request whose values the form begins with; `values`: values instead of those, as JSON. */
  order: (id: number, options: { readonly from?: number | undefined; readonly values?: string | undefined } = {}) =>
    `/orders/${id}${search({ ...options })}`,
  request: (id: number) => `/requests/${id}`,
  editRequest: (id: number) => `/requests/${id}/edit`,
  approvals: () => "/approvals",
  /** Who decides for whom while somebody is away. */
  delegations: () => "/away",
  /** `after`: where the page of the list before ended. */
  history: (filters: HistoryFilters = {}, after?: string) => `/history${search({ ...filters, after })}`,
  dashboard: (filters: DashboardFilters = {}) => `/dashboard${search({ ...filters })}`,
  fleet: (filters: FleetFilters = {}) => `/fleet${search({ ...filters })}`,
  fleetHost: (environment: number, host: string) => `/fleet/${environment}/hosts/${encodeURIComponent(host)}`,
  /** `host`: the one that one comes from. */
  fleetProject: (environment: number, project: string, host?: string) =>
    `/fleet/${environment}/projects/${encodeURIComponent(project)}${search({ host })}`,
  configuration: () => "/configuration",
  definitionFile: () => "/configuration/file",
  definitions: (kind: DefinitionKind) => `/configuration/${KIND_SLUGS[kind]}`,
  newDefinition: (kind: DefinitionKind) => `/configuration/${KIND_SLUGS[kind]}/new`,
  /** `version`: whose content is to be edited again. */
  definition: (kind: DefinitionKind, id: number, version?: number) =>
    `/configuration/${KIND_SLUGS[kind]}/${id}${search({ version })}`,
  definitionVersions: (kind: DefinitionKind, id: number) => `/configuration/${KIND_SLUGS[kind]}/${id}/versions`,
  administration: () => "/administration",
  accounts: () => "/administration/accounts",
  account: (id: number) => `/administration/accounts/${id}`,
  userGroups: () => "/administration/user-groups",
  roles: () => "/administration/roles",
  objectRules: () => "/administration/object-rules",
  /** `after`: where the page of the list before ended. */
  audit: (filters: AuditFilters = {}, after?: string) => `/administration/audit${search({ ...filters, after })}`,
  health: () => "/administration/health",
  /** The own page of whoever is signed in. */
  ownAccount: () => "/account",
  /** The API's own page; no page of these. */
  apiDocument: () => "/api/docs",
  setUpAuthenticator: (back?: string) => `/set-up-authenticator${search({ return: back === "/" ? undefined : back })}`,
  changePassword: (back?: string) => `/change-password${search({ return: back === "/" ? undefined : back })}`,
  /** `back`: where to go afterwards; `ended`: somebody was signed in until now. */
  signIn: (back?: string, ended = false) =>
    `/sign-in${search({ return: back === "/" ? undefined : back, ended: ended ? 1 : undefined })}`,
  /** Leads to a provider of OpenID Connect; no page, but an address of the server. */
  oidc: (method: number, back: string) => `/auth/oidc/${method}${search({ return: back === "/" ? undefined : back })}`,
} as const;
