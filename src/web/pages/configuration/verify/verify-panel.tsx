import { Button, Group, Stack, Text } from "@mantine/core";
import IconPlayerPlay from "@tabler/icons-react/icons/IconPlayerPlay";
import type { ReactNode } from "react";
import { useText } from "../../../locales/language.tsx";
import { Panel } from "../panel.tsx";

interface VerifyPanelProps {
  readonly busy: boolean;
  /** There is a result already. */
  readonly tried: boolean;
  /** The form has changed since then. */
  readonly old: boolean;
  readonly onVerify: () => void;
  /** What it needs to be told. */
  readonly inputs?: ReactNode;
  readonly children: ReactNode;
}

/** Tries what the form holds, before it is saved. */
export function VerifyPanel({ busy, tried, old, onVerify, inputs, children }: VerifyPanelProps) {
  const text = useText().configuration.verify;
  return (
    <Panel title={text.title}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {text.hint}
        </Text>
        {inputs}
        <Group gap="sm">
          <Button variant="default" loading={busy} leftSection={<IconPlayerPlay size={16} />} onClick={onVerify}>
            {tried ? text.again : text.action}
          </Button>
          {tried && old && !busy && (
            <Text size="xs" c="dimmed">
              {text.old}
            </Text>
          )}
        </Group>
        <div aria-live="polite">{children}</div>
      </Stack>
    </Panel>
  );
}
