import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useAnswer, useChange } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { Confirm } from "../../components/confirm.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Part } from "../../components/part.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";
import { SessionTable } from "./session-table.tsx";

/** Where one is signed in, and the way to end what should not be. */
export function SessionsPart() {
  const text = useText().account.sessions;
  const sessions = useAnswer("GET /sessions", {});
  const end = useChange("DELETE /sessions/:id", ["GET /sessions"]);
  const endOthers = useChange("DELETE /sessions", ["GET /sessions"]);
  const [asking, setAsking] = useState(false);
  const others = sessions.data?.items.filter(({ current }) => !current).length ?? 0;
  return (
    <Part
      title={text.title}
      help={text.help}
      action={
        others > 0 && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {text.endOthers}
          </Button>
        )
      }
    >
      {end.error !== null && <ProblemAlert error={end.error} />}
      <Answer of={sessions} rows={2}>
        {({ items }) => (
          <SessionTable
            sessions={items.toSorted((a, b) => Number(b.current) - Number(a.current))}
            ending={end.isPending ? Number(end.variables.params.id) : undefined}
            onEnd={({ id }) =>
              end.mutate({ params: { id } }, { onSuccess: () => showNotice({ message: text.ended, tone: "good" }) })
            }
          />
        )}
      </Answer>
      <Confirm
        opened={asking}
        title={text.endOthersTitle}
        action={text.endOthers}
        busy={endOthers.isPending}
        error={endOthers.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          endOthers.mutate(
            {},
            {
              onSuccess: () => {
                showNotice({ message: text.endedOthers, tone: "good" });
                setAsking(false);
              },
            },
          )
        }
      >
        <Text>{text.endOthersText}</Text>
      </Confirm>
    </Part>
  );
}
