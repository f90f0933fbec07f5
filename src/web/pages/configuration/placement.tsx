import { Row, Section } from "../../components/section.tsx";
import { useText } from "../../locales/language.tsx";
import { DefinitionSelect } from "./definition-select.tsx";
import type { FormProps } from "./draft.ts";

interface Placed {
  readonly environment: number | null;
  readonly category: number | null;
}

/** The environment and category of a variable or group; with none it belongs to all. */
export function Placement({ data, set, at }: FormProps<Placed>) {
  const text = useText().configuration;
  return (
    <Section title={text.editor.placement}>
      <Row>
        <DefinitionSelect
          kind="environment"
          label={text.fields.environment}
          description={text.fields.environmentHelp}
          placeholder={text.fields.allEnvironments}
          clearable
          value={data.environment}
          onChange={(id) => set("environment", id)}
          error={at("environment")}
        />
        <CategorySelect value={data.category} onChange={(id) => set("category", id)} error={at("category")} />
      </Row>
    </Section>
  );
}

/** Chooses a category, or none. */
export function CategorySelect(props: {
  readonly value: number | null;
  readonly onChange: (id: number | null) => void;
  readonly error: string | undefined;
}) {
  const text = useText().configuration;
  return (
    <DefinitionSelect
      kind="category"
      label={text.fields.category}
      description={text.kinds.category.about}
      placeholder={text.fields.noCategory}
      clearable
      {...props}
    />
  );
}
