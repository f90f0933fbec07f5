import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { UserGroup } from "../../../contract/accounts.ts";
import { useChange } from "../../api/api.tsx";
import { useFieldProblems } from "../../components/field-problems.ts";
import { showNotice } from "../../components/notices.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";

interface UserGroupDialogProps {
  /** Undefined: a new one. */
  readonly group: UserGroup | undefined;
  readonly onClose: () => void;
}

/** Makes or changes a user group. */
export function UserGroupDialog({ group, onClose }: UserGroupDialogProps) {
  const { administration, general } = useText();
  const text = administration.groups;
  const [body, setBody] = useState({ name: group?.name ?? "", description: group?.description ?? "" });
  const create = useChange("POST /user-groups", ["GET /user-groups"]);
  const change = useChange("PUT /user-groups/:id", ["GET /user-groups"]);
  const error = create.error ?? change.error;
  const problems = useFieldProblems(error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const onSuccess = ({ name }: UserGroup): void => {
      showNotice({ message: text.saved(name), tone: "good" });
      onClose();
    };
    if (group === undefined) create.mutate({ body }, { onSuccess });
    else change.mutate({ params: { id: group.id }, body }, { onSuccess });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={group === undefined ? text.create : text.edit(group.name)}
      closeButtonProps={{ "aria-label": general.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {error !== null && problems.besides([]).length === 0 && <ProblemAlert error={error} />}
          <TextInput
            data-autofocus
            label={text.name}
            required
            value={body.name}
            onChange={(event) => setBody({ ...body, name: event.currentTarget.value })}
            error={problems.at("name")}
          />
          <Textarea
            label={text.description}
            autosize
            value={body.description}
            onChange={(event) => setBody({ ...body, description: event.currentTarget.value })}
            error={problems.at("description")}
          />
          <Text c="dimmed">{text.membersHelp}</Text>
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
