import { Alert } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import { ApiProblem } from "../../../api/problem.ts";
import { fieldMessage } from "../../../components/field-problems.ts";
import { ProblemAlert } from "../../../components/problem-alert.tsx";
import { useText } from "../../../locales/language.tsx";
import classes from "../configuration.module.css";

/** Why it could not be tried: for want of something in the form, each named, or anything else. */
export function VerifyProblem({ error }: { readonly error: Error }) {
  const text = useText();
  const fields = error instanceof ApiProblem ? error.fields : [];
  if (fields.length === 0) return <ProblemAlert error={error} />;
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={text.problems.seeFields(fields.length)}>
      <ul className={classes.list}>
        {fields.map((problem) => (
          <li key={`${problem.field} ${problem.rule}`}>
            <code>{problem.field.replace(/^(body\.)?(data\.)?/u, "")}</code>: {fieldMessage(problem, text)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
