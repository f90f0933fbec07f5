import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useText } from "../locales/language.tsx";

/** Asks before a page is left on which something has been changed and not saved. */
export function UnsavedChanges({ when }: { readonly when: boolean }) {
  const text = useText();
  const blocker = useBlocker({ shouldBlockFn: () => when, enableBeforeUnload: () => when, withResolver: true });
  const blocked = blocker.status === "blocked";
  return (
    <Modal
      opened={blocked}
      onClose={() => blocker.reset?.()}
      title={text.general.unsaved.title}
      closeButtonProps={{ "aria-label": text.general.close }}
    >
      <Stack>
        <Text size="sm">{text.general.unsaved.text}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
            {text.general.unsaved.stay}
          </Button>
          <Button color="red" onClick={() => blocker.proceed?.()}>
            {text.general.unsaved.leave}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
