import { Anchor, Button, Text } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import { useState } from "react";
import { useAnswer, useChange } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Part } from "../../components/part.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { NewTokenDialog } from "./new-token-dialog.tsx";
import { TokenTable } from "./token-table.tsx";

/** The own API tokens. */
export function TokensPart() {
  const text = useText().account.tokens;
  const tokens = useAnswer("GET /tokens", {});
  const revoke = useChange("DELETE /tokens/:id", ["GET /tokens"]);
  const [making, setMaking] = useState(false);
  return (
    <Part
      title={text.title}
      help={
        <>
          {text.help}{" "}
          <Anchor href={paths.apiDocument()} target="_blank" underline="always">
            {text.docs}
          </Anchor>
        </>
      }
      action={
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
          {text.create}
        </Button>
      }
    >
      <Answer of={tokens} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Text>{text.none}</Text>
          ) : (
            <TokenTable
              tokens={items}
              revoking={{
                isPending: revoke.isPending,
                error: revoke.error,
                mutate: ({ id, name }, done) =>
                  revoke.mutate(
                    { params: { id } },
                    {
                      onSuccess: () => {
                        showNotice({ message: text.revokedNotice(name), tone: "good" });
                        done();
                      },
                    },
                  ),
              }}
            />
          )
        }
      </Answer>
      {making && <NewTokenDialog onClose={() => setMaking(false)} />}
    </Part>
  );
}
