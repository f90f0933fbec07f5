import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { Account } from "../../../contract/accounts.ts";
import { useChange } from "../../api/api.tsx";
import { Confirm } from "../../components/confirm.tsx";
import { Mark } from "../../components/mark.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Part } from "../../components/part.tsx";
import { useText } from "../../locales/language.tsx";

/** The authenticator of an account, to be removed when it is lost. */
export function AccountTotp({ account }: { readonly account: Account }) {
  const { account: own, administration } = useText();
  const text = administration.accounts.totp;
  const remove = useChange("DELETE /accounts/:id/totp", ["GET /accounts", "GET /session"]);
  const [asking, setAsking] = useState(false);
  return (
    <Part
      title={own.totp.title}
      mark={<Mark tone={account.totp ? "good" : "quiet"}>{account.totp ? own.totp.on : own.totp.off}</Mark>}
      help={account.totp ? text.onHelp : text.offHelp}
      action={
        account.totp && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {text.remove}
          </Button>
        )
      }
    >
      <Confirm
        opened={asking}
        title={text.removeTitle(account.name)}
        action={text.remove}
        busy={remove.isPending}
        error={remove.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          remove.mutate(
            { params: { id: account.id } },
            {
              onSuccess: () => {
                showNotice({ message: text.removed(account.name), tone: "good" });
                setAsking(false);
              },
            },
          )
        }
      >
        <Text>{text.removeText}</Text>
      </Confirm>
    </Part>
  );
}
