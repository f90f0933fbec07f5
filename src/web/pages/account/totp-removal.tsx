import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { invalidate, useChange } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { useAccount } from "../../api/session.ts";
import { showNotice } from "../../components/notices.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";

/** Removes the own authenticator: with the password, or with a code where the password is kept elsewhere. */
export function TotpRemoval({ onClose }: { readonly onClose: () => void }) {
  const { account, general } = useText();
  const text = account.totp;
  const { method } = useAccount();
  const client = useQueryClient();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const remove = useChange("DELETE /session/totp");
  const wrong = remove.error instanceof ApiProblem && remove.error.fields.length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    remove.mutate(
      { body: method === null ? { password: typed } : { code: typed } },
      {
        onSuccess: () => {
          // Whose role needs one is led to set up another.
          void invalidate(client, ["GET /session"]).then(() => router.invalidate());
          showNotice({ message: text.removed, tone: "good" });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={text.removeTitle} closeButtonProps={{ "aria-label": general.close }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{text.removeText}</Text>
          {remove.error !== null && !wrong && <ProblemAlert error={remove.error} />}
          {method === null ? (
            <PasswordInput
              data-autofocus
              label={text.password}
              required
              autoComplete="current-password"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={wrong ? text.wrongPassword : undefined}
            />
          ) : (
            <TextInput
              data-autofocus
              label={text.code}
              required
              autoComplete="one-time-code"
              inputMode="numeric"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={wrong ? text.wrongCode : undefined}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {general.cancel}
            </Button>
            <Button type="submit" color="red" loading={remove.isPending} disabled={typed === ""}>
              {text.remove}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
