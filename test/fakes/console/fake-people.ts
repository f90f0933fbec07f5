import type { SignedInPlace } from "../../../src/contract/accounts.ts";
import type { ObjectRuleItem, Role, Token } from "../../../src/contract/people.ts";
import { BUILT_IN_ROLES, type BuiltInRole } from "../../../src/contract/states.ts";

/** Roles, object rules, tokens and sessions, as far as tests of pages need them. */
export interface FakePeople {
  roles: Role[];
  rules: ObjectRuleItem[];
  /** Everybody's. */
  tokens: Token[];
  sessions: SignedInPlace[];
}

/** A moment so many minutes ago. */
export const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";
const PHONE =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";

export function fakePeople(): FakePeople {
  return {
    roles: [
      ...(Object.keys(BUILT_IN_ROLES) as BuiltInRole[]).map((name) => ({
        name,
        version: 1,
        description: "",
        permissions: [...BUILT_IN_ROLES[name]],
        requireTotp: false,
        builtIn: true,
        accounts: { administrator: 1, maintainer: 0, submitter: 1, auditor: 0 }[name],
      })),
      {
        name: "release manager",
        version: 3,
        description: "Releases in every environment.",
        permissions: ["submit", "approve", "see", "break-glass"],
        requireTotp: true,
        builtIn: false,
        accounts: 1,
      },
    ],
    rules: [
      {
        id: 1,
        userGroup: { id: 1, name: "operators" },
        permission: "submit",
        environment: { id: 2, name: "stage" },
        category: { id: 10, name: "DeployDocker" },
      },
      {
        id: 2,
        userGroup: { id: 1, name: "operators" },
        permission: "see",
        environment: { id: 2, name: "stage" },
        category: null,
      },
      {
        id: 3,
        userGroup: { id: 2, name: "dba" },
        permission: "configure",
        environment: null,
        category: { id: 11, name: "DataFix" },
      },
    ],
    tokens: [
      {
        id: 1,
        name: "nightly export",
        prefix: "gantry_a1b2",
        permissions: ["see", "audit"],
        createdAt: at(60 * 24 * 40),
        expiresAt: at(-60 * 24 * 50),
        usedAt: at(60 * 7),
        usedFrom: "10.0.3.7",
        revokedAt: null,
      },
      {
        id: 2,
        name: "old pipeline",
        prefix: "gantry_z9y8",
        permissions: ["submit"],
        createdAt: at(60 * 24 * 200),
        expiresAt: at(60 * 24 * 110),
        usedAt: null,
        usedFrom: null,
        revokedAt: null,
      },
    ],
    sessions: [
      {
        id: 11,
        createdAt: at(95),
        seenAt: at(0),
        expiresAt: at(-60 * 10),
        address: "10.0.3.20",
        agent: FIREFOX,
        current: true,
      },
      {
        id: 12,
        createdAt: at(60 * 5),
        seenAt: at(130),
        expiresAt: at(-60 * 7),
        address: "10.0.9.4",
        agent: PHONE,
        current: false,
      },
    ],
  };
}
