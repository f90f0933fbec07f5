import { Button, Group, Modal, Stack } from "@mantine/core";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";
import { AccountFields } from "./account-fields.tsx";
import { useAccountDraft } from "./use-account-draft.ts";

/** Makes an account. */
export function AccountDialog({ onClose }: { readonly onClose: () => void }) {
  const { administration, general } = useText();
  const draft = useAccountDraft(undefined, onClose);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={administration.accounts.create}
      closeButtonProps={{ "aria-label": general.close }}
    >
      <form onSubmit={draft.submit} noValidate>
        <Stack>
          {draft.error !== null && <ProblemAlert error={draft.error} />}
          <AccountFields draft={draft} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {general.cancel}
            </Button>
            <Button type="submit" loading={draft.saving}>
              {general.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
