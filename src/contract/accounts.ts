import { z } from "zod";
import { PERMISSIONS } from "./states.ts";

/** Name of a role. */
const role = z.string().trim().min(1).max(100);

export const SignIn = z.strictObject({
  name: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(1000),
});

/** Who is signed in, and what may be done. */
export const Session = z.object({
  account: z.object({
    id: z.number(),
    name: z.string(),
    displayName: z.string(),
    role,
    permissions: z.array(z.enum(PERMISSIONS)),
    /** The one-time password has to be replaced before anything else. */
    mustChangePassword: z.boolean(),
  }),
  /** To be sent as `x-csrf-token` with every change. */
  csrfToken: z.string(),
  expiresAt: z.string(),
});
export type Session = z.infer<typeof Session>;

export const ChangePassword = z.strictObject({
  current: z.string().min(1).max(1000),
  next: z.string().min(10).max(1000),
});

export const AccountInput = z.strictObject({
  name: z
    .string()
    .trim()
    .max(100)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.@-]*$/u, "name-form"),
  displayName: z.string().trim().max(100).default(""),
  role,
  active: z.boolean().default(true),
  groups: z.array(z.number().int().positive()).max(100).default([]),
  /** Empty on a change: as it is. */
  password: z.string().max(1000).default(""),
});
export type AccountInput = z.infer<typeof AccountInput>;

export const Account = z.object({
  id: z.number(),
  name: z.string(),
  displayName: z.string(),
  role,
  active: z.boolean(),
  groups: z.array(z.number()),
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
