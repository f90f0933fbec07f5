import { ColorSwatch, Radio, Switch, Textarea, TextInput } from "@mantine/core";
import type { Environment } from "../../../../contract/definitions.ts";
import { Section } from "../../../components/section.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { useText } from "../../../locales/language.tsx";
import { bindings, type FormProps } from "../draft.ts";
import classes from "./forms.module.css";

/** The fields of an environment. */
export function EnvironmentForm(props: FormProps<Environment>) {
  const { configuration, environments: text } = useText();
  const { fields, editor } = configuration;
  const bind = bindings(props);
  return (
    <Section title={editor.details}>
      <TextInput label={fields.name} description={text.nameHelp} required {...bind.text("name")} />
      <Textarea label={fields.description} autosize {...bind.text("description")} />
      <WholeNumber label={fields.order} description={fields.orderHelp} min={0} max={9999} {...bind.number("order")} />
      <Radio.Group
        label={text.colour}
        description={text.colourHelp}
        value={props.data.colour}
        onChange={(colour) => props.set("colour", colour)}
        error={props.at("colour")}
      >
        <div className={classes.colours}>
          {(Object.keys(text.colours) as Environment["colour"][]).map((colour) => (
            <Radio
              key={colour}
              value={colour}
              label={
                <span className={classes.colour}>
                  <ColorSwatch size={14} color={`var(--mantine-color-${colour}-filled)`} withShadow={false} />
                  {text.colours[colour]}
                </span>
              }
            />
          ))}
        </div>
      </Radio.Group>
      <Switch label={text.protected} description={text.protectedHelp} {...bind.check("protected")} />
    </Section>
  );
}
