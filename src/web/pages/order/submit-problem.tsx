import { Alert, Button } from "@mantine/core";
import { ApiProblem } from "../../api/problem.ts";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";
import { FrozenNotice } from "./frozen-notice.tsx";

interface SubmitProblemProps {
  readonly error: Error | null;
  readonly schedulable: boolean;
  /** Whether the form itself says that nothing is begun now. */
  readonly frozen: boolean;
  readonly editing: boolean;
  readonly onReload: () => void;
}

/** Why a form was not taken; where its order or request was changed meanwhile, the way to look at it again. */
export function SubmitProblem({ error, schedulable, frozen, editing, onReload }: SubmitProblemProps) {
  const text = useText().order;
  if (error === null) return null;
  if (error instanceof ApiProblem && error.problem.freeze !== undefined)
    return frozen ? null : <FrozenNotice freeze={error.problem.freeze} schedulable={schedulable} />;
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
