import { Select, Switch, Textarea, TextInput } from "@mantine/core";
import type { Variable } from "../../../../contract/definitions.ts";
import { LinesInput } from "../../../components/lines-input.tsx";
import { Row, Section } from "../../../components/section.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { useText } from "../../../locales/language.tsx";
import { bindings, type FormProps } from "../draft.ts";
import { formTypesFor } from "../form-types.ts";
import { Placement } from "../placement.tsx";
import classes from "./forms.module.css";
import { ValueSourceFields } from "./value-source-fields.tsx";

/** The fields of a variable. */
export function VariableForm(props: FormProps<Variable>) {
  const { configuration, variables: text } = useText();
  const { data, set, at } = props;
  const bind = bindings(props);
  const several = data.formType === "multiselect" || data.formType === "checkboxes";
  return (
    <>
      <Section title={text.form}>
        <Row>
          <TextInput label={text.name} description={text.nameHelp} required spellCheck={false} {...bind.text("name")} />
          <TextInput label={text.label} description={text.labelHelp} required {...bind.text("label")} />
        </Row>
        <Textarea
          label={configuration.fields.description}
          description={text.descriptionHelp}
          autosize
          {...bind.text("description")}
        />
      </Section>
      <ValueSourceFields {...props} />
      <Section title={text.checks}>
        <Select
          label={text.formType}
          allowDeselect={false}
          data={formTypesFor(data.source.kind).map((value) => ({ value, label: text.formTypes[value] }))}
          value={data.formType}
          onChange={(value) => value !== null && set("formType", value)}
          error={at("formType")}
        />
        {!data.secret && <DefaultField {...props} several={several} />}
        <div className={classes.switches}>
          <Switch label={text.required} description={text.requiredHelp} {...bind.check("required")} />
          {(data.source.kind === "input" || data.secret) && (
            <Switch
              label={text.secret}
              description={text.secretHelp}
              {...bind.check("secret")}
              onChange={(event) => {
                set("secret", event.currentTarget.checked);
                // It would be readable here.
                if (event.currentTarget.checked) set("default", []);
              }}
            />
          )}
        </div>
        <Limits {...props} several={several} />
      </Section>
      <Placement {...(props as unknown as Parameters<typeof Placement>[0])} />
    </>
  );
}

interface FieldProps extends FormProps<Variable> {
  readonly several: boolean;
}

function DefaultField({ data, set, at, several }: FieldProps) {
  const text = useText().variables;
  const error = at("default");
  if (several) {
    return (
      <LinesInput
        label={text.default}
        description={`${text.defaultSeveral} ${text.defaultHelp}`}
        value={data.default}
        onChange={(values) => set("default", values)}
        error={error}
      />
    );
  }
  const typed = {
    value: data.default[0] ?? "",
    onChange: (value: string) => set("default", value === "" ? [] : [value]),
    error,
  };
  if (data.formType === "textarea") {
    return (
      <Textarea
        label={text.defaultText}
        autosize
        {...typed}
        onChange={(event) => typed.onChange(event.currentTarget.value)}
      />
    );
  }
  if (data.source.kind === "list") {
    return (
      <Select
        label={text.default}
        clearable
        searchable
        data={[...new Set([...data.source.values, ...data.default])]}
        value={data.default[0] ?? null}
        onChange={(value) => typed.onChange(value ?? "")}
        error={error}
      />
    );
  }
  const free = data.source.kind === "input";
  return (
    <TextInput
      label={free ? text.defaultText : text.default}
      description={free ? undefined : text.defaultHelp}
      {...typed}
      onChange={(event) => typed.onChange(event.currentTarget.value)}
    />
  );
}

/** Which texts, or how many choices, are right. */
function Limits({ several, ...props }: FieldProps) {
  const text = useText().variables;
  const bind = bindings(props);
  const typed = props.data.source.kind === "input";
  if (!typed && !several) return null;
  const unit = typed ? text.characters : text.choices;
  return (
    <>
      {typed && (
        <TextInput
          label={text.pattern}
          description={text.patternHelp}
          spellCheck={false}
          classNames={{ input: classes.code ?? "" }}
          {...bind.text("pattern")}
        />
      )}
      <Row>
        <WholeNumber label={text.min} suffix={` ${unit}`} min={0} max={100_000} {...bind.optionalNumber("min")} />
        <WholeNumber label={text.max} suffix={` ${unit}`} min={1} max={100_000} {...bind.optionalNumber("max")} />
      </Row>
    </>
  );
}
