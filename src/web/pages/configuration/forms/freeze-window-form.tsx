import { Autocomplete, Radio, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { FreezeWindow } from "../../../../contract/freeze-window.ts";
import { localMinute, withOffset } from "../../../components/local-time.ts";
import { Row, Section } from "../../../components/section.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { useText } from "../../../locales/language.tsx";
import { DefinitionSelect } from "../definition-select.tsx";
import { bindings, type FormProps } from "../draft.ts";

type When = FreezeWindow["when"];

/** The fields of a freeze window. */
export function FreezeWindowForm(props: FormProps<FreezeWindow>) {
  const { configuration, freezeWindows: text } = useText();
  const { fields, editor } = configuration;
  const { data, set, at } = props;
  const bind = bindings(props);
  return (
    <>
      <Section title={editor.details}>
        <TextInput label={fields.name} description={text.nameHelp} required {...bind.text("name")} />
        <Textarea label={text.reason} description={text.reasonHelp} required autosize {...bind.text("reason")} />
        <DefinitionSelect
          kind="environment"
          label={fields.environment}
          description={fields.environmentHelp}
          placeholder={fields.allEnvironments}
          clearable
          value={data.environment}
          onChange={(id) => set("environment", id)}
          error={at("environment")}
        />
        <Switch label={text.active} description={text.activeHelp} {...bind.check("active")} />
      </Section>
      <WhenFields when={data.when} at={at} onChange={(when) => set("when", when)} />
    </>
  );
}

interface WhenProps<W extends When> {
  readonly when: W;
  readonly at: FormProps<FreezeWindow>["at"];
  readonly onChange: (when: When) => void;
}

function WhenFields({ when, at, onChange }: WhenProps<When>) {
  const text = useText().freezeWindows;
  const [zone] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  // What was typed for the other kind comes back when somebody only looks at it.
  const [kept, setKept] = useState<Partial<Record<When["kind"], When>>>({});
  const choose = (kind: string): void => {
    setKept({ ...kept, [when.kind]: when });
    if (kind === "range") onChange(kept.range ?? { kind, from: "", to: "" });
    if (kind === "cron") onChange(kept.cron ?? { kind, cron: "0 18 * * 5", timeZone: zone, minutes: 60 });
  };
  return (
    <Section title={text.when}>
      <Radio.Group value={when.kind} onChange={choose} aria-label={text.when}>
        <Stack gap="xs">
          <Radio value="range" label={text.kinds.range} />
          <Radio value="cron" label={text.kinds.cron} />
        </Stack>
      </Radio.Group>
      {when.kind === "range" ? (
        <RangeFields when={when} at={at} onChange={onChange} zone={zone} />
      ) : (
        <CronFields when={when} at={at} onChange={onChange} />
      )}
    </Section>
  );
}

type RangeProps = WhenProps<Extract<When, { kind: "range" }>> & { readonly zone: string };

function RangeFields({ when, at, onChange, zone }: RangeProps) {
  const text = useText().freezeWindows;
  const inverted = when.from !== "" && when.to !== "" && Date.parse(when.to) <= Date.parse(when.from);
  const field = (name: "from" | "to") => ({
    type: "datetime-local",
    required: true,
    value: when[name] === "" ? "" : localMinute(new Date(when[name])),
    onChange: (event: { currentTarget: { value: string } }) => {
      const moment = new Date(event.currentTarget.value);
      onChange({ ...when, [name]: Number.isNaN(moment.getTime()) ? "" : withOffset(moment) });
    },
    error: when[name] === "" && at(`when.${name}`) !== undefined ? text.timeNeeded : at(`when.${name}`),
  });
  const to = field("to");
  return (
    <>
      <Row>
        <TextInput label={text.from} {...field("from")} />
        <TextInput label={text.to} {...to} error={to.error ?? (inverted ? text.endsBefore : undefined)} />
      </Row>
      <Text size="sm" c="dimmed">
        {text.zone(zone)}
      </Text>
    </>
  );
}

function CronFields({ when, at, onChange }: WhenProps<Extract<When, { kind: "cron" }>>) {
  const text = useText().freezeWindows;
  const [zones] = useState(() => ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]);
  const [hours, minutes] = [Math.floor(when.minutes / 60), when.minutes % 60];
  return (
    <>
      <TextInput
        label={text.cron}
        description={text.cronHelp}
        required
        spellCheck={false}
        value={when.cron}
        onChange={(event) => onChange({ ...when, cron: event.currentTarget.value })}
        error={at("when.cron")}
      />
      <Row>
        <Autocomplete
          label={text.timeZone}
          required
          data={zones}
          limit={50}
          value={when.timeZone}
          onChange={(timeZone) => onChange({ ...when, timeZone })}
          error={at("when.timeZone")}
        />
        <WholeNumber
          label={text.minutes}
          suffix={` ${text.minutesUnit}`}
          description={when.minutes >= 60 ? text.lasting(text.hoursAndMinutes(hours, minutes)) : undefined}
          inputWrapperOrder={["label", "input", "description", "error"]}
          min={1}
          max={44_640}
          value={when.minutes}
          onChange={(next) => next !== null && onChange({ ...when, minutes: next })}
          error={at("when.minutes")}
        />
      </Row>
    </>
  );
}
