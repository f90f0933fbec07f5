import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { REQUEST_STATES } from "../../../contract/states.ts";
import { useAnswer } from "../../api/api.tsx";
import { useEnvironment } from "../../frame/environment.tsx";
import { useText } from "../../locales/language.tsx";
import type { HistoryFilters } from "../../paths.ts";
import { isFiltered, STATE_GROUPS } from "./history-filters.ts";
import classes from "./history.module.css";

interface FilterBarProps {
  readonly filters: HistoryFilters;
  readonly onChange: (filters: HistoryFilters) => void;
}

/** What the history is filtered by. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { history, states } = useText();
  const text = history.filters;
  const { all } = useEnvironment();
  const orders = useAnswer("GET /orders", {}, { staleTime: 60_000 }).data?.items ?? [];
  const set = (change: HistoryFilters): void => onChange({ ...filters, ...change });
  const zone = viewerZone();
  const any = { value: "", label: text.any };
  return (
    <search className={classes.filters} aria-label={text.label}>
      <TypedFilter
        label={text.text}
        hint={text.textHint}
        value={filters.text}
        onChange={(value) => set({ text: value })}
        wide
      />
      <NativeSelect
        label={text.state}
        value={filters.state ?? ""}
        data={[
          any,
          { value: STATE_GROUPS.open.join(","), label: text.groups.open },
          { value: STATE_GROUPS.bad.join(","), label: text.groups.bad },
          ...REQUEST_STATES.map((state) => ({ value: state, label: states[state] })),
        ]}
        onChange={(event) => set({ state: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={text.environment}
        value={filters.environment ?? ""}
        data={[any, ...all.map(({ id, name }) => ({ value: String(id), label: name }))]}
        onChange={(event) => set({ environment: Number(event.currentTarget.value) || undefined })}
      />
      <NativeSelect
        label={text.order}
        value={filters.order ?? ""}
        data={[any, ...orders.map(({ id, name }) => ({ value: String(id), label: name }))]}
        onChange={(event) => set({ order: Number(event.currentTarget.value) || undefined })}
      />
      <TypedFilter label={text.by} hint={text.byHint} value={filters.by} onChange={(value) => set({ by: value })} />
      <TextInput
        type="date"
        label={text.from}
        description={zone}
        value={filters.from ?? ""}
        max={filters.to}
        onChange={(event) => set({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={text.to}
        description={zone}
        value={filters.to ?? ""}
        min={filters.from}
        onChange={(event) => set({ to: event.currentTarget.value || undefined })}
      />
      {isFiltered(filters) && (
        <Button variant="subtle" onClick={() => onChange({})}>
          {text.clear}
        </Button>
      )}
    </search>
  );
}

function viewerZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

interface TypedFilterProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | undefined;
  readonly wide?: boolean;
  readonly onChange: (value: string | undefined) => void;
}

/** A filter that is typed; it is applied when one stops typing. */
function TypedFilter({ label, hint, value, wide = false, onChange }: TypedFilterProps) {
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
      className={wide ? classes.wide : undefined}
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
