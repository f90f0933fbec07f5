import { Button, Checkbox, TextInput } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { DefinitionKind } from "../../../contract/definitions.ts";
import type { Definition } from "../../../contract/administration.ts";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { NotFound } from "../../frame/not-found.tsx";
import { useText } from "../../locales/language.tsx";
import { kindOfSlug, paths } from "../../paths.ts";
import classes from "./configuration.module.css";
import { DefinitionSelect } from "./definition-select.tsx";
import { KindTabs } from "./kind-tabs.tsx";
import { useColumns } from "./list-columns.tsx";
import { useAreaCrumb } from "./use-area-crumb.ts";

/** All definitions of a kind. */
export function DefinitionListPage() {
  const { kind: slug } = useParams({ strict: false });
  const kind = kindOfSlug(slug ?? "");
  return kind === undefined ? <NotFound /> : <List key={kind} kind={kind} />;
}

interface Filters {
  readonly text?: string | undefined;
  readonly environment?: string | undefined;
  readonly category?: string | undefined;
  readonly templates?: string | undefined;
}

function List({ kind }: { readonly kind: DefinitionKind }) {
  const { configuration: text, definitionFiles } = useText();
  const filters: Filters = useSearch({ strict: false });
  const columns = useColumns(kind);
  const area = useAreaCrumb(kind);
  const definitions = useAnswer("GET /definitions/:kind", { params: { kind } });
  const create = (
    <Button component={Link} href={paths.newDefinition(kind)} leftSection={<IconPlus size={16} />}>
      {text.kinds[kind].create}
    </Button>
  );
  return (
    <Page
      title={text.kinds[kind].many}
      breadcrumb={[area]}
      primary={create}
      actions={
        <Button component={Link} href={paths.definitionFile()} variant="default">
          {definitionFiles.title}
        </Button>
      }
    >
      <KindTabs current={kind} />
      <Answer of={definitions}>
        {({ items }) => {
          if (items.length === 0) {
            return (
              <Empty title={text.list.empty(text.kinds[kind].many)} action={create}>
                {text.kinds[kind].about}
              </Empty>
            );
          }
          const rows = items.filter((definition) => fits(definition, filters));
          return (
            <>
              <FilterBar kind={kind} filters={filters} />
              {rows.length === 0 ? (
                <Empty title={text.list.nothingFits} />
              ) : (
                <DataTable caption={text.kinds[kind].many} columns={columns} rows={rows} rowKey={({ id }) => id} />
              )}
            </>
          );
        }}
      </Answer>
    </Page>
  );
}

function fits({ name, data }: Definition, { text = "", environment, category, templates }: Filters): boolean {
  const label = typeof data["label"] === "string" ? data["label"] : "";
  return (
    `${name} ${label}`.toLowerCase().includes(text.toLowerCase()) &&
    (environment === undefined || data["environment"] === null || data["environment"] === Number(environment)) &&
    (category === undefined || data["category"] === Number(category)) &&
    (templates === undefined || data["template"] === true)
  );
}

function FilterBar({ kind, filters }: { readonly kind: DefinitionKind; readonly filters: Filters }) {
  const text = useText().configuration;
  const navigate = useNavigate();
  const set = (change: Filters): void => {
    const search = Object.fromEntries(
      Object.entries({ ...filters, ...change }).filter(([, value]) => value !== undefined && value !== ""),
    );
    void navigate({ to: ".", search, replace: true });
  };
  const placed = kind === "variable" || kind === "variable_group" || kind === "work_order";
  return (
    <div className={classes.filters} role="search">
      <TextInput
        aria-label={text.list.filter}
        placeholder={text.list.filter}
        leftSection={<IconSearch size={16} />}
        value={filters.text ?? ""}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      {placed && (
        <>
          <DefinitionSelect
            kind="environment"
            aria-label={text.fields.environment}
            placeholder={text.fields.allEnvironments}
            clearable
            value={Number(filters.environment ?? 0)}
            onChange={(id) => set({ environment: id === null ? undefined : String(id) })}
          />
          <DefinitionSelect
            kind="category"
            aria-label={text.fields.category}
            placeholder={text.list.allCategories}
            clearable
            value={Number(filters.category ?? 0)}
            onChange={(id) => set({ category: id === null ? undefined : String(id) })}
          />
        </>
      )}
      {kind === "work_order" && (
        <Checkbox
          label={text.list.templates}
          checked={filters.templates !== undefined}
          onChange={(event) => set({ templates: event.currentTarget.checked ? "1" : undefined })}
        />
      )}
    </div>
  );
}
