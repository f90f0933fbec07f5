import { Textarea, TextInput } from "@mantine/core";
import type { VariableGroup } from "../../../../contract/definitions.ts";
import { Section } from "../../../components/section.tsx";
import { useText } from "../../../locales/language.tsx";
import { bindings, type FormProps } from "../draft.ts";
import { Placement } from "../placement.tsx";
import { GroupMembers } from "./group-members.tsx";

/** The fields of a variable group. */
export function VariableGroupForm(props: FormProps<VariableGroup>) {
  const { configuration, variableGroups: text } = useText();
  const { fields, editor } = configuration;
  const bind = bindings(props);
  return (
    <>
      <Section title={editor.details}>
        <TextInput label={fields.name} required {...bind.text("name")} />
        <Textarea label={fields.description} autosize {...bind.text("description")} />
      </Section>
      <Section title={text.variables} help={text.variablesHelp}>
        <GroupMembers
          ids={props.data.variables}
          onChange={(ids) => props.set("variables", ids)}
          error={props.at("variables")}
        />
      </Section>
      <Placement {...(props as unknown as Parameters<typeof Placement>[0])} />
    </>
  );
}
