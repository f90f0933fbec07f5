import type { MethodReport, OfferedMethod, SignInMethod } from "../../../src/contract/sign-in-method.ts";

/** What the sign-in page of a company might offer. */
export const OFFERED: readonly OfferedMethod[] = [
  { id: 80, name: "Company SSO", kind: "oidc" },
  { id: 81, name: "Directory", kind: "ldap" },
];

const method: Omit<SignInMethod, "name" | "kind"> = {
  active: true,
  createAccounts: true,
  role: "submitter",
  groups: [],
  issuer: "",
  clientId: "",
  clientSecret: "",
  scopes: "openid profile email",
  nameClaim: "preferred_username",
  groupsClaim: "groups",
  url: "",
  startTls: false,
  ca: "",
  bindDn: "",
  bindPassword: "",
  userBase: "",
  userFilter: "(uid={name})",
  subjectAttribute: "entryUUID",
  nameAttribute: "uid",
  displayNameAttribute: "cn",
  emailAttribute: "mail",
  groupAttribute: "memberOf",
  groupBase: "",
  groupFilter: "(member={dn})",
};

export const COMPANY: SignInMethod = {
  ...method,
  name: "Company SSO",
  kind: "oidc",
  issuer: "https://sso.example.org/realms/main",
  clientId: "gantry",
  clientSecret: "••••••••",
  groups: [{ external: "ops", userGroup: 1 }],
};
export const DIRECTORY: SignInMethod = {
  ...method,
  name: "Directory",
  kind: "ldap",
  url: "ldaps://ldap.example.org",
  bindDn: "cn=console,dc=example,dc=org",
  bindPassword: "••••••••",
  userBase: "ou=people,dc=example,dc=org",
  groups: [{ external: "cn=operators,ou=groups,dc=example,dc=org", userGroup: 1 }],
};

/** Whom Verify finds, whatever name it is given. */
const FOUND: MethodReport["person"] = {
  dn: "uid=wang,ou=people,dc=example,dc=org",
  subject: "0b5c8a4e-2f6e-103f-9b0a-5d3b1f3c7e21",
  name: "wang",
  displayName: "王芳",
  email: "wang@example.org",
  groups: ["cn=operators,ou=groups,dc=example,dc=org", "cn=everybody,ou=groups,dc=example,dc=org"],
  userGroups: [1],
  outcome: "name-taken",
};

/** What the console would answer about ways to sign in; undefined: it is another call. */
export function signInAnswer(call: string, body: unknown): unknown {
  if (call === "GET /session/methods") return { items: [] };
  if (call !== "POST /sign-in-methods/verify") return undefined;
  const { data, id, name } = body as { data: SignInMethod; id: number | null; name: string };
  const oidc = data.kind === "oidc";
  return {
    problem: null,
    unencrypted: data.url.startsWith("ldap:") && !data.startTls,
    redirectUri: oidc && id !== null ? `https://gantry.example.org/auth/oidc/${id}/callback` : null,
    authorizationEndpoint: oidc ? `${data.issuer}/protocol/openid-connect/auth` : null,
    person: name === "" ? null : FOUND,
    milliseconds: 48,
  } satisfies MethodReport;
}
