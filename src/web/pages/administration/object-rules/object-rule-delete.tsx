import { Text } from "@mantine/core";
import type { ObjectRuleItem } from "../../../../contract/people.ts";
import { useChange } from "../../../api/api.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { showNotice } from "../../../components/notices.tsx";
import { useText } from "../../../locales/language.tsx";
import { ruleSentence } from "./rule-words.ts";

interface ObjectRuleDeleteProps {
  readonly rule: ObjectRuleItem;
  readonly onClose: () => void;
}

/** Asks before what a rule allows is taken back. */
export function ObjectRuleDelete({ rule, onClose }: ObjectRuleDeleteProps) {
  const catalogue = useText();
  const text = catalogue.roles.rules;
  const remove = useChange("DELETE /object-rules/:id", ["GET /object-rules", "GET /session"]);
  return (
    <Confirm
      opened
      title={text.removeTitle}
      action={text.removeAction}
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { id: rule.id } },
          {
            onSuccess: () => {
              showNotice({ message: text.removed, tone: "good" });
              onClose();
            },
          },
        )
      }
    >
      <Text fw={600} mb="xs">
        {ruleSentence(rule, catalogue)}
      </Text>
      <Text>{text.removeText}</Text>
    </Confirm>
  );
}
