import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../locales/language.tsx";
import { ProblemAlert } from "./problem-alert.tsx";

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  /** What state it leaves behind. */
  readonly children: ReactNode;
  /** Names the thing: "Stop request 4312", never "OK". */
  readonly action: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly error?: Error | null;
  readonly colour?: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done that is hard to take back. */
export function Confirm({ colour = "red", ...props }: ConfirmProps) {
  const text = useText();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": text.general.close }}
    >
      <Stack>
        <div>{props.children}</div>
        {props.error !== undefined && props.error !== null && <ProblemAlert error={props.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {text.general.cancel}
          </Button>
          <Button
            color={colour}
            loading={props.busy === true}
            disabled={props.disabled === true}
            onClick={props.onConfirm}
          >
            {props.action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
