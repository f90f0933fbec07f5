import { Anchor, Button, FileButton, Group, Stack, Switch, Text, Textarea } from "@mantine/core";
import IconUpload from "@tabler/icons-react/icons/IconUpload";
import { type FormEvent, useState } from "react";
import { ApiProblem } from "../../../api/problem.ts";
import { useFieldProblems } from "../../../components/field-problems.ts";
import { ProblemAlert } from "../../../components/problem-alert.tsx";
import { saveText } from "../../../components/save-text.ts";
import { useText } from "../../../locales/language.tsx";
import classes from "./import.module.css";
import { CSV_LIMIT, csvText } from "./read-csv-file.ts";

/** What is imported, and how. */
export interface ImportSource {
  readonly csv: string;
  readonly createGroups: boolean;
}

interface ImportInputStepProps {
  readonly source: ImportSource;
  readonly onChange: (source: ImportSource) => void;
  readonly error: Error | null;
  readonly busy: boolean;
  readonly onCheck: () => void;
  readonly onClose: () => void;
}

const EXAMPLE = `name,displayName,email,role,groups,active
wang,王芳,wang@example.org,submitter,operators,true
li,Li Wei,li@example.org,maintainer,operators;dba,true
`;

/** The lines of a CSV file, chosen or pasted. */
export function ImportInputStep({ source, onChange, error, busy, onCheck, onClose }: ImportInputStepProps) {
  const { administration, general } = useText();
  const text = administration.accounts.import;
  const problems = useFieldProblems(error);
  const [note, setNote] = useState("");
  const atField = error instanceof ApiProblem && problems.at("csv") !== undefined;
  const read = async (file: File | null): Promise<void> => {
    if (file === null) return;
    if (file.size > CSV_LIMIT) {
      setNote(text.tooLarge);
      return;
    }
    const { text: csv, encoding } = csvText(new Uint8Array(await file.arrayBuffer()));
    setNote(text.readAs(file.name, encoding));
    onChange({ ...source, csv });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onCheck();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {error !== null && !atField && <ProblemAlert error={error} />}
        <Text>
          {text.about} {text.missing}
        </Text>
        <Text c="dimmed">{text.columns}</Text>
        <Group>
          <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void read(file)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconUpload size={16} />} data-autofocus>
                {text.choose}
              </Button>
            )}
          </FileButton>
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => saveText("accounts.csv", EXAMPLE, "text/csv")}
          >
            {text.example}
          </Anchor>
        </Group>
        <div role="status">{note !== "" && <Text>{note}</Text>}</div>
        <Textarea
          label={text.csv}
          classNames={{ input: classes.csv ?? "" }}
          placeholder={text.placeholder}
          spellCheck={false}
          rows={8}
          value={source.csv}
          onChange={(event) => onChange({ ...source, csv: event.currentTarget.value })}
          error={problems.at("csv")}
        />
        <Switch
          label={text.createGroups}
          checked={source.createGroups}
          onChange={(event) => onChange({ ...source, createGroups: event.currentTarget.checked })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {general.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={source.csv.trim() === ""}>
            {text.check}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
