import { Alert, Checkbox, Group, MultiSelect, Radio, Select, Stack, Text } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import { useState } from "react";
import type { Variable } from "../../../../contract/definitions.ts";
import type { Options } from "../../../../contract/requests.ts";
import { bytes, milliseconds } from "../../../locales/format.ts";
import { useText } from "../../../locales/language.tsx";
import classes from "../configuration.module.css";

/** More than these are not drawn as buttons or boxes. */
const DRAWN = 60;

/** What came of fetching values: how it went, and the values as the form will show them. */
export function OptionsReport({ options, variable }: { readonly options: Options; readonly variable: Variable }) {
  const text = useText().variables;
  const failed = options.status === "failed" || options.problem !== undefined;
  return (
    <Stack gap="sm">
      {options.problem !== undefined && (
        <Alert color={options.status === "failed" ? "red" : "yellow"} icon={<IconAlertTriangle />}>
          {options.problem}
        </Alert>
      )}
      <Text size="sm">
        {[
          text.verify.statuses[options.status],
          text.valueCount(options.values.length),
          milliseconds(options.milliseconds),
          bytes(options.bytes),
        ].join(" · ")}
      </Text>
      {options.output !== undefined && (
        <div>
          <Text size="xs" fw={600}>
            {text.verify.output}
          </Text>
          {/* It scrolls, so the keyboard must reach it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={classes.output} tabIndex={0}>
            {options.output}
          </pre>
        </div>
      )}
      {options.values.length === 0 && !failed && <Alert color="yellow">{text.verify.noValues}</Alert>}
      {options.values.length > 0 && (
        <div>
          <Text size="xs" fw={600} mb={4}>
            {text.verify.asForm}
          </Text>
          <AsForm key={options.fetchedAt} variable={variable} values={options.values} />
        </div>
      )}
    </Stack>
  );
}

function AsForm({ variable, values }: { readonly variable: Variable; readonly values: readonly string[] }) {
  const text = useText().variables;
  const [chosen, setChosen] = useState(() => variable.default.filter((value) => values.includes(value)));
  const shown = [...new Set(values)];
  const drawn = shown.slice(0, DRAWN);
  const common = { label: variable.label, description: variable.description, withAsterisk: variable.required };
  const more = shown.length > DRAWN && (
    <Text size="xs" c="dimmed">
      {text.verify.more(shown.length - DRAWN)}
    </Text>
  );
  switch (variable.formType) {
    case "radio":
      return (
        <Radio.Group {...common} value={chosen[0] ?? null} onChange={(value) => setChosen([value])}>
          <Group gap="md" mt={4}>
            {drawn.map((value) => (
              <Radio key={value} value={value} label={value} />
            ))}
            {more}
          </Group>
        </Radio.Group>
      );
    case "checkboxes":
      return (
        <Checkbox.Group {...common} value={chosen} onChange={setChosen}>
          <Group gap="md" mt={4}>
            {drawn.map((value) => (
              <Checkbox key={value} value={value} label={value} />
            ))}
            {more}
          </Group>
        </Checkbox.Group>
      );
    case "multiselect":
      return <MultiSelect {...common} data={shown} limit={100} searchable value={chosen} onChange={setChosen} />;
    default:
      return (
        <Select
          {...common}
          data={shown}
          limit={100}
          searchable
          value={chosen[0] ?? null}
          onChange={(value) => setChosen(value === null ? [] : [value])}
        />
      );
  }
}
