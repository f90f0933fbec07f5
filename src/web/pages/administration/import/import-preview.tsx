import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconInfoCircle from "@tabler/icons-react/icons/IconInfoCircle";
import type { ImportReport, ImportRow } from "../../../../contract/people.ts";
import { DataTable } from "../../../components/data-table.tsx";
import { fieldMessage } from "../../../components/field-problems.ts";
import { Mark } from "../../../components/mark.tsx";
import { ProblemAlert } from "../../../components/problem-alert.tsx";
import { useText } from "../../../locales/language.tsx";
import classes from "./import.module.css";

interface ImportPreviewProps {
  readonly report: ImportReport;
  readonly error: Error | null;
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onApply: () => void;
}

const TONES = { created: "good", changed: "good", unchanged: "quiet", problem: "bad" } as const;

/** What would happen to each line. Lines with problems stand first, since they keep the others from being imported. */
export function ImportPreview({ report, error, busy, onBack, onApply }: ImportPreviewProps) {
  const text = useText().administration.accounts.import;
  const number = (outcome: ImportRow["outcome"]): number => report.rows.filter((row) => row.outcome === outcome).length;
  const problems = number("problem");
  const done = number("created") + number("changed");
  const rows = report.rows.toSorted(
    (a, b) => Number(b.outcome === "problem") - Number(a.outcome === "problem") || a.line - b.line,
  );
  return (
    <Stack>
      {error !== null && <ProblemAlert error={error} />}
      <Alert
        role="status"
        color={problems > 0 ? "red" : "blue"}
        icon={problems > 0 ? <IconAlertTriangle /> : <IconInfoCircle />}
        title={
          problems > 0
            ? text.problems(problems)
            : text.summary(number("created"), number("changed"), number("unchanged"))
        }
      >
        {problems > 0 ? null : done === 0 ? text.nothing : text.checking}
      </Alert>
      {report.newGroups.length > 0 && <Text>{text.newGroups(report.newGroups.join(", "))}</Text>}
      {/* Long ones scroll, which the keyboard has to reach. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.rows} role="region" aria-label={text.outcome} tabIndex={0}>
        <DataTable
          caption={text.title}
          rows={rows}
          rowKey={({ line }) => line}
          columns={[
            { id: "name", header: text.fields.name, cell: ({ name }) => <span className={classes.name}>{name}</span> },
            { id: "line", header: text.line, align: "end", cell: ({ line }) => line },
            {
              id: "outcome",
              header: text.outcome,
              cell: (row) => <Mark tone={TONES[row.outcome]}>{text.outcomes[row.outcome]}</Mark>,
            },
            { id: "details", header: text.details, hideHeader: true, cell: (row) => <Details row={row} /> },
          ]}
        />
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {text.back}
        </Button>
        <Button loading={busy} disabled={problems > 0 || done === 0} onClick={onApply}>
          {problems > 0 || done === 0 ? text.open : text.apply(done)}
        </Button>
      </Group>
    </Stack>
  );
}

function Details({ row }: { readonly row: ImportRow }) {
  const catalogue = useText();
  const { fields } = catalogue.administration.accounts.import;
  const nameOf = (field: string): string =>
    Object.hasOwn(fields, field) ? fields[field as keyof typeof fields] : field;
  if (row.problems.length > 0)
    return (
      <ul className={classes.problems}>
        {row.problems.map((problem) => (
          <li key={`${problem.field} ${problem.rule} ${problem.message}`}>
            {`${nameOf(problem.field)}${namedIn(problem.message)}: ${fieldMessage(problem, catalogue)}`}
          </li>
        ))}
      </ul>
    );
  return <>{row.outcome === "changed" && row.changes.map(nameOf).join(", ")}</>;
}

/** What the server's sentence quotes, which the sentence of a page does not know: ` "operators"`. */
function namedIn(message: string): string {
  const [quoted] = /"[^"]*"/u.exec(message) ?? [];
  return quoted === undefined ? "" : ` ${quoted}`;
}
