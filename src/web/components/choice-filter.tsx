import { NativeSelect } from "@mantine/core";

interface ChoiceFilterProps {
  readonly label: string;
  /** What stands for no filter. */
  readonly any: string;
  readonly value: string | number | undefined;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    /** The heading that it stands under. */
    readonly group?: string;
  }[];
  /** What an address asks for that is no choice is called this. */
  readonly otherwise?: (value: string) => string;
  readonly onChange: (value: string | undefined) => void;
}

/** A filter that is chosen. A value that is no choice, as an address may have it, is shown all the same. */
export function ChoiceFilter({ label, any, value, choices, otherwise = String, onChange }: ChoiceFilterProps) {
  const chosen = value === undefined ? "" : String(value);
  const known = chosen === "" || choices.some((choice) => choice.value === chosen);
  const groups = new Set(choices.flatMap(({ group }) => (group === undefined ? [] : [group])));
  const items = (group?: string) =>
    choices.filter((choice) => choice.group === group).map((choice) => ({ value: choice.value, label: choice.label }));
  return (
    <NativeSelect
      label={label}
      value={chosen}
      data={[
        { value: "", label: any },
        ...(known ? [] : [{ value: chosen, label: otherwise(chosen) }]),
        ...items(),
        ...[...groups].map((group) => ({ group, items: items(group) })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}

/** An id that was chosen. */
export function chosenId(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
