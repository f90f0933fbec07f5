import type { AuditAction } from "../../../contract/audit.ts";
import { ChoiceFilter } from "../../components/choice-filter.tsx";
import { FilterPanel } from "../../components/filter-panel.tsx";
import { TimeFilter } from "../../components/time-filter.tsx";
import { TypedFilter } from "../../components/typed-filter.tsx";
import { useText } from "../../locales/language.tsx";
import { type AuditFilters, KIND_SLUGS } from "../../paths.ts";
import { ACTION_AREAS, type ActionArea } from "./audit-filters.ts";
import { kindName } from "./object-words.ts";

interface AuditFilterBarProps {
  readonly filters: AuditFilters;
  readonly onChange: (filters: AuditFilters) => void;
}

/** What the audit is filtered by: who has done what to what, and when. */
export function AuditFilterBar({ filters, onChange }: AuditFilterBarProps) {
  const catalogue = useText();
  const text = catalogue.audit.filters;
  const set = (change: AuditFilters): void => onChange({ ...filters, ...change });
  const kinds = [...Object.keys(catalogue.audit.objects), ...Object.keys(KIND_SLUGS)];
  return (
    <FilterPanel label={text.label} filters={filters} onClear={() => onChange({})}>
      <TypedFilter label={text.who} hint={text.whoHint} value={filters.actor} onChange={(actor) => set({ actor })} />
      <ChoiceFilter
        label={text.what}
        any={text.any}
        value={filters.action}
        choices={[...Object.entries(text.areas).map(([value, label]) => ({ value, label })), ...useActions()]}
        onChange={(action) => set({ action })}
      />
      <ChoiceFilter
        label={text.object}
        any={text.any}
        value={filters.kind}
        choices={kinds.map((kind) => ({ value: kind, label: kindName(kind, catalogue) }))}
        onChange={(kind) => set({ kind, id: undefined })}
      />
      <TypedFilter
        label={text.text}
        hint={text.textHint}
        value={filters.text}
        onChange={(typed) => set({ text: typed })}
      />
      <TimeFilter label={text.from} value={filters.from} onChange={(from) => set({ from })} />
      <TimeFilter label={text.to} value={filters.to} onChange={(to) => set({ to })} />
    </FilterPanel>
  );
}

/** Every action under the heading of its area. */
function useActions() {
  const { actions, filters } = useText().audit;
  const areas = Object.entries(ACTION_AREAS) as [ActionArea, readonly AuditAction[]][];
  return (Object.keys(actions) as AuditAction[]).map((action) => {
    const area = areas.find(([, of]) => of.includes(action))?.[0];
    return { value: action, label: actions[action], group: area === undefined ? filters.others : filters.areas[area] };
  });
}
