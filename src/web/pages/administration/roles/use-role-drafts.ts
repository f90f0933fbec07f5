import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { Role } from "../../../../contract/people.ts";
import { PERMISSIONS, type Permission } from "../../../../contract/states.ts";
import { invalidate, useApi } from "../../../api/api.tsx";
import { showNotice } from "../../../components/notices.tsx";
import { useText } from "../../../locales/language.tsx";

/** What has been ticked of a role, over the version that was looked at. */
type Draft = Pick<Role, "version" | "permissions" | "requireTotp">;

/** The table of roles as it is being changed. */
export interface RoleDrafts {
  /** The roles with what has been ticked. */
  readonly roles: readonly Role[];
  /** Names of those that are not saved. */
  readonly changed: readonly string[];
  readonly toggle: (role: Role, permission: Permission) => void;
  readonly requireTotp: (role: Role, required: boolean) => void;
  readonly save: () => void;
  readonly saving: boolean;
  /** Why a role was not saved. */
  readonly refused: { readonly name: string; readonly error: Error } | null;
  /** Forgets what has been ticked, and asks for what is there. */
  readonly discard: () => void;
}

class Refused extends Error {
  readonly role: string;
  override readonly cause: Error;

  constructor(role: string, cause: Error) {
    super(cause.message);
    this.role = role;
    this.cause = cause;
  }
}

/** Keeps what is ticked until it is saved, role by role; what is refused stays ticked. */
export function useRoleDrafts(kept: readonly Role[]): RoleDrafts {
  const text = useText().roles.page;
  const { call } = useApi();
  const client = useQueryClient();
  const router = useRouter();
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  const roles = kept.map((role) => ({ ...role, ...drafts.get(role.name) }));
  const changed = kept.filter(({ name }) => drafts.has(name)).map(({ name }) => name);

  const put = (name: string, draft: Draft | undefined): void =>
    setDrafts((old) => {
      const next = new Map(old);
      if (draft === undefined) next.delete(name);
      else next.set(name, draft);
      return next;
    });
  const change = (role: Role, part: Partial<Draft>): void => {
    const { version, permissions, requireTotp } = { ...role, ...part };
    const before = kept.find(({ name }) => name === role.name);
    const same =
      before !== undefined &&
      before.version === version &&
      before.requireTotp === requireTotp &&
      before.permissions.length === permissions.length &&
      permissions.every((permission) => before.permissions.includes(permission));
    put(role.name, same ? undefined : { version, permissions, requireTotp });
  };

  const saving = useMutation({
    mutationFn: async () => {
      for (const { name, description, permissions, requireTotp, version } of roles) {
        if (!drafts.has(name)) continue;
        const body = { name, description, permissions, requireTotp, version };
        await call("PUT /roles/:name", { params: { name }, body }).catch((error: unknown) => {
          throw new Refused(name, error instanceof Error ? error : new Error(String(error)));
        });
        put(name, undefined);
      }
      return changed.length;
    },
    onSuccess: (count) => showNotice({ message: text.saved(count), tone: "good" }),
    // One's own role may be among them: what one may see is looked at anew.
    onSettled: async () => {
      await invalidate(client, ["GET /roles", "GET /session"]);
      await router.invalidate();
    },
  });
  const { error } = saving;

  return {
    roles,
    changed,
    toggle: (role, permission) =>
      change(role, {
        permissions: PERMISSIONS.filter((each) => role.permissions.includes(each) !== (each === permission)),
      }),
    requireTotp: (role, required) => change(role, { requireTotp: required }),
    save: () => saving.mutate(),
    saving: saving.isPending,
    refused: error instanceof Refused ? { name: error.role, error: error.cause } : null,
    discard: () => {
      setDrafts(new Map());
      saving.reset();
      void invalidate(client, ["GET /roles"]);
    },
  };
}
