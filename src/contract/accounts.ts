import { z } from "zod";
import { PERMISSIONS } from "./states.ts";

/** Name of a role. */
const role = z.string().trim().min(1).max(100);
const password = z.string().min(1).max(1000);

export const SignIn = z.strictObject({
  name: z.string().trim().min(1).max(100),
  password,
  /** The six digits that the authenticator shows, or a recovery code; asked for with 401 `code-needed`. */
  code: z.string().trim().max(40).optional(),
  /** Id of the LDAP sign-in method that the password is for; absent: it is kept here. */
  method: z.number().int().positive().optional(),
});

/** Who is signed in, and what may be done. */
export const Session = z.object({
  account: z.object({
    id: z.number(),
    name: z.string(),
    displayName: z.string(),
    email: z.string(),
    role,
    permissions: z.array(z.enum(PERMISSIONS)),
    /** The one-time password has to be replaced before anything else. */
    mustChangePassword: z.boolean(),
    /** The role wants an authenticator's code at sign-in: it has to be set up before anything else. */
    mustEnrolTotp: z.boolean(),
    /** Whether an authenticator's code is asked for at sign-in. */
    totp: z.boolean(),
    /** Name of the sign-in method; null: by a password of the console's own. */
    method: z.string().nullable(),
  }),
  /** To be sent as `x-csrf-token` with every change. */
  csrfToken: z.string(),
  expiresAt: z.string(),
});
export type Session = z.infer<typeof Session>;

export const ChangePassword = z.strictObject({ current: password, next: z.string().min(10).max(1000) });

/** What an authenticator is set up with; shown until it is confirmed with a code. */
export const TotpEnrolment = z.object({
  /** Base32, to be typed where the picture cannot be scanned. */
  secret: z.string(),
  /** `otpauth://totp/...` */
  uri: z.string(),
  /** The URI as a QR code: an SVG `viewBox="0 0 size size"` with this path, a light border included. */
  qr: z.object({ size: z.number(), path: z.string() }),
});
export type TotpEnrolment = z.infer<typeof TotpEnrolment>;

export const TotpCode = z.strictObject({ code: z.string().trim().min(1).max(40) });
export const TotpConfirmed = z.object({
  /** Each signs in once without the authenticator; shown now and never again. */
  recoveryCodes: z.array(z.string()),
  /** The session goes on under another token; all others of the account have ended. */
  session: Session,
});
export type TotpConfirmed = z.infer<typeof TotpConfirmed>;

/** The own password; who signs in by another method gives a code instead. */
export const TotpRemoval = z.strictObject({
  password: z.string().max(1000).default(""),
  code: z.string().trim().max(40).default(""),
});

/** One place where an account is signed in. */
export const SignedInPlace = z.object({
  id: z.number(),
  createdAt: z.string(),
  seenAt: z.string(),
  expiresAt: z.string(),
  address: z.string(),
  /** What the browser calls itself. */
  agent: z.string(),
  /** The session that asks. */
  current: z.boolean(),
});
export type SignedInPlace = z.infer<typeof SignedInPlace>;

export const AccountInput = z.strictObject({
  name: z
    .string()
    .trim()
    .max(100)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.@-]*$/u, "name-form"),
  displayName: z.string().trim().max(100).default(""),
  email: z
    .string()
    .trim()
    .max(254)
    .regex(/^$|^[^\s@<>,;"]+@[^\s@<>,;"]+$/, "Give an address such as wang@example.org.")
    .default(""),
  role,
  active: z.boolean().default(true),
  groups: z.array(z.number().int().positive()).max(100).default([]),
  /** Empty on a change: as it is. */
  password: z.string().max(1000).default(""),
});
export type AccountInput = z.infer<typeof AccountInput>;

/** `version`: the one that was looked at; where given and another one is there, the change is refused with 409. */
export const AccountChange = AccountInput.extend({ version: z.number().int().positive().optional() });

export const Account = z.object({
  id: z.number(),
  version: z.number(),
  name: z.string(),
  displayName: z.string(),
  email: z.string(),
  role,
  active: z.boolean(),
  groups: z.array(z.number()),
  /** Whether an authenticator's code is asked for at sign-in. */
  totp: z.boolean(),
  /** Name of the sign-in method; null: by a password of the console's own. */
  method: z.string().nullable(),
  lastSignIn: z.string().nullable(),
});
export type Account = z.infer<typeof Account>;

export const UserGroupInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  description: z.string().trim().max(2000).default(""),
});
export const UserGroup = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string(),
  members: z.number(),
});
export type UserGroup = z.infer<typeof UserGroup>;
