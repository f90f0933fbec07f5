import { Textarea, type TextareaProps } from "@mantine/core";
import { useState } from "react";
import classes from "./components.module.css";

interface LinesInputProps extends Omit<TextareaProps, "value" | "onChange" | "defaultValue"> {
  readonly value: readonly string[];
  readonly onChange: (values: string[]) => void;
}

/** The values that a text has, one a line; empty lines are none. */
function linesOf(text: string): string[] {
  return text.split(/\r?\n/u).filter((line) => line !== "");
}

/** An input for several values, one a line. */
export function LinesInput({ value, onChange, ...rest }: LinesInputProps) {
  const [typed, setTyped] = useState(() => value.join("\n"));
  // Empty lines are kept while somebody types, unless the values were changed from elsewhere.
  const shown = linesOf(typed).join("\n") === value.join("\n") ? typed : value.join("\n");
  return (
    <Textarea
      {...rest}
      classNames={{ input: classes.code ?? "" }}
      autosize
      spellCheck={false}
      value={shown}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(linesOf(event.currentTarget.value));
      }}
    />
  );
}
