import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Account, AccountInput } from "../../../contract/accounts.ts";
import { invalidate, useChange } from "../../api/api.tsx";
import { type FieldProblems, useFieldProblems } from "../../components/field-problems.ts";
import { showNotice } from "../../components/notices.tsx";
import { useText } from "../../locales/language.tsx";

const NEW: AccountInput = {
  name: "",
  displayName: "",
  email: "",
  role: "submitter",
  active: true,
  groups: [],
  password: "",
};
const FIELDS = Object.keys(NEW);

/** An account as it is being typed. */
export interface AccountDraft {
  readonly account: Account | undefined;
  readonly data: AccountInput;
  readonly set: (part: Partial<AccountInput>) => void;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly problems: FieldProblems;
  /** What is no problem of a field. */
  readonly error: Error | null;
  readonly submit: (event: FormEvent) => void;
}

/** Makes an account (undefined), or changes the version of it that was looked at. */
export function useAccountDraft(account: Account | undefined, onSaved: (saved: Account) => void): AccountDraft {
  const text = useText().administration.accounts;
  const client = useQueryClient();
  const begin = account === undefined ? NEW : inputOf(account);
  const [data, setData] = useState(begin);
  const create = useChange("POST /accounts", ["GET /accounts", "GET /user-groups"]);
  const change = useChange("PUT /accounts/:id", ["GET /accounts", "GET /user-groups"]);
  const error = create.error ?? change.error;
  const problems = useFieldProblems(error);
  const atField = FIELDS.some((field) => problems.at(field) !== undefined);
  return {
    account,
    data,
    set: (part) => setData((old) => ({ ...old, ...part })),
    dirty: JSON.stringify(data) !== JSON.stringify(begin),
    saving: create.isPending || change.isPending,
    problems,
    error: atField ? null : error,
    submit: (event) => {
      event.preventDefault();
      const onSuccess = (saved: Account): void => {
        showNotice({ message: text.saved(saved.name), tone: "good" });
        onSaved(saved);
      };
      if (account === undefined) create.mutate({ body: data }, { onSuccess });
      else
        change.mutate(
          { params: { id: account.id }, body: { ...data, version: account.version } },
          // Where somebody else was quicker, what is there now can be loaded.
          { onSuccess, onError: () => void invalidate(client, ["GET /accounts"]) },
        );
    },
  };
}

function inputOf({ name, displayName, email, role, active, groups }: Account): AccountInput {
  return { name, displayName, email, role, active, groups, password: "" };
}
