import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import IconInfoCircle from "@tabler/icons-react/icons/IconInfoCircle";
import { useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { returnAddress } from "../../../domain/return-address.ts";
import { useAnswer, useChange } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { beginSession } from "../../api/session.ts";
import { useGo } from "../../components/link.tsx";
import { textIn } from "../../components/text-in.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { Door } from "./door.tsx";
import { ProviderProblem, SignInFailure } from "./sign-in-problem.tsx";
import { PasswordWays, ProviderButtons, usePasswordWay } from "./ways.tsx";

/**
 * Name and password, an authenticator's code where one is asked for, or a provider; afterwards back to where one was,
 * or first to a password of one's own.
 */
export function SignInPage() {
  const text = useText().signIn;
  const { return: asked, ended, problem } = useSearch({ from: "/sign-in" });
  const back = returnAddress(asked);
  const go = useGo();
  const client = useQueryClient();
  const signIn = useChange("POST /session");
  const methods = useAnswer("GET /session/methods", {}, { staleTime: 60_000 }).data?.items ?? [];
  const directories = methods.filter(({ kind }) => kind === "ldap");
  const way = usePasswordWay(directories);
  const password = useRef<HTMLInputElement>(null);
  const [codeAsked, setCodeAsked] = useState(false);

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const code = textIn(data, "code");
    const body = {
      name: textIn(data, "name"),
      password: textIn(data, "password"),
      ...(code === "" ? {} : { code }),
      ...(way.method === undefined ? {} : { method: way.method }),
    };
    signIn.mutate(
      { body },
      {
        onSuccess: (session) => {
          beginSession(client, session);
          go(session.account.mustChangePassword ? paths.changePassword(back) : back, { replace: true });
        },
        onError: (error) => {
          const type = error instanceof ApiProblem ? error.problem.type : "";
          if (type === "code-needed" || type === "wrong-code") setCodeAsked(true);
          else password.current?.select();
        },
      },
    );
  };
  // Another name or password is another sign-in: whether it needs a code is not known yet.
  const changed = (): void => setCodeAsked(false);

  return (
    <Door title={text.title}>
      <form onSubmit={submit}>
        <Stack>
          {signIn.error === null && problem !== undefined && <ProviderProblem word={problem} />}
          {signIn.error === null && problem === undefined && ended !== undefined && (
            <Alert icon={<IconInfoCircle />} color="blue">
              {text.ended}
            </Alert>
          )}
          {signIn.error !== null && <SignInFailure error={signIn.error} />}
          <PasswordWays directories={directories} way={way} />
          <TextInput
            name="name"
            label={text.name}
            required
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            onChange={changed}
          />
          <PasswordInput
            name="password"
            ref={password}
            label={text.password}
            required
            autoComplete="current-password"
            onChange={changed}
          />
          {codeAsked && (
            <TextInput
              key={signIn.submittedAt}
              name="code"
              label={text.code}
              description={text.codeHelp}
              required
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
            />
          )}
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {text.submit}
          </Button>
        </Stack>
      </form>
      <ProviderButtons methods={methods.filter(({ kind }) => kind === "oidc")} back={back} />
    </Door>
  );
}
