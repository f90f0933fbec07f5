import { Button, Group, Input } from "@mantine/core";
import IconLock from "@tabler/icons-react/icons/IconLock";
import { type ReactNode, useState } from "react";
import { useText } from "../../../locales/language.tsx";
import { KEPT } from "../empty-definitions.ts";
import classes from "./forms.module.css";

interface SecretFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The input for a new one. */
  readonly children: ReactNode;
}

/** A secret that is kept cannot be seen: it is left as it is, replaced, or removed. */
export function SecretField({ label, value, onChange, children }: SecretFieldProps) {
  const text = useText().configCentres;
  const [wasKept] = useState(value === KEPT);
  const [removed, setRemoved] = useState(false);
  const change = (next: string, remove: boolean): void => {
    setRemoved(remove);
    onChange(next);
  };
  if (value === KEPT || removed) {
    return (
      <Input.Wrapper label={label} labelElement="div">
        <Group gap="xs">
          <span className={classes.kept}>
            <IconLock size={16} aria-hidden />
            {removed ? text.remove : text.keptLong}
          </span>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => change("", false)}
            aria-label={`${text.replace}: ${label}`}
          >
            {text.replace}
          </Button>
          {removed ? (
            <Undo label={label} onClick={() => change(KEPT, false)} />
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => change("", true)}
              aria-label={`${text.remove}: ${label}`}
            >
              {text.remove}
            </Button>
          )}
        </Group>
      </Input.Wrapper>
    );
  }
  return (
    <div>
      {children}
      {wasKept && <Undo label={label} onClick={() => change(KEPT, false)} />}
    </div>
  );
}

function Undo({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  const text = useText().configCentres;
  return (
    <Button size="compact-sm" variant="subtle" mt={4} onClick={onClick} aria-label={`${text.undo}: ${label}`}>
      {text.undo}
    </Button>
  );
}
