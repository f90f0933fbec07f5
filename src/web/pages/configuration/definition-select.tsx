import { Select, type SelectProps } from "@mantine/core";
import type { DefinitionKind } from "../../../contract/definitions.ts";
import { useAnswer } from "../../api/api.tsx";
import { useText } from "../../locales/language.tsx";

interface DefinitionSelectProps extends Omit<SelectProps, "value" | "onChange" | "data"> {
  readonly kind: DefinitionKind;
  /** Null or 0: none. */
  readonly value: number | null;
  readonly onChange: (id: number | null) => void;
}

/** Chooses one definition of a kind. */
export function DefinitionSelect({ kind, value, onChange, ...rest }: DefinitionSelectProps) {
  const text = useText().configuration;
  const { data } = useAnswer("GET /definitions/:kind", { params: { kind } });
  const chosen = value === null || value === 0 ? null : String(value);
  const items = (data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  const missing = data !== undefined && chosen !== null && !items.some((item) => item.value === chosen);
  return (
    <Select
      searchable
      nothingFoundMessage={text.list.nothingFits}
      comboboxProps={{ withinPortal: true }}
      {...rest}
      data={missing ? [...items, { value: chosen, label: `${chosen} (${text.editor.gone})` }] : items}
      value={chosen}
      onChange={(next) => onChange(next === null ? null : Number(next))}
    />
  );
}
