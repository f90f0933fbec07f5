import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

interface TypedFilterProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | undefined;
  readonly className?: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A filter that is typed; it is applied when one stops typing. */
export function TypedFilter({ label, hint, value, className, onChange }: TypedFilterProps) {
  const [typed, setTyped] = useState(value ?? "");
  const [applied, setApplied] = useState(value);
  if (applied !== value) {
    setApplied(value);
    setTyped(value ?? "");
  }
  const apply = useDebouncedCallback((text: string) => {
    const next = text.trim() === "" ? undefined : text.trim();
    setApplied(next);
    onChange(next);
  }, 350);
  return (
    <TextInput
      className={className}
      label={label}
      title={hint}
      maxLength={100}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        apply(event.currentTarget.value);
      }}
    />
  );
}
