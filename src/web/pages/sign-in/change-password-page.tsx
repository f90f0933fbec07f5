import { Alert, Button, PasswordInput, Stack } from "@mantine/core";
import IconKey from "@tabler/icons-react/icons/IconKey";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { returnAddress } from "../../../domain/return-address.ts";
import { useApi, useChange } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { sessionQuery } from "../../api/session.ts";
import { useFieldProblems } from "../../components/field-problems.ts";
import { textIn } from "../../components/text-in.ts";
import { Link, useGo } from "../../components/link.tsx";
import { showNotice } from "../../components/notices.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";
import { Door } from "./door.tsx";

/** A new password, by will or because a one-time password has to be replaced. */
export function ChangePasswordPage() {
  const text = useText();
  const words = text.signIn.change;
  const { return: back } = useSearch({ from: "/change-password" });
  const go = useGo();
  const client = useQueryClient();
  const { call } = useApi();
  const oneTime = useQuery(sessionQuery(call)).data?.account.mustChangePassword === true;
  const change = useChange("PUT /session/password");
  const [differs, setDiffers] = useState(false);
  const wrong = change.error instanceof ApiProblem ? change.error.fields : [];
  const fields = useFieldProblems(change.error);

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [current, next] = [textIn(data, "current"), textIn(data, "next")];
    const same = next === textIn(data, "again");
    setDiffers(!same);
    if (!same) return;
    change.mutate(
      { body: { current, next } },
      {
        onSuccess: (session) => {
          client.setQueryData(["GET /session"], session);
          showNotice({ message: words.done, tone: "good" });
          go(returnAddress(back), { replace: true });
        },
      },
    );
  };

  const said = (field: string): string | undefined => {
    const rule = wrong.find((problem) => problem.field.endsWith(field))?.rule;
    if (rule === "wrong-password") return words.wrong;
    return rule === "same-password" ? words.same : fields.at(field);
  };

  return (
    <Door title={words.title}>
      <form onSubmit={submit}>
        <Stack>
          {oneTime && (
            <Alert icon={<IconKey />} color="blue">
              {words.oneTime}
            </Alert>
          )}
          {change.error !== null && wrong.length === 0 && <ProblemAlert error={change.error} />}
          <PasswordInput
            name="current"
            label={oneTime ? words.currentOneTime : words.current}
            required
            autoComplete="current-password"
            autoFocus
            error={said("current")}
          />
          <PasswordInput
            name="next"
            label={words.next}
            description={words.nextHelp}
            required
            minLength={10}
            autoComplete="new-password"
            error={said("next")}
          />
          <PasswordInput
            name="again"
            label={words.again}
            required
            autoComplete="new-password"
            error={differs ? words.differs : undefined}
          />
          <Button type="submit" loading={change.isPending} fullWidth>
            {words.submit}
          </Button>
          {!oneTime && (
            <Button component={Link} href={returnAddress(back)} variant="subtle" color="gray" fullWidth>
              {text.general.cancel}
            </Button>
          )}
        </Stack>
      </form>
    </Door>
  );
}
