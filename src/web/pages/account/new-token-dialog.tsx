import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { NewToken } from "../../../contract/people.ts";
import { PERMISSIONS } from "../../../contract/states.ts";
import { useChange } from "../../api/api.tsx";
import { useAccount } from "../../api/session.ts";
import { useFieldProblems } from "../../components/field-problems.ts";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { ShownOnce } from "../../components/shown-once.tsx";
import { WholeNumber } from "../../components/whole-number.tsx";
import { useText } from "../../locales/language.tsx";

/** Makes an API token and shows it, once. */
export function NewTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const { account, general } = useText();
  const text = account.tokens;
  const [made, setMade] = useState<NewToken | null>(null);
  return (
    <Modal
      opened
      size="lg"
      title={made === null ? text.create : text.made(made.name)}
      // What is shown once is not lost by a click beside it.
      closeOnClickOutside={made === null}
      closeOnEscape={made === null}
      onClose={onClose}
      closeButtonProps={{ "aria-label": general.close }}
    >
      {made === null ? (
        <TokenForm onMade={setMade} onClose={onClose} />
      ) : (
        <Stack>
          <ShownOnce what={text.token} value={made.token}>
            {text.madeHelp}
          </ShownOnce>
          <Group justify="flex-end">
            <Button onClick={onClose}>{account.once.done}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

interface TokenFormProps {
  readonly onMade: (token: NewToken) => void;
  readonly onClose: () => void;
}

const FIELDS = ["name", "permissions", "days"] as const;

function TokenForm({ onMade, onClose }: TokenFormProps) {
  const { account, general, roles } = useText();
  const text = account.tokens;
  const own = useAccount().permissions;
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState(90);
  const [noneChosen, setNoneChosen] = useState(false);
  const create = useChange("POST /tokens", ["GET /tokens"]);
  const problems = useFieldProblems(create.error);
  const atField = FIELDS.some((field) => problems.at(field) !== undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const permissions = PERMISSIONS.filter((permission) => chosen.includes(permission));
    setNoneChosen(permissions.length === 0);
    if (permissions.length > 0) create.mutate({ body: { name, permissions, days } }, { onSuccess: onMade });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {create.error !== null && !atField && <ProblemAlert error={create.error} />}
        <TextInput
          data-autofocus
          label={text.name}
          description={text.nameHelp}
          required
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problems.at("name")}
        />
        <Checkbox.Group
          label={text.permissions}
          description={text.permissionsHelp}
          required
          value={[...chosen]}
          onChange={setChosen}
          error={noneChosen && chosen.length === 0 ? text.atLeastOne : problems.at("permissions")}
        >
          <Stack gap="xs" my={6}>
            {PERMISSIONS.filter((permission) => own.includes(permission)).map((permission) => (
              <Checkbox
                key={permission}
                value={permission}
                label={roles.permissions[permission].name}
                description={roles.permissions[permission].help}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        {own.length === 0 && <Text c="dimmed">{text.noPermissions}</Text>}
        <WholeNumber
          label={text.days}
          description={text.daysHelp}
          required
          min={1}
          max={366}
          maw={200}
          value={days}
          onChange={(next) => setDays(next ?? 1)}
          error={problems.at("days")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {general.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {text.make}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
