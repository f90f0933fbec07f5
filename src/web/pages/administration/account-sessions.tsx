import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { Account } from "../../../contract/accounts.ts";
import { useAnswer, useChange } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { Confirm } from "../../components/confirm.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Part } from "../../components/part.tsx";
import { useText } from "../../locales/language.tsx";
import { SessionTable } from "../account/session-table.tsx";

/** Where an account is signed in; all of it can be ended, of one's own all but the present one. */
export function AccountSessions({ account }: { readonly account: Account }) {
  const { account: own, administration } = useText();
  const text = own.sessions;
  const params = { id: account.id };
  const sessions = useAnswer("GET /accounts/:id/sessions", { params });
  const end = useChange("DELETE /accounts/:id/sessions", ["GET /accounts/:id/sessions", "GET /sessions"]);
  const [asking, setAsking] = useState(false);
  const items = sessions.data?.items ?? [];
  const isSelf = items.some(({ current }) => current);
  const ends = items.filter(({ current }) => !current).length;
  return (
    <Part
      title={text.title}
      help={administration.accounts.sessionsHelp}
      action={
        ends > 0 && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {isSelf ? text.endOthers : text.endAll}
          </Button>
        )
      }
    >
      <Answer of={sessions} rows={2}>
        {(answer) => (answer.items.length === 0 ? <Text>{text.none}</Text> : <SessionTable sessions={answer.items} />)}
      </Answer>
      <Confirm
        opened={asking}
        title={isSelf ? text.endOthersTitle : text.endAllTitle(account.name)}
        action={isSelf ? text.endOthers : text.endAll}
        busy={end.isPending}
        error={end.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          end.mutate(
            { params },
            {
              onSuccess: () => {
                showNotice({ message: text.endedAll(account.name), tone: "good" });
                setAsking(false);
              },
            },
          )
        }
      >
        <Text>{isSelf ? text.endOthersText : text.endAllText}</Text>
      </Confirm>
    </Part>
  );
}
