import { Textarea, TextInput } from "@mantine/core";
import type { Category } from "../../../../contract/definitions.ts";
import { Section } from "../../../components/section.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { useText } from "../../../locales/language.tsx";
import { bindings, type FormProps } from "../draft.ts";

/** The fields of a category. */
export function CategoryForm(props: FormProps<Category>) {
  const { fields, editor } = useText().configuration;
  const bind = bindings(props);
  return (
    <Section title={editor.details}>
      <TextInput label={fields.name} required {...bind.text("name")} />
      <Textarea label={fields.description} autosize {...bind.text("description")} />
      <WholeNumber label={fields.order} description={fields.orderHelp} min={0} max={9999} {...bind.number("order")} />
    </Section>
  );
}
