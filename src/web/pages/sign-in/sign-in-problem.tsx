import { Alert } from "@mantine/core";
import IconInfoCircle from "@tabler/icons-react/icons/IconInfoCircle";
import IconLock from "@tabler/icons-react/icons/IconLock";
import { ApiProblem } from "../../api/problem.ts";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import type { Catalogue } from "../../locales/catalogue.ts";
import { useText } from "../../locales/language.tsx";

/** Why somebody was not signed in, by what the server says. */
export function SignInFailure({ error }: { readonly error: Error }) {
  const text = useText().signIn;
  const problem = error instanceof ApiProblem ? error.problem : undefined;
  if (problem?.type === "code-needed")
    return (
      <Alert role="status" color="blue" icon={<IconInfoCircle />}>
        {text.codeNeeded}
      </Alert>
    );
  if (problem?.type === "locked-out") {
    const minutes = problem.retryAfter === undefined ? undefined : Math.ceil(problem.retryAfter / 60);
    return <Refusal title={text.lockedOut}>{text.lockedOutText(minutes)}</Refusal>;
  }
  const words = problem === undefined ? undefined : wordsOf(problem.type, text);
  return words === undefined ? <ProblemAlert error={error} /> : <Refusal>{words}</Refusal>;
}

/** Why somebody comes back from a provider without being signed in; `word` is what the address says. */
export function ProviderProblem({ word }: { readonly word: string }) {
  const text = useText().signIn;
  return <Refusal>{problemWords(word, text) ?? text.problems.failed}</Refusal>;
}

function Refusal({ title, children }: { readonly title?: string; readonly children: string }) {
  return (
    <Alert role="alert" color="red" icon={<IconLock />} title={title}>
      {children}
    </Alert>
  );
}

function wordsOf(type: string, text: Catalogue["signIn"]): string | undefined {
  switch (type) {
    case "wrong-sign-in":
      return text.wrong;
    case "wrong-code":
      return text.wrongCode;
    case "method-unavailable":
      return text.unavailable;
    case "method-set-up":
      return text.problems["set-up"];
    default:
      return problemWords(type, text);
  }
}

function problemWords(word: string, { problems }: Catalogue["signIn"]): string | undefined {
  return Object.hasOwn(problems, word) ? problems[word as keyof typeof problems] : undefined;
}
