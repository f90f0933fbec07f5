import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import type { ImportReport } from "../../../../contract/people.ts";
import { ShownOnce } from "../../../components/shown-once.tsx";
import { useText } from "../../../locales/language.tsx";

/** What was done, with the one-time passwords of new accounts. */
export function ImportDone({ report, onClose }: { readonly report: ImportReport; readonly onClose: () => void }) {
  const { account, administration } = useText();
  const text = administration.accounts.import;
  const number = (outcome: string): number => report.rows.filter((row) => row.outcome === outcome).length;
  const made = report.rows.filter(({ password }) => password !== null);
  const widest = Math.max(0, ...made.map(({ name }) => name.length));
  return (
    <Stack>
      <Alert role="status" color="green" icon={<IconCheck />}>
        {text.summary(number("created"), number("changed"), number("unchanged"))}
      </Alert>
      {report.newGroups.length > 0 && <Text>{text.madeGroups(report.newGroups.join(", "))}</Text>}
      {made.length > 0 && (
        <ShownOnce
          what={text.passwords}
          value={made.map(({ name, password }) => `${name.padEnd(widest)}  ${password ?? ""}`).join("\n")}
          file={{
            name: "gantry-one-time-passwords.csv",
            // Names hold no sign that a CSV would have to quote.
            text: ["name,password", ...made.map(({ name, password }) => `${name},${password ?? ""}`), ""].join("\n"),
            type: "text/csv",
          }}
        >
          {text.passwordsHelp}
        </ShownOnce>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{account.once.done}</Button>
      </Group>
    </Stack>
  );
}
