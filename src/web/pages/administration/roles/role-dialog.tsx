import { Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Role } from "../../../../contract/people.ts";
import { useChange } from "../../../api/api.tsx";
import { ApiProblem } from "../../../api/problem.ts";
import { useFieldProblems } from "../../../components/field-problems.ts";
import { showNotice } from "../../../components/notices.tsx";
import { ProblemAlert } from "../../../components/problem-alert.tsx";
import { roleName } from "../../../components/role-name.ts";
import { UsedBy } from "../../../components/used-by.tsx";
import { useText } from "../../../locales/language.tsx";
import { RoleDelete } from "./role-delete.tsx";

interface RoleDialogProps {
  /** Undefined: a new one. */
  readonly role: Role | undefined;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
}

const FIELDS = ["name", "description"] as const;

/** Makes, names, describes or deletes a role; what it allows is ticked in the table. */
export function RoleDialog({ role, roles, onClose }: RoleDialogProps) {
  const catalogue = useText();
  const { general, roles: words } = catalogue;
  const [name, setName] = useState(role?.name ?? "");
  const [description, setDescription] = useState(role?.description ?? "");
  const [like, setLike] = useState("");
  const [deleting, setDeleting] = useState(false);
  const create = useChange("POST /roles", ["GET /roles"]);
  const change = useChange("PUT /roles/:name", ["GET /roles", "GET /accounts", "GET /session"]);
  const error = create.error ?? change.error;
  const problems = useFieldProblems(error);
  const atField = FIELDS.some((field) => problems.at(field) !== undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const onSuccess = (saved: Role): void => {
      showNotice({ message: words.dialog.saved(roleName(saved.name, catalogue)), tone: "good" });
      onClose();
    };
    if (role === undefined) {
      const permissions = [...(roles.find((each) => each.name === like)?.permissions ?? [])];
      create.mutate({ body: { name, description, permissions } }, { onSuccess });
    } else {
      const { permissions, requireTotp, version } = role;
      const body = { name, description, permissions: [...permissions], requireTotp, version };
      change.mutate({ params: { name: role.name }, body }, { onSuccess });
    }
  };
  if (deleting && role !== undefined) return <RoleDelete role={role} onClose={onClose} />;
  return (
    <Modal
      opened
      onClose={onClose}
      title={role === undefined ? words.page.create : words.page.edit(roleName(role.name, catalogue))}
      closeButtonProps={{ "aria-label": general.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {error !== null && !atField && <ProblemAlert error={error} />}
          {error instanceof ApiProblem && error.problem.usedBy !== undefined && (
            <UsedBy definitions={error.problem.usedBy} />
          )}
          {role?.builtIn === true ? (
            <Text c="dimmed">{words.dialog.builtInName}</Text>
          ) : (
            <TextInput
              data-autofocus
              label={words.dialog.name}
              description={words.dialog.nameHelp}
              required
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={problems.at("name")}
            />
          )}
          <Textarea
            label={words.dialog.description}
            description={words.dialog.descriptionHelp}
            autosize
            minRows={2}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            error={problems.at("description")}
          />
          {role === undefined && (
            <Select
              label={words.dialog.beginWith}
              description={words.dialog.beginHelp}
              allowDeselect={false}
              data={[
                { value: "", label: words.dialog.nothing },
                ...roles.map((each) => ({ value: each.name, label: roleName(each.name, catalogue) })),
              ]}
              value={like}
              onChange={(next) => setLike(next ?? "")}
            />
          )}
          <Group justify="flex-end">
            {role?.builtIn === false && (
              <Button variant="subtle" color="red" mr="auto" onClick={() => setDeleting(true)}>
                {general.delete}
              </Button>
            )}
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
