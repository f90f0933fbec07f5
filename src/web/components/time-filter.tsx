import { TextInput } from "@mantine/core";
import { inputTime, isDay, typedTime } from "./filter-times.ts";

interface TimeFilterProps {
  readonly label: string;
  /** A day, or a moment as ISO 8601. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** The beginning or end of what a list shows: a day, or a moment where the address names one. The zone is named. */
export function TimeFilter({ label, value, onChange }: TimeFilterProps) {
  return (
    <TextInput
      type={value === undefined || isDay(value) ? "date" : "datetime-local"}
      step={value === undefined || isDay(value) ? undefined : 1}
      label={label}
      description={new Intl.DateTimeFormat().resolvedOptions().timeZone}
      value={value === undefined ? "" : inputTime(value)}
      onChange={(event) => onChange(typedTime(event.currentTarget.value))}
    />
  );
}
