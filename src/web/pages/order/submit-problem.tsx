import { Alert, Button } from "@mantine/core";
import { ApiProblem } from "../../api/problem.ts";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";

interface SubmitProblemProps {
  readonly error: Error | null;
  readonly editing: boolean;
  readonly onReload: () => void;
}

/** Why a form was not taken; where its order or request was changed meanwhile, the way to look at it again. */
export function SubmitProblem({ error, editing, onReload }: SubmitProblemProps) {
  const text = useText().order;
  if (error === null) return null;
  if (error instanceof ApiProblem && error.status === 409 && error.problem.currentVersion !== undefined)
    return (
      <Alert role="alert" color="yellow" variant="light" title={editing ? text.edit.changed : text.changed}>
        <p>{text.changedText}</p>
        <Button size="xs" variant="default" onClick={onReload}>
          {text.reload}
        </Button>
      </Alert>
    );
  return <ProblemAlert error={error} />;
}
