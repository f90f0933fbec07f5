import { Alert, Button, Group, Modal, MultiSelect, Radio, Stack, Switch, Text, TextInput } from "@mantine/core";
import IconKey from "@tabler/icons-react/icons/IconKey";
import { type FormEvent, useState } from "react";
import type { Account, AccountInput } from "../../../contract/accounts.ts";
import { BUILT_IN_ROLES, type BuiltInRole } from "../../../contract/states.ts";
import { useAnswer, useChange } from "../../api/api.tsx";
import { useAccount } from "../../api/session.ts";
import { CopyText } from "../../components/copy-text.tsx";
import { useFieldProblems } from "../../components/field-problems.ts";
import { showNotice } from "../../components/notices.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";
import { oneTimePassword } from "./one-time-password.ts";

interface AccountDialogProps {
  /** Undefined: a new one. */
  readonly account: Account | undefined;
  readonly onClose: () => void;
}

const NEW: AccountInput = { name: "", displayName: "", role: "submitter", active: true, groups: [], password: "" };
const FIELDS = ["name", "displayName", "role", "active", "groups", "password"] as const;

/** Makes or changes an account. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const { administration, general, roles } = useText();
  const text = administration.accounts;
  const me = useAccount();
  const [data, setData] = useState<AccountInput>(account === undefined ? NEW : inputOf(account));
  const create = useChange("POST /accounts", ["GET /accounts", "GET /user-groups"]);
  const change = useChange("PUT /accounts/:id", ["GET /accounts", "GET /user-groups"]);
  const error = create.error ?? change.error;
  const problems = useFieldProblems(error);
  const elsewhere = error !== null && !FIELDS.some((field) => problems.at(field) !== undefined);
  const set = (part: Partial<AccountInput>): void => setData((old) => ({ ...old, ...part }));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const onSuccess = ({ name }: Account): void => {
      showNotice({ message: text.saved(name), tone: "good" });
      onClose();
    };
    if (account === undefined) create.mutate({ body: data }, { onSuccess });
    else change.mutate({ params: { id: account.id }, body: data }, { onSuccess });
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={account === undefined ? text.create : text.edit(account.name)}
      closeButtonProps={{ "aria-label": general.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {account?.id === me.id && <Text c="dimmed">{text.self}</Text>}
          {elsewhere && <ProblemAlert error={error} />}
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
            value={data.displayName}
            onChange={(event) => set({ displayName: event.currentTarget.value })}
            error={problems.at("displayName")}
          />
          <Radio.Group
            label={text.role}
            value={data.role}
            onChange={(role) => set({ role })}
            error={problems.at("role")}
          >
            <Stack gap="xs" mt={4}>
              {(Object.keys(BUILT_IN_ROLES) as BuiltInRole[]).map((role) => (
                <Radio
                  key={role}
                  value={role}
                  label={roles.builtIn[role].name}
                  description={roles.builtIn[role].help}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Groups value={data.groups} onChange={(groups) => set({ groups })} error={problems.at("groups")} />
          <Password
            isNew={account === undefined}
            value={data.password}
            onChange={(password) => set({ password })}
            error={problems.at("password")}
          />
          <Switch
            label={text.active}
            description={text.activeHelp}
            checked={data.active}
            onChange={(event) => set({ active: event.currentTarget.checked })}
            error={problems.at("active")}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {general.cancel}
            </Button>
            <Button type="submit" loading={create.isPending || change.isPending}>
              {general.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function inputOf({ name, displayName, role, active, groups }: Account): AccountInput {
  return { name, displayName, role, active, groups, password: "" };
}

interface FieldProps<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly error: string | undefined;
}

function Groups({ value, onChange, error }: FieldProps<number[]>) {
  const text = useText().administration.accounts;
  const groups = useAnswer("GET /user-groups", {});
  return (
    <MultiSelect
      label={text.groups}
      searchable
      clearable
      data={(groups.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value.map(String)}
      onChange={(ids) => onChange(ids.map(Number))}
      error={error}
    />
  );
}

/** A one-time password; shown while it is given, since its owner has to be told. */
function Password({ isNew, value, onChange, error }: FieldProps<string> & { readonly isNew: boolean }) {
  const text = useText().administration.accounts;
  const [generated, setGenerated] = useState(false);
  return (
    <Stack gap="xs">
      <TextInput
        label={text.password}
        description={isNew ? text.passwordHelp : text.passwordKept}
        required={isNew}
        autoComplete="new-password"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          setGenerated(false);
          onChange(event.currentTarget.value);
        }}
        error={error}
        rightSectionWidth={130}
        rightSection={
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              setGenerated(true);
              onChange(oneTimePassword());
            }}
          >
            {text.generate}
          </Button>
        }
      />
      {generated && (
        <Alert icon={<IconKey />}>
          <Group gap={4}>
            {text.generated} <CopyText value={value} what={text.password} />
          </Group>
        </Alert>
      )}
    </Stack>
  );
}
