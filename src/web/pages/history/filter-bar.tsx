import type { HistoryVariable } from "../../../contract/history.ts";
import { REQUEST_STATES, type RequestState } from "../../../contract/states.ts";
import { ChoiceFilter, chosenId } from "../../components/choice-filter.tsx";
import { FilterPanel } from "../../components/filter-panel.tsx";
import { TimeFilter } from "../../components/time-filter.tsx";
import { TypedFilter } from "../../components/typed-filter.tsx";
import { useFilterChoices } from "../../components/use-filter-choices.ts";
import { useText } from "../../locales/language.tsx";
import type { HistoryFilters } from "../../paths.ts";
import { STATE_GROUPS, valueFilter } from "./history-filters.ts";
import { variableName } from "./variable-name.ts";
import classes from "./history.module.css";

interface FilterBarProps {
  readonly filters: HistoryFilters;
  /** Those whose values can be looked for. */
  readonly variables: readonly HistoryVariable[];
  readonly onChange: (filters: HistoryFilters) => void;
}

/** What the history is filtered by. */
export function FilterBar({ filters, variables, onChange }: FilterBarProps) {
  const { history, states } = useText();
  const text = history.filters;
  const { environments, categories, orders } = useFilterChoices();
  const set = (change: HistoryFilters): void => onChange({ ...filters, ...change });
  return (
    <FilterPanel label={text.label} filters={filters} onClear={() => onChange({})}>
      <TypedFilter
        label={text.text}
        hint={text.textHint}
        value={filters.text}
        className={classes.wide}
        onChange={(typed) => set({ text: typed })}
      />
      <ChoiceFilter
        label={text.state}
        any={text.any}
        value={filters.state}
        choices={[
          ...Object.entries(STATE_GROUPS).map(([group, of]) => ({
            value: of.join(","),
            label: text.groups[group as keyof typeof STATE_GROUPS],
          })),
          ...REQUEST_STATES.map((state) => ({ value: state, label: states[state] })),
        ]}
        otherwise={(several) =>
          several
            .split(",")
            .map((state) => states[state as RequestState] ?? state)
            .join(", ")
        }
        onChange={(state) => set({ state })}
      />
      <ChoiceFilter
        label={text.environment}
        any={text.any}
        value={filters.environment}
        choices={environments}
        onChange={(environment) => set({ environment: chosenId(environment) })}
      />
      {(categories.length > 0 || filters.category !== undefined) && (
        <ChoiceFilter
          label={text.category}
          any={text.any}
          value={filters.category}
          choices={[...categories, { value: "0", label: text.noCategory }]}
          onChange={(category) => set({ category: chosenId(category) })}
        />
      )}
      <ChoiceFilter
        label={text.order}
        any={text.any}
        value={filters.order}
        choices={orders}
        onChange={(order) => set({ order: chosenId(order) })}
      />
      <TypedFilter label={text.by} hint={text.byHint} value={filters.by} onChange={(by) => set({ by })} />
      <ValueFilter value={filters.value} variables={variables} onChange={(value) => set({ value })} />
      <TimeFilter label={text.from} value={filters.from} onChange={(from) => set({ from })} />
      <TimeFilter label={text.to} value={filters.to} onChange={(to) => set({ to })} />
    </FilterPanel>
  );
}

interface ValueFilterProps {
  readonly value: string | undefined;
  readonly variables: readonly HistoryVariable[];
  readonly onChange: (value: string | undefined) => void;
}

/** Requests in which a variable has a value: first which, then what. */
function ValueFilter({ value, variables, onChange }: ValueFilterProps) {
  const text = useText().history.filters;
  const { variable, text: wanted } = valueFilter(value);
  const choices = variables.map((each) => ({ value: each.name, label: variableName(each) }));
  return (
    <>
      <ChoiceFilter
        label={text.variable}
        any={text.any}
        value={variable === "" ? undefined : variable}
        choices={choices}
        onChange={(name) => onChange(name === undefined ? undefined : `${name}:${wanted}`)}
      />
      {variable !== "" && (
        <TypedFilter
          label={text.value(choices.find((choice) => choice.value === variable)?.label ?? variable)}
          hint={text.valueHint}
          value={wanted === "" ? undefined : wanted}
          onChange={(typed) => onChange(`${variable}:${typed ?? ""}`)}
        />
      )}
    </>
  );
}
