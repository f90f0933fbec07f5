import { Alert, Button, Code, Group, Stack, Text } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import type { Problem } from "../../contract/problem.ts";
import { ApiProblem } from "../api/problem.ts";
import type { Catalogue } from "../locales/catalogue.ts";
import { useText } from "../locales/language.tsx";
import { CopyText } from "./copy-text.tsx";

/** What went wrong, in words: title, and why or what to do. */
export function problemWords(error: Error, text: Catalogue): { title: string; detail: string | undefined } {
  if (!(error instanceof ApiProblem)) return { title: text.problems.broken.title, detail: error.message };
  const { problem } = error;
  if (problem.type === "network") return { title: text.problems.network.title, detail: text.problems.network.text };
  if (problem.type === "timeout") return { title: text.problems.timeout.title, detail: text.problems.timeout.text };
  if (problem.type === "http") return { title: text.problems.http(problem.status), detail: problem.detail };
  const title = text.problems.types[problem.type];
  return title === undefined || problem.detail === undefined
    ? { title: title ?? problem.title, detail: problem.detail }
    : { title, detail: detailOf(problem, text) };
}

/** The server's explanation, unless it only repeats in one language what the page says in another. */
function detailOf(problem: Problem, text: Catalogue): string | undefined {
  if (problem.type === "invalid") return text.problems.seeFields(problem.fields?.length ?? 1);
  return SAID_BY_TITLE.has(problem.type) ? undefined : problem.detail;
}

const SAID_BY_TITLE: ReadonlySet<string> = new Set([
  "not-found",
  "bug",
  "database-unavailable",
  "too-many-requests",
  "changed",
  "last-administrator",
  "totp-enrolled",
  "totp-not-begun",
  "no-totp",
  "self-approval",
  "distinct-people",
  "not-asked",
  "no-delegation",
  "already-voted",
]);

interface ProblemAlertProps {
  readonly error: Error;
  readonly retry?: () => void;
  /** What the button says; else "Try again". */
  readonly retryLabel?: string;
}

/** An error: what, why, what to do, and the request id to copy. */
export function ProblemAlert({ error, retry, retryLabel }: ProblemAlertProps) {
  const text = useText();
  const { title, detail } = problemWords(error, text);
  const id = error instanceof ApiProblem ? error.problem.instance : undefined;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={title}>
      <Stack gap="xs" align="flex-start">
        {detail !== undefined && <Text size="sm">{detail}</Text>}
        {id !== undefined && (
          <Group gap={4}>
            <Text size="xs" c="dimmed">
              {text.general.requestId}
            </Text>
            <Code>{id}</Code>
            <CopyText value={id} what={text.general.requestId} />
          </Group>
        )}
        {retry !== undefined && (
          <Button size="xs" variant="default" onClick={retry}>
            {retryLabel ?? text.general.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
