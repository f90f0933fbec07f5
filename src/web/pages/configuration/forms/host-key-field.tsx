import { Button, Group, Input } from "@mantine/core";
import IconLock from "@tabler/icons-react/icons/IconLock";
import IconLockOpen from "@tabler/icons-react/icons/IconLockOpen";
import { useText } from "../../../locales/language.tsx";
import classes from "./forms.module.css";

interface HostKeyFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

/** Whether a host key is pinned; it gets there by Verify only, which shows its fingerprint. */
export function HostKeyField({ value, onChange, error }: HostKeyFieldProps) {
  const text = useText().configCentres;
  const types = value
    .split("\n")
    .map((line) => line.trim().split(/\s+/u)[0] ?? "")
    .filter((type) => type !== "");
  const pinned = types.length > 0;
  return (
    <Input.Wrapper label={text.hostKey} description={text.hostKeyHelp} error={error} labelElement="div">
      <Group gap="xs" mt={4} mb={6}>
        <span className={classes.kept}>
          {pinned ? <IconLock size={16} aria-hidden /> : <IconLockOpen size={16} aria-hidden />}
          {pinned ? text.pinned(types.join(", ")) : text.notPinned}
        </span>
        {pinned && (
          <Button size="compact-sm" variant="default" onClick={() => onChange("")}>
            {text.unpin}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}
