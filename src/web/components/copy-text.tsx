import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconCopy from "@tabler/icons-react/icons/IconCopy";
import { useText } from "../locales/language.tsx";

/** A small button that copies a text; `what` names it for those who do not see it. */
export function CopyText({ value, what }: { readonly value: string; readonly what?: string }) {
  const text = useText();
  return (
    <CopyButton value={value} timeout={2000}>
      {({ copied, copy }) => {
        const label = copied ? text.general.copied : text.general.copy;
        return (
          <Tooltip label={label}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              onClick={copy}
              aria-label={what === undefined ? label : `${label}: ${what}`}
            >
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </CopyButton>
  );
}
