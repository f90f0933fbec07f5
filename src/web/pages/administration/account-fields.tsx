import { MultiSelect, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useAnswer } from "../../api/api.tsx";
import { useAccount } from "../../api/session.ts";
import { Row } from "../../components/section.tsx";
import { useText } from "../../locales/language.tsx";
import { PasswordField } from "./password-field.tsx";
import { RoleSelect } from "./role-select.tsx";
import type { AccountDraft } from "./use-account-draft.ts";

/** The fields of an account. */
export function AccountFields({ draft }: { readonly draft: AccountDraft }) {
  const text = useText().administration.accounts;
  const me = useAccount();
  const groups = useAnswer("GET /user-groups", {});
  const { account, data, set, problems } = draft;
  const method = account?.method ?? null;
  return (
    <Stack>
      {account?.id === me.id && <Text c="dimmed">{text.self}</Text>}
      <Row>
        <TextInput
          data-autofocus={account === undefined || undefined}
          label={text.name}
          description={text.nameHelp}
          required
          autoComplete="off"
          spellCheck={false}
          value={data.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={problems.at("name")}
        />
        <TextInput
          label={text.displayName}
          autoComplete="off"
          value={data.displayName ?? ""}
          onChange={(event) => set({ displayName: event.currentTarget.value })}
          error={problems.at("displayName")}
        />
      </Row>
      <TextInput
        label={text.email}
        description={text.emailHelp}
        type="email"
        autoComplete="off"
        spellCheck={false}
        value={data.email ?? ""}
        onChange={(event) => set({ email: event.currentTarget.value })}
        error={problems.at("email")}
      />
      <RoleSelect
        label={text.role}
        required
        value={data.role}
        onChange={(role) => set({ role })}
        error={problems.at("role")}
      />
      <MultiSelect
        label={text.groups}
        searchable
        clearable
        data={(groups.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={(data.groups ?? []).map(String)}
        onChange={(ids) => set({ groups: ids.map(Number) })}
        error={problems.at("groups")}
      />
      {method === null ? (
        <PasswordField
          isNew={account === undefined}
          value={data.password ?? ""}
          onChange={(password) => set({ password })}
          error={problems.at("password")}
        />
      ) : (
        <Text c="dimmed">{text.methodHelp(method)}</Text>
      )}
      <Switch
        label={text.active}
        description={text.activeHelp}
        checked={data.active ?? true}
        onChange={(event) => set({ active: event.currentTarget.checked })}
        error={problems.at("active")}
      />
    </Stack>
  );
}
