import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import IconInfoCircle from "@tabler/icons-react/icons/IconInfoCircle";
import IconLock from "@tabler/icons-react/icons/IconLock";
import { useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type FormEvent, useRef } from "react";
import { returnAddress } from "../../../domain/return-address.ts";
import { useChange } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { beginSession } from "../../api/session.ts";
import { useGo } from "../../components/link.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { textIn } from "../../components/text-in.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { Door } from "./door.tsx";

/** Name and password; afterwards back to where one was, or first to a password of one's own. */
export function SignInPage() {
  const text = useText().signIn;
  const { return: back, ended } = useSearch({ from: "/sign-in" });
  const go = useGo();
  const client = useQueryClient();
  const signIn = useChange("POST /session");
  const password = useRef<HTMLInputElement>(null);

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const body = { name: textIn(data, "name"), password: textIn(data, "password") };
    signIn.mutate(
      { body },
      {
        onSuccess: (session) => {
          beginSession(client, session);
          const next = returnAddress(back);
          go(session.account.mustChangePassword ? paths.changePassword(next) : next, { replace: true });
        },
        onError: () => password.current?.select(),
      },
    );
  };

  return (
    <Door title={text.title}>
      <form onSubmit={submit}>
        <Stack>
          {signIn.error === null && ended !== undefined && (
            <Alert icon={<IconInfoCircle />} color="blue">
              {text.ended}
            </Alert>
          )}
          {signIn.error !== null && <SignInProblem error={signIn.error} />}
          <TextInput
            name="name"
            label={text.name}
            required
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
          <PasswordInput
            name="password"
            ref={password}
            label={text.password}
            required
            autoComplete="current-password"
          />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {text.submit}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

function SignInProblem({ error }: { readonly error: Error }) {
  const text = useText().signIn;
  const problem = error instanceof ApiProblem ? error.problem : undefined;
  if (problem?.type === "wrong-sign-in") {
    return (
      <Alert role="alert" color="red" icon={<IconLock />}>
        {text.wrong}
      </Alert>
    );
  }
  if (problem?.type === "locked-out") {
    const minutes = problem.retryAfter === undefined ? undefined : Math.ceil(problem.retryAfter / 60);
    return (
      <Alert role="alert" color="red" icon={<IconLock />} title={text.lockedOut}>
        {text.lockedOutText(minutes)}
      </Alert>
    );
  }
  return <ProblemAlert error={error} />;
}
