import { Button, NativeSelect } from "@mantine/core";
import { ChoiceFilter, chosenId } from "../../components/choice-filter.tsx";
import { TimeFilter } from "../../components/time-filter.tsx";
import { TypedFilter } from "../../components/typed-filter.tsx";
import { useFilterChoices } from "../../components/use-filter-choices.ts";
import { useText } from "../../locales/language.tsx";
import { type KnownFilters, RANGES, type Range, type Stretch } from "./dashboard-filters.ts";
import classes from "./dashboard.module.css";

interface DashboardFilterBarProps {
  readonly filters: KnownFilters;
  /** The period that is shown, which one's own begins with. */
  readonly period: Stretch;
  readonly onChange: (filters: KnownFilters) => void;
}

/** What the dashboard tells about. */
export function DashboardFilterBar({ filters, period, onChange }: DashboardFilterBarProps) {
  const text = useText().dashboard.filters;
  const { categories, orders } = useFilterChoices();
  const set = (change: Partial<KnownFilters>): void => onChange({ ...filters, ...change });
  const narrowed = [filters.category, filters.order, filters.by].some((value) => value !== undefined);
  return (
    <search className={classes.filters} aria-label={text.label}>
      <NativeSelect
        label={text.range}
        value={filters.range}
        data={RANGES.map((range) => ({ value: range, label: text.ranges[range] }))}
        onChange={(event) => {
          const range = event.currentTarget.value as Range;
          set(range === "own" ? { range, ...period } : { range, from: undefined, to: undefined });
        }}
      />
      {filters.range === "own" && (
        <>
          <TimeFilter label={text.from} value={filters.from} onChange={(from) => set({ from })} />
          <TimeFilter label={text.to} value={filters.to} onChange={(to) => set({ to })} />
        </>
      )}
      <ChoiceFilter
        label={text.category}
        any={text.any}
        value={filters.category}
        choices={[...categories, { value: "0", label: text.noCategory }]}
        onChange={(category) => set({ category: chosenId(category) })}
      />
      <ChoiceFilter
        label={text.order}
        any={text.any}
        value={filters.order}
        choices={orders}
        onChange={(order) => set({ order: chosenId(order) })}
      />
      <TypedFilter label={text.by} hint={text.byHint} value={filters.by} onChange={(by) => set({ by })} />
      {narrowed && (
        <Button
          variant="subtle"
          className={classes.clear}
          onClick={() => set({ category: undefined, order: undefined, by: undefined })}
        >
          {text.clear}
        </Button>
      )}
    </search>
  );
}
