import { z } from "zod";
import { idOf, name, text } from "./definition-fields.ts";
import { METHOD_PROBLEMS, SIGN_IN_PROBLEMS } from "./sign-in-problems.ts";

/** A way to sign in besides the console's own passwords. */
export const SignInMethod = z.strictObject({
  name,
  kind: z.enum(["oidc", "ldap"]),
  active: z.boolean().default(true),
  /** Whether an account is made for somebody who signs in for the first time, and with which role. */
  createAccounts: z.boolean().default(true),
  role: text(100).default("submitter"),
  /**
   * Groups there that make somebody a member of user groups here, put in and taken out at each sign-in. `external` is a
   * value of the groups claim, or the DN of a group.
   */
  groups: z
    .array(z.strictObject({ external: text(500).min(1), userGroup: idOf }))
    .max(200)
    .default([]),
  /** OpenID Connect: `https://`, or `http://` of this machine. */
  issuer: text(500).default(""),
  clientId: text(500).default(""),
  /** Kept encrypted; empty: a public client. */
  clientSecret: z.string().max(2000).default(""),
  scopes: text(500).default("openid profile email"),
  nameClaim: text(100).default("preferred_username"),
  /** `a.b` leads into an object. */
  groupsClaim: text(100).default("groups"),
  /** LDAP: `ldap://` or `ldaps://`. */
  url: text(500).default(""),
  startTls: z.boolean().default(false),
  /** Certificates in PEM that its own is checked against; empty: those that the system trusts. */
  ca: text(50_000).default(""),
  /**
   * Who searches; empty: nobody, where the directory allows that. With `{name}` in it, whoever signs in binds as this
   * and searches.
   */
  bindDn: text(500).default(""),
  /** Kept encrypted. */
  bindPassword: z.string().max(1000).default(""),
  userBase: text(500).default(""),
  /** `{name}` stands for what was typed, escaped. */
  userFilter: text(500).default("(uid={name})"),
  /** What accounts are known again by: it must never change, nor be given to anybody else. */
  subjectAttribute: text(100).default("entryUUID"),
  nameAttribute: text(100).default("uid"),
  displayNameAttribute: text(100).default("cn"),
  emailAttribute: text(100).default("mail"),
  groupAttribute: text(100).default("memberOf"),
  /** Where groups are searched, for people who have none in that attribute; empty: nowhere. */
  groupBase: text(500).default(""),
  /** `{dn}` and `{name}` stand for the person's, escaped. */
  groupFilter: text(500).default("(member={dn})"),
});
export type SignInMethod = z.infer<typeof SignInMethod>;

/** What a page offers to those who are not signed in. */
export const OfferedMethod = z.object({ id: z.number(), name: z.string(), kind: SignInMethod.shape.kind });
export type OfferedMethod = z.infer<typeof OfferedMethod>;

/** What came of trying a method before it is saved. */
export const MethodReport = z.object({
  /** null: it works as far as it was tried. */
  problem: z.object({ reason: z.enum(METHOD_PROBLEMS), detail: z.string() }).nullable(),
  /** LDAP: passwords would cross the network as they are. */
  unencrypted: z.boolean(),
  /** OpenID Connect: the address to be registered at the provider; null before the method is saved. */
  redirectUri: z.string().nullable(),
  /** OpenID Connect: where people are sent to. */
  authorizationEndpoint: z.string().nullable(),
  /** LDAP: who was looked up, and what would come of it. */
  person: z
    .object({
      dn: z.string(),
      subject: z.string(),
      name: z.string(),
      displayName: z.string(),
      email: z.string(),
      groups: z.array(z.string()),
      /** Ids of the user groups that the mapping leads to. */
      userGroups: z.array(z.number()),
      /** `known`: signs in to the account that there is; `made`: an account is made; else why it is refused. */
      outcome: z.enum(["known", "made", ...SIGN_IN_PROBLEMS]),
    })
    .nullable(),
  milliseconds: z.number(),
});
export type MethodReport = z.infer<typeof MethodReport>;
