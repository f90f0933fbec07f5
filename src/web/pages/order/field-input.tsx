import {
  Autocomplete,
  Button,
  Checkbox,
  MultiSelect,
  PasswordInput,
  Radio,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useMemo } from "react";
import type { FormField } from "../../../contract/requests.ts";
import { count } from "../../locales/format.ts";
import { useLanguage, useText } from "../../locales/language.tsx";
import { type ChoiceItem, choiceItems, itemOf, MOST_BUTTONS, SHOWN_OPTIONS, valueOf } from "./choice-data.ts";
import { isSeveral } from "./fitting-values.ts";
import type { Choices } from "./order-form-store.ts";
import classes from "./order.module.css";

export interface FieldInputProps {
  readonly field: FormField;
  readonly values: readonly string[];
  readonly choices: Choices;
  readonly problem: string | undefined;
  readonly onChange: (values: readonly string[]) => void;
  readonly onBlur: () => void;
}

/** One input of an order's form, in whichever of the six kinds it is. */
export function FieldInput(props: FieldInputProps) {
  const { field } = props;
  const text = useText().order.field;
  const common = {
    id: `field-${field.name}`,
    label: field.label,
    description: [field.description, ...(field.secret ? [text.secret] : [])].filter((each) => each !== "").join(" "),
    withAsterisk: field.required,
    error: props.problem,
    onBlur: props.onBlur,
  };
  if (field.formType === "text") return <TextField {...props} common={common} />;
  if (field.formType === "textarea")
    return (
      <Textarea
        {...common}
        autosize
        minRows={3}
        maxRows={14}
        value={props.values[0] ?? ""}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => props.onChange([event.currentTarget.value])}
      />
    );
  return <ChoiceField {...props} common={common} />;
}

interface CommonProps {
  readonly common: {
    readonly id: string;
    readonly label: string;
    readonly description: string;
    readonly withAsterisk: boolean;
    readonly error: string | undefined;
    readonly onBlur: () => void;
  };
}

function TextField({ field, values, choices, onChange, common }: FieldInputProps & CommonProps) {
  const text = useText().order.field;
  const value = values[0] ?? "";
  const typed = { ...common, value, autoComplete: "off", spellCheck: false } as const;
  if (field.secret)
    return (
      <PasswordInput
        {...typed}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": text.reveal }}
        onChange={(event) => onChange([event.currentTarget.value])}
      />
    );
  if (choices.state === "ready" && choices.answer.values.length > 1)
    return (
      <Autocomplete
        {...typed}
        data={[...new Set(choices.answer.values)].filter((each) => each !== "")}
        limit={SHOWN_OPTIONS}
        onChange={(next) => onChange([next])}
      />
    );
  return <TextInput {...typed} onChange={(event) => onChange([event.currentTarget.value])} />;
}

function ChoiceField(props: FieldInputProps & CommonProps) {
  const { field, choices, values } = props;
  const text = useText().order.field;
  const offered =
    choices.state === "ready" ? choices.answer.values : choices.state === "loading" ? choices.before : values;
  const items = useMemo(() => choiceItems(offered, text.emptyValue), [offered, text]);
  const disabled = choices.state === "waiting" || (choices.state === "loading" && choices.before.length === 0);
  const inner = { ...props, items, disabled };
  const few = items.length <= MOST_BUTTONS;
  if (isSeveral(field))
    return field.formType === "checkboxes" && few ? <Checkboxes {...inner} /> : <Several {...inner} />;
  return field.formType === "radio" && few ? <Radios {...inner} /> : <One {...inner} />;
}

type ItemsProps = FieldInputProps & CommonProps & { readonly items: ChoiceItem[]; readonly disabled: boolean };

function useComboboxProps({ items, field, disabled }: ItemsProps) {
  const { language, text } = useLanguage();
  const words = text.order.field;
  const cut = items.length > SHOWN_OPTIONS;
  return {
    data: items,
    limit: SHOWN_OPTIONS,
    selectFirstOptionOnChange: true,
    searchable: items.length > 8,
    disabled,
    nothingFoundMessage: words.nothingFound,
    maxDropdownHeight: 320,
    placeholder: isSeveral(field) ? words.chooseSeveral : words.choose,
    ...(cut && {
      inputContainer: (input: React.ReactNode) => (
        <>
          {input}
          <span className={classes.mark}>
            {words.firstOf(count(SHOWN_OPTIONS, language), count(items.length, language))}
          </span>
        </>
      ),
    }),
  };
}

function One(props: ItemsProps) {
  const { field, values, onChange, common } = props;
  return (
    <Select
      {...common}
      {...useComboboxProps(props)}
      value={values[0] === undefined ? null : itemOf(values[0])}
      allowDeselect={!field.required}
      clearable={!field.required}
      onChange={(item) => onChange(item === null ? [] : [valueOf(item)])}
    />
  );
}

function Several(props: ItemsProps) {
  const { field, values, onChange, common } = props;
  return (
    <MultiSelect
      {...common}
      {...useComboboxProps(props)}
      searchable
      clearable
      hidePickedOptions
      value={values.map(itemOf)}
      {...(field.max !== null && { maxValues: field.max })}
      onChange={(chosen) => onChange(chosen.map(valueOf))}
    />
  );
}

function Radios({ field, values, items, disabled, onChange, common }: ItemsProps) {
  const text = useText().general;
  return (
    <Radio.Group
      {...common}
      value={values[0] === undefined ? "" : itemOf(values[0])}
      onChange={(item) => onChange([valueOf(item)])}
    >
      <div className={classes.buttons}>
        {items.map(({ value, label }) => (
          <Radio key={value} value={value} label={label} disabled={disabled} />
        ))}
        {!field.required && values.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
            {text.clear}
          </Button>
        )}
      </div>
    </Radio.Group>
  );
}

function Checkboxes({ field, values, items, disabled, onChange, common }: ItemsProps) {
  const { language, text } = useLanguage();
  const words = text.order.field;
  const most = field.max ?? Number.POSITIVE_INFINITY;
  return (
    <Checkbox.Group {...common} value={values.map(itemOf)} onChange={(chosen) => onChange(chosen.map(valueOf))}>
      <div className={classes.buttons}>
        {items.map(({ value, label }) => (
          <Checkbox key={value} value={value} label={label} disabled={disabled} />
        ))}
      </div>
      {items.length > 2 && (
        <div className={classes.marks}>
          <span className={classes.mark}>
            {words.chosen(count(values.length, language), count(items.length, language))}
          </span>
          {items.length <= most && (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => onChange(items.map(({ value }) => valueOf(value)))}
            >
              {words.all}
            </Button>
          )}
          {values.length > 0 && (
            <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
              {words.none}
            </Button>
          )}
        </div>
      )}
    </Checkbox.Group>
  );
}
