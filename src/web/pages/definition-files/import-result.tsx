import { Alert, Stack, Text } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import type { ImportReport } from "../../../contract/definition-files.ts";
import { Mark } from "../../components/mark.tsx";
import { useText } from "../../locales/language.tsx";
import classes from "./definition-files.module.css";

/** What an import would change, or has changed, or why it cannot. */
export function ImportResult({ report: { applied, items, problems } }: { readonly report: ImportReport }) {
  const text = useText().definitionFiles;
  const changes = items.filter(({ outcome }) => outcome !== "unchanged");
  const same = items.length - changes.length;
  if (problems.length > 0)
    return (
      <Alert color="red" icon={<IconAlertTriangle />} title={text.problems(problems.length)}>
        <ul className={classes.list}>
          {problems.map(({ path, line, message }) => (
            <li key={`${path} ${message}`}>
              {path !== "" && <code>{path}</code>} {line !== null && `(${text.line(line)}) `}
              {message}
            </li>
          ))}
        </ul>
      </Alert>
    );
  if (applied) return <Alert color="green" icon={<IconCheck />} title={text.applied(changes.length)} />;
  if (changes.length === 0) return <Alert color="green" icon={<IconCheck />} title={text.nothing} />;
  return (
    <Stack gap="sm">
      <ul className={classes.list}>
        {changes.map((item) => (
          <Item key={`${item.kind} ${item.environment ?? ""} ${item.name}`} item={item} />
        ))}
      </ul>
      {same > 0 && (
        <Text size="sm" c="dimmed">
          {text.unchanged(same)}
        </Text>
      )}
    </Stack>
  );
}

function Item({
  item: { kind, name, environment, outcome, changes },
}: {
  readonly item: ImportReport["items"][number];
}) {
  const { definitionFiles: text, configuration } = useText();
  const what = kind === "user_group" ? text.userGroup : configuration.kinds[kind].one;
  return (
    <li>
      <Mark tone={outcome === "created" ? "good" : "doubtful"}>{text.outcomes[outcome]}</Mark> {what}{" "}
      <strong>{name}</strong>
      {environment !== null && ` · ${environment}`}
      {outcome === "changed" && (
        <dl className={classes.changes}>
          {changes.map(({ path, before, after }) => (
            <div key={path}>
              <dt>
                <code>{path}</code>
              </dt>
              <dd>
                <del>{before ?? "–"}</del> <ins>{after ?? "–"}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
