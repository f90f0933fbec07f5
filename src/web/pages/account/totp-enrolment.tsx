import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import type { TotpEnrolment as Enrolment } from "../../../contract/accounts.ts";
import { invalidate, useChange } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { useAccount } from "../../api/session.ts";
import { CopyText } from "../../components/copy-text.tsx";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { ShownOnce } from "../../components/shown-once.tsx";
import { useText } from "../../locales/language.tsx";
import classes from "./account.module.css";

interface TotpEnrolmentProps {
  /** Everything is done, recovery codes included. */
  readonly onDone: () => void;
  /** Absent: it cannot be put off. */
  readonly onCancel?: () => void;
}

/** Sets an authenticator up: picture and secret, a code to confirm it, then the recovery codes. */
export function TotpEnrolment({ onDone, onCancel }: TotpEnrolmentProps) {
  const begin = useChange("POST /session/totp");
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { mutate } = begin;
  useEffect(() => mutate({}), [mutate]);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (begin.error !== null) return <ProblemAlert error={begin.error} retry={() => begin.mutate({})} />;
  if (begin.data === undefined) return <Loading rows={4} />;
  return <Confirmation enrolment={begin.data} onConfirmed={setCodes} onCancel={onCancel} />;
}

interface ConfirmationProps {
  readonly enrolment: Enrolment;
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void;
  readonly onCancel: (() => void) | undefined;
}

function Confirmation({ enrolment, onConfirmed, onCancel }: ConfirmationProps) {
  const { account, general } = useText();
  const text = account.totp;
  const client = useQueryClient();
  const [code, setCode] = useState("");
  const confirm = useChange("PUT /session/totp");
  const wrong = confirm.error instanceof ApiProblem && confirm.error.fields.length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate(
      { body: { code: code.replaceAll(" ", "") } },
      {
        onSuccess: ({ recoveryCodes, session }) => {
          // Whoever had to set it up stays here until the recovery codes are kept.
          onConfirmed(recoveryCodes);
          client.setQueryData(["GET /session"], session);
          void invalidate(client, ["GET /sessions"]);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.enrol}>
        <QrCode {...enrolment.qr} />
        <ol className={`${classes.steps} ${classes.enrolText}`}>
          <li>
            <p className={classes.step}>{text.step1}</p>
            <Text c="dimmed">{text.typed}</Text>
            <Group gap={4} wrap="nowrap">
              <code className={classes.secret}>{inFours(enrolment.secret)}</code>
              <CopyText value={enrolment.secret} what={text.secret} />
            </Group>
          </li>
          <li>
            <p className={classes.step}>{text.step2}</p>
            <Stack gap="sm">
              <TextInput
                className={classes.codeInput}
                aria-label={text.code}
                description={text.codeHelp}
                required
                autoComplete="one-time-code"
                inputMode="numeric"
                maxLength={7}
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                error={wrong ? text.wrongCode : undefined}
              />
              {confirm.error !== null && !wrong && <ProblemAlert error={confirm.error} />}
              <Group>
                <Button type="submit" loading={confirm.isPending} disabled={code.trim() === ""}>
                  {text.confirm}
                </Button>
                {onCancel !== undefined && (
                  <Button variant="default" onClick={onCancel}>
                    {general.cancel}
                  </Button>
                )}
              </Group>
            </Stack>
          </li>
        </ol>
      </div>
    </form>
  );
}

/** A QR code: dark signs on a light ground in either colour scheme. */
function QrCode({ size, path }: Enrolment["qr"]) {
  const text = useText().account.totp;
  return (
    <svg className={classes.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={text.qr}>
      <path d={path} fill="currentColor" />
    </svg>
  );
}

/** Groups of four can be typed without losing one's place. */
function inFours(secret: string): string {
  return secret.replaceAll(/.{4}(?=.)/gu, "$& ");
}

function RecoveryCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  const text = useText().account.totp;
  const { name } = useAccount();
  const lines = codes.join("\n");
  return (
    <Stack>
      <Text fw={600}>{text.recovery}</Text>
      <ShownOnce
        what={text.recovery}
        value={lines}
        columns
        file={{ name: `gantry-${name}-recovery-codes.txt`, text: `${lines}\n` }}
      >
        {text.recoveryHelp}
      </ShownOnce>
      <Group>
        <Button onClick={onDone}>{text.goOn}</Button>
      </Group>
    </Stack>
  );
}
