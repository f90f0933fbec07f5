import { ActionIcon, Button, Menu, Modal, Stack, Text, TextInput } from "@mantine/core";
import IconArrowBackUp from "@tabler/icons-react/icons/IconArrowBackUp";
import IconCopy from "@tabler/icons-react/icons/IconCopy";
import IconDots from "@tabler/icons-react/icons/IconDots";
import IconHistory from "@tabler/icons-react/icons/IconHistory";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { type FormEvent, useState } from "react";
import type { Definition } from "../../../contract/administration.ts";
import { useChange } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { Confirm } from "../../components/confirm.tsx";
import { useFieldProblems } from "../../components/field-problems.ts";
import { Link, useGo } from "../../components/link.tsx";
import { showNotice } from "../../components/notices.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { UsedBy } from "../../components/used-by.tsx";

interface EditorMenuProps {
  readonly definition: Definition;
  readonly dirty: boolean;
  readonly onDiscard: () => void;
  readonly onDeleted: () => void;
}

/** What else can be done with a definition: copy, look at versions, delete. */
export function EditorMenu({ definition, dirty, onDiscard, onDeleted }: EditorMenuProps) {
  const { configuration: text, general } = useText();
  const [asked, setAsked] = useState<"copy" | "delete" | null>(null);
  const { kind, id } = definition;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={text.editor.more} title={text.editor.more}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => setAsked("copy")}>
            {general.copy}
          </Menu.Item>
          <Menu.Item component={Link} href={paths.definitionVersions(kind, id)} leftSection={<IconHistory size={16} />}>
            {text.editor.versions}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} disabled={!dirty} onClick={onDiscard}>
            {text.editor.discard}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsked("delete")}>
            {general.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === "copy" && <CopyDialog definition={definition} onClose={() => setAsked(null)} />}
      {asked === "delete" && (
        <DeleteDialog definition={definition} onClose={() => setAsked(null)} onDeleted={onDeleted} />
      )}
    </>
  );
}

function CopyDialog({ definition, onClose }: { readonly definition: Definition; readonly onClose: () => void }) {
  const { configuration, general } = useText();
  const text = configuration.copy;
  const { kind, id, name } = definition;
  const go = useGo();
  const copy = useChange("POST /definitions/:kind/:id/copy", ["GET /definitions/:kind"]);
  const [typed, setTyped] = useState(text.suggestion(name));
  const problems = useFieldProblems(copy.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    copy.mutate(
      { params: { kind, id }, body: { name: typed } },
      {
        onSuccess: (made) => {
          onClose();
          go(paths.definition(kind, made.id));
        },
      },
    );
  };
  const error = problems.at("name");
  return (
    <Modal opened onClose={onClose} title={text.title(name)} closeButtonProps={{ "aria-label": general.close }}>
      <form onSubmit={submit}>
        <Stack>
          {copy.error !== null && error === undefined && <ProblemAlert error={copy.error} />}
          <TextInput
            data-autofocus
            label={text.name}
            required
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={error}
          />
          <Button type="submit" loading={copy.isPending}>
            {text.action}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

interface DeleteDialogProps {
  readonly definition: Definition;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

function DeleteDialog({ definition, onClose, onDeleted }: DeleteDialogProps) {
  const text = useText().configuration.remove;
  const { kind, id, name } = definition;
  const remove = useChange("DELETE /definitions/:kind/:id");
  const refused = remove.error instanceof ApiProblem ? remove.error.problem.usedBy : undefined;
  const usedBy = refused ?? definition.usedBy;
  const inUse = usedBy.length > 0;
  return (
    <Confirm
      opened
      title={text.title(name)}
      action={text.action(name)}
      busy={remove.isPending}
      disabled={inUse}
      error={inUse ? null : remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { kind, id } },
          {
            onSuccess: () => {
              showNotice({ message: text.done(name), tone: "good" });
              onClose();
              onDeleted();
            },
          },
        )
      }
    >
      <Text size="sm">{inUse ? text.inUse : text.text}</Text>
      {inUse && <UsedBy definitions={usedBy} />}
    </Confirm>
  );
}
