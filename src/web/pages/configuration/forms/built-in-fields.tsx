import { ActionIcon, Button, Input, TextInput } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconX from "@tabler/icons-react/icons/IconX";
import { useState } from "react";
import { useText } from "../../../locales/language.tsx";
import { sameJson } from "../draft.ts";
import classes from "./forms.module.css";

type Values = Readonly<Record<string, string>>;
interface Entry {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

interface BuiltInFieldsProps {
  readonly value: Values;
  readonly onChange: (value: Record<string, string>) => void;
  readonly error: string | undefined;
}

const entriesOf = (values: Values): readonly Entry[] =>
  Object.entries(values).map(([name, value], key) => ({ key, name, value }));
const valuesOf = (entries: readonly Entry[]): Record<string, string> =>
  Object.fromEntries(entries.filter(({ name }) => name !== "").map(({ name, value }) => [name, value]));

/** Names with fixed values, a line each. */
export function BuiltInFields({ value, onChange, error }: BuiltInFieldsProps) {
  const text = useText().workOrders;
  const [typed, setTyped] = useState(() => entriesOf(value));
  // Unfinished lines are kept while somebody types, unless the values were changed from elsewhere.
  const entries = sameJson(valuesOf(typed), value) ? typed : entriesOf(value);
  const change = (next: readonly Entry[]): void => {
    setTyped(next);
    onChange(valuesOf(next));
  };
  const edit = (entry: Entry, part: Partial<Entry>): void =>
    change(entries.map((each) => (each.key === entry.key ? { ...each, ...part } : each)));
  return (
    <Input.Wrapper label={text.builtIn} description={text.builtInHelp} error={error} labelElement="div">
      <ul className={classes.entries}>
        {entries.map((entry) => (
          <li key={entry.key} className={classes.builtIn}>
            <TextInput
              aria-label={text.builtInName}
              placeholder={text.builtInName}
              spellCheck={false}
              value={entry.name}
              onChange={(event) => edit(entry, { name: event.currentTarget.value.trim() })}
            />
            <TextInput
              aria-label={`${text.builtInValue} ${entry.name}`}
              placeholder={text.builtInValue}
              spellCheck={false}
              value={entry.value}
              onChange={(event) => edit(entry, { value: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={text.removeBuiltIn(entry.name)}
              onClick={() => change(entries.filter((each) => each.key !== entry.key))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        size="compact-sm"
        variant="default"
        my={6}
        leftSection={<IconPlus size={14} />}
        onClick={() =>
          change([...entries, { key: Math.max(-1, ...entries.map(({ key }) => key)) + 1, name: "", value: "" }])
        }
      >
        {text.addBuiltIn}
      </Button>
    </Input.Wrapper>
  );
}
