import { Text } from "@mantine/core";
import type { Account } from "../../../contract/accounts.ts";
import { useAnswer, useChange } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Part } from "../../components/part.tsx";
import { useText } from "../../locales/language.tsx";
import { TokenTable } from "../account/token-table.tsx";

/** The API tokens of an account, to be revoked where they should not be. */
export function AccountTokens({ account }: { readonly account: Account }) {
  const { account: own, administration } = useText();
  const text = administration.accounts;
  const tokens = useAnswer("GET /accounts/:id/tokens", { params: { id: account.id } });
  const revoke = useChange("DELETE /accounts/:id/tokens/:token", ["GET /accounts/:id/tokens", "GET /tokens"]);
  return (
    <Part title={own.tokens.title} help={text.tokensHelp}>
      <Answer of={tokens} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Text>{text.noTokens}</Text>
          ) : (
            <TokenTable
              tokens={items}
              revoking={{
                isPending: revoke.isPending,
                error: revoke.error,
                mutate: ({ id, name }, done) =>
                  revoke.mutate(
                    { params: { id: account.id, token: id } },
                    {
                      onSuccess: () => {
                        showNotice({ message: own.tokens.revokedNotice(name), tone: "good" });
                        done();
                      },
                    },
                  ),
              }}
            />
          )
        }
      </Answer>
    </Part>
  );
}
