import { z } from "zod";
import { idOf, name, text } from "./definition-fields.ts";

/** A way to sign in besides the console's own passwords. */
export const SignInMethod = z.strictObject({
  name,
  kind: z.enum(["oidc", "ldap"]),
  active: z.boolean().default(true),
  /** Whether an account is made for somebody who signs in for the first time, and with which role. */
  createAccounts: z.boolean().default(true),
  role: text(100).default("submitter"),
  /** Groups there that make somebody a member of user groups here, at each sign-in. */
  groups: z
    .array(z.strictObject({ external: text(500).min(1), userGroup: idOf }))
    .max(200)
    .default([]),
  /** OpenID Connect. */
  issuer: text(500).default(""),
  clientId: text(500).default(""),
  /** Kept encrypted. */
  clientSecret: z.string().max(2000).default(""),
  scopes: text(500).default("openid profile email"),
  nameClaim: text(100).default("preferred_username"),
  groupsClaim: text(100).default("groups"),
  /** LDAP: `ldap://` or `ldaps://`. */
  url: text(500).default(""),
  startTls: z.boolean().default(false),
  /** Certificates in PEM that its own is checked against; empty: those that the system trusts. */
  ca: text(50_000).default(""),
  bindDn: text(500).default(""),
  /** Kept encrypted. */
  bindPassword: z.string().max(1000).default(""),
  userBase: text(500).default(""),
  /** `{name}` stands for what was typed, escaped. */
  userFilter: text(500).default("(uid={name})"),
  nameAttribute: text(100).default("uid"),
  displayNameAttribute: text(100).default("cn"),
  emailAttribute: text(100).default("mail"),
  groupAttribute: text(100).default("memberOf"),
});
export type SignInMethod = z.infer<typeof SignInMethod>;
