import { Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Variable } from "../../../../contract/definitions.ts";
import { useChange } from "../../../api/api.tsx";
import { useText } from "../../../locales/language.tsx";
import { DefinitionSelect } from "../definition-select.tsx";
import { dependsOn } from "../depends-on.ts";
import { sameJson } from "../draft.ts";
import { Panel } from "../panel.tsx";
import { OptionsReport } from "./options-report.tsx";
import { VerifyPanel } from "./verify-panel.tsx";
import { VerifyProblem } from "./verify-problem.tsx";

/** Fetches the values of a variable as its form would, and shows them so. */
export function VerifyVariable({ data }: { readonly data: Variable }) {
  const { configuration, variables: text } = useText();
  const verify = useChange("POST /variables/verify");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [environment, setEnvironment] = useState<number | null>(null);
  const [configCentre, setConfigCentre] = useState<number | null>(null);
  if (data.source.kind === "input") {
    return (
      <Panel title={configuration.verify.title}>
        <Text size="sm" c="dimmed">
          {text.verify.typed}
        </Text>
      </Panel>
    );
  }
  const needed = dependsOn(data.source);
  const body = {
    data: { ...data },
    values: Object.fromEntries(needed.map((name) => [name, [values[name] ?? ""]])),
    environment: data.environment ?? environment,
    configCentre: data.configCentre ?? configCentre,
  };
  const inputs = (
    <>
      {data.environment === null && (
        <DefinitionSelect
          kind="environment"
          size="xs"
          label={text.verify.environment}
          clearable
          value={environment}
          onChange={setEnvironment}
        />
      )}
      {data.configCentre === null && data.source.kind !== "list" && (
        <DefinitionSelect
          kind="config_centre"
          size="xs"
          label={text.verify.configCentre}
          placeholder={text.verify.noCentre}
          clearable
          value={configCentre}
          onChange={setConfigCentre}
        />
      )}
      {needed.length > 0 && (
        <Text size="xs" fw={600}>
          {text.verify.dependsOn}
        </Text>
      )}
      {needed.map((name) => (
        <TextInput
          key={name}
          size="xs"
          label={`{${name}}`}
          value={values[name] ?? ""}
          onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
        />
      ))}
    </>
  );
  return (
    <VerifyPanel
      busy={verify.isPending}
      tried={verify.data !== undefined || verify.error !== null}
      old={!sameJson(verify.variables?.body, body)}
      onVerify={() => verify.mutate({ body })}
      inputs={inputs}
    >
      {verify.error !== null && <VerifyProblem error={verify.error} />}
      {verify.data !== undefined && (
        <OptionsReport options={verify.data} variable={(verify.variables?.body.data ?? data) as unknown as Variable} />
      )}
    </VerifyPanel>
  );
}
