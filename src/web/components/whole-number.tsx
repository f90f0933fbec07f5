import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useState } from "react";

interface WholeNumberProps extends Omit<
  NumberInputProps,
  "value" | "onChange" | "defaultValue" | "allowDecimal" | "onBlur"
> {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  /** May be left empty, which is null; else it gets back what it had. */
  readonly nullable?: boolean;
}

/** An input for a whole number. */
export function WholeNumber({ value, onChange, nullable = false, ...rest }: WholeNumberProps) {
  const [emptied, setEmptied] = useState(false);
  return (
    <NumberInput
      {...rest}
      allowDecimal={false}
      clampBehavior="blur"
      value={emptied || value === null ? "" : value}
      onChange={(next) => {
        const number = typeof next === "number" ? next : Number.parseInt(next, 10);
        const empty = Number.isNaN(number);
        setEmptied(empty && !nullable);
        if (!empty) onChange(number);
        else if (nullable) onChange(null);
      }}
      onBlur={() => setEmptied(false)}
    />
  );
}
