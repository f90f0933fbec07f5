import { Select, Textarea, TextInput } from "@mantine/core";
import type { ValueSource, Variable } from "../../../../contract/definitions.ts";
import { LinesInput } from "../../../components/lines-input.tsx";
import { Row, Section } from "../../../components/section.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { useText } from "../../../locales/language.tsx";
import { DefinitionSelect } from "../definition-select.tsx";
import type { FormProps } from "../draft.ts";
import { formTypesFor } from "../form-types.ts";
import classes from "./forms.module.css";

type Kind = ValueSource["kind"];

/** What a source of each kind begins with. */
const BEGIN: { readonly [K in Kind]: Extract<ValueSource, { kind: K }> } = {
  script: { kind: "script", command: "", timeout: 20 },
  list: { kind: "list", values: [] },
  input: { kind: "input" },
  projects: { kind: "projects", keyword: "", exclude: "" },
  tags: { kind: "tags", project: "", limit: 50 },
  versions: { kind: "versions", project: "" },
  groups: { kind: "groups", keyword: "" },
};

/** Where the values of a variable come from. */
export function ValueSourceFields({ data, set, at }: FormProps<Variable>) {
  const text = useText().variables;
  const { source } = data;
  const choose = (kind: Kind): void => {
    if (kind === source.kind) return;
    set("source", BEGIN[kind]);
    // Texts are typed and choices are chosen: the form goes along.
    const fitting = formTypesFor(kind);
    if (!fitting.includes(data.formType)) set("formType", fitting[0] ?? "text");
    if (kind !== "input") set("secret", false);
  };
  return (
    <Section title={text.values}>
      <Select
        label={text.source}
        description={text.sources[source.kind].help}
        allowDeselect={false}
        data={(Object.keys(BEGIN) as Kind[]).map((kind) => ({ value: kind, label: text.sources[kind].name }))}
        value={source.kind}
        onChange={(kind) => kind !== null && choose(kind)}
        error={at("source.kind")}
      />
      <SourceFields source={source} set={(next) => set("source", next)} at={at} />
      {source.kind !== "list" && source.kind !== "input" && (
        <DefinitionSelect
          kind="config_centre"
          label={text.configCentre}
          description={text.configCentreHelp}
          placeholder={text.whereOrderRuns}
          clearable
          value={data.configCentre}
          onChange={(id) => set("configCentre", id)}
          error={at("configCentre")}
        />
      )}
    </Section>
  );
}

interface SourceProps {
  readonly source: ValueSource;
  readonly set: (source: ValueSource) => void;
  readonly at: (field: string) => string | undefined;
}

function SourceFields({ source, set, at }: SourceProps) {
  const text = useText().variables;
  const code = { spellCheck: false, classNames: { input: classes.code ?? "" } };
  switch (source.kind) {
    case "script":
      return (
        <>
          <Textarea
            label={text.command}
            description={text.commandHelp}
            required
            autosize
            {...code}
            value={source.command}
            onChange={(event) => set({ ...source, command: event.currentTarget.value })}
            error={at("source.command")}
          />
          <Row>
            <WholeNumber
              label={text.timeout}
              suffix={` ${text.seconds}`}
              min={1}
              max={600}
              value={source.timeout}
              onChange={(timeout) => set({ ...source, timeout: timeout ?? source.timeout })}
              error={at("source.timeout")}
            />
          </Row>
        </>
      );
    case "list":
      return (
        <LinesInput
          label={text.list}
          description={`${text.listHelp} ${text.valueCount(source.values.length)}.`}
          required
          minRows={4}
          maxRows={16}
          value={source.values}
          onChange={(values) => set({ ...source, values })}
          error={at("source.values")}
        />
      );
    case "input":
      return null;
    case "projects":
    case "groups":
      return (
        <Row>
          <TextInput
            label={text.keyword}
            description={text.keywordHelp}
            {...code}
            value={source.keyword}
            onChange={(event) => set({ ...source, keyword: event.currentTarget.value })}
            error={at("source.keyword")}
          />
          {source.kind === "projects" && (
            <TextInput
              label={text.exclude}
              description={text.excludeHelp}
              {...code}
              value={source.exclude}
              onChange={(event) => set({ ...source, exclude: event.currentTarget.value })}
              error={at("source.exclude")}
            />
          )}
        </Row>
      );
    default:
      return (
        <Row>
          <TextInput
            label={text.project}
            description={text.projectHelp}
            required
            {...code}
            value={source.project}
            onChange={(event) => set({ ...source, project: event.currentTarget.value })}
            error={at("source.project")}
          />
          {source.kind === "tags" && (
            <WholeNumber
              label={text.limit}
              suffix={` ${text.limitUnit}`}
              min={1}
              max={1000}
              value={source.limit}
              onChange={(limit) => set({ ...source, limit: limit ?? source.limit })}
              error={at("source.limit")}
            />
          )}
        </Row>
      );
  }
}
