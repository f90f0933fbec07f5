import { CopyButton, Text, Tooltip, UnstyledButton } from "@mantine/core";
import type { VariableGroup, WorkOrder } from "../../../../contract/definitions.ts";
import { useAnswer } from "../../../api/api.tsx";
import { useText } from "../../../locales/language.tsx";
import classes from "../configuration.module.css";
import { Panel } from "../panel.tsx";

/** What may stand in braces in the task lines of an order. */
export function Placeholders({ data }: { readonly data: WorkOrder }) {
  const { workOrders, general } = useText();
  const text = workOrders.verify;
  const groups = useAnswer("GET /definitions/:kind", { params: { kind: "variable_group" } });
  const variables = useAnswer("GET /definitions/:kind", { params: { kind: "variable" } });
  const group = groups.data?.items.find(({ id }) => id === data.variableGroup)?.data as VariableGroup | undefined;
  const names = [
    ...(group?.variables ?? []).flatMap((id) => {
      const found = variables.data?.items.find((variable) => variable.id === id);
      return found === undefined ? [] : [{ name: found.name, hint: String(found.data["label"]) }];
    }),
    ...Object.entries(data.builtIn).map(([name, hint]) => ({ name, hint })),
    ...Object.entries(text.system).map(([name, hint]) => ({ name, hint })),
  ];
  return (
    <Panel title={text.placeholders}>
      <Text size="xs" c="dimmed">
        {text.placeholdersHint}
      </Text>
      <div className={classes.command}>
        {names.map(({ name, hint }) => (
          <CopyButton key={name} value={`{${name}}`}>
            {({ copied, copy }) => (
              <Tooltip label={copied ? general.copied : hint}>
                <UnstyledButton className={classes.word} onClick={copy}>
                  {`{${name}}`}
                </UnstyledButton>
              </Tooltip>
            )}
          </CopyButton>
        ))}
      </div>
    </Panel>
  );
}
