import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import IconKey from "@tabler/icons-react/icons/IconKey";
import { useState } from "react";
import { CopyText } from "../../components/copy-text.tsx";
import { useText } from "../../locales/language.tsx";
import { oneTimePassword } from "./one-time-password.ts";

interface PasswordFieldProps {
  readonly isNew: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

/** A one-time password; shown while it is given, since its owner has to be told. */
export function PasswordField({ isNew, value, onChange, error }: PasswordFieldProps) {
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
