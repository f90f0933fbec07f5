import { Alert, Button, Code, Group, Stack, Text } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { ApiProblem } from "../api/problem.ts";
import { CopyText } from "../components/copy-text.tsx";
import { Empty } from "../components/empty.tsx";
import { Page } from "../components/page.tsx";
import { ProblemAlert } from "../components/problem-alert.tsx";
import { useText } from "../locales/language.tsx";
import { NotFound } from "./not-found.tsx";

/** Thrown by a page that the account may not see. */
export class Forbidden extends Error {
  override readonly name = "Forbidden";
}

/** Stands in for a page that could not be shown. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const text = useText();
  if (error instanceof Forbidden) {
    return (
      <Page title={text.frame.forbidden.title}>
        <Empty title={text.frame.forbidden.title}>{text.frame.forbidden.text}</Empty>
      </Page>
    );
  }
  if (error instanceof ApiProblem) {
    if (error.status === 404) return <NotFound />;
    return (
      <Page title="">
        <ProblemAlert error={error} retry={reset} />
      </Page>
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  const report = error instanceof Error ? `${message}\n${error.stack ?? ""}` : message;
  return (
    <Page title="">
      <Alert role="alert" color="red" icon={<IconAlertTriangle />} title={text.problems.broken.title}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{text.problems.broken.text}</Text>
          <Group gap={4}>
            <Code>{message}</Code>
            <CopyText value={report} />
          </Group>
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            {text.problems.broken.reload}
          </Button>
        </Stack>
      </Alert>
    </Page>
  );
}
