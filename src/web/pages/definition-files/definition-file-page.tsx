import { Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import IconDownload from "@tabler/icons-react/icons/IconDownload";
import IconFile from "@tabler/icons-react/icons/IconFile";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/api.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Page } from "../../components/page.tsx";
import { Part } from "../../components/part.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { ImportResult } from "./import-result.tsx";
import classes from "./definition-files.module.css";

/** Definitions out of the console as a file, and into it. */
export function DefinitionFilePage() {
  const { definitionFiles: text, configuration } = useText();
  return (
    <Page title={text.title} breadcrumb={[{ label: configuration.title, href: paths.configuration() }]}>
      <div className={classes.page}>
        <Text maw={720}>{text.about}</Text>
        <Part
          title={text.export}
          help={text.exportHelp}
          action={
            <Button
              component="a"
              href="/api/v1/definition-file"
              download
              size="xs"
              variant="default"
              leftSection={<IconDownload size={16} />}
            >
              {text.export}
            </Button>
          }
        />
        <Import />
      </div>
    </Page>
  );
}

function Import() {
  const text = useText().definitionFiles;
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const change = useChange("POST /definition-file");
  const report = change.data;
  /** What is shown belongs to what is typed. */
  const looked = report !== undefined && change.variables?.body.text === typed;
  /** Whether what is under way is a dry run. */
  const pending = change.isPending ? change.variables?.body.dryRun : undefined;
  const changes = report?.items.filter(({ outcome }) => outcome !== "unchanged").length ?? 0;
  const send = (dryRun: boolean): void =>
    change.mutate(
      { body: { text: typed, dryRun } },
      {
        onSuccess: ({ applied }) => {
          if (!applied) return;
          showNotice({ message: text.applied(changes), tone: "good" });
          void client.invalidateQueries();
        },
      },
    );
  return (
    <Part title={text.import} help={text.importHelp}>
      <Stack gap="sm">
        <Textarea
          label={text.text}
          classNames={{ input: classes.code ?? "" }}
          autosize
          minRows={8}
          maxRows={24}
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group>
          <FileButton accept=".yaml,.yml,.json" onChange={(file) => void file?.text().then(setTyped)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFile size={16} />}>
                {text.choose}
              </Button>
            )}
          </FileButton>
          <Button
            variant={looked ? "default" : "filled"}
            disabled={typed.trim() === ""}
            loading={pending === true}
            onClick={() => send(true)}
          >
            {text.dryRun}
          </Button>
          {looked && !report.applied && report.problems.length === 0 && changes > 0 && (
            <Button loading={pending === false} onClick={() => send(false)}>
              {text.apply(changes)}
            </Button>
          )}
        </Group>
        <div aria-live="polite">
          {change.error !== null && <ProblemAlert error={change.error} />}
          {looked && <ImportResult report={report} />}
        </div>
      </Stack>
    </Part>
  );
}
