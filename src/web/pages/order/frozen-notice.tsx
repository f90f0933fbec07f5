import { Alert, Textarea } from "@mantine/core";
import IconSnowflake from "@tabler/icons-react/icons/IconSnowflake";
import type { Freeze } from "../../../contract/freeze-window.ts";
import { useAllowed } from "../../api/session.ts";
import { absoluteMoment } from "../../locales/format.ts";
import { useLanguage } from "../../locales/language.tsx";
import { visibleLines } from "../../logs/visible-text.ts";
import classes from "./order.module.css";

interface FrozenNoticeProps {
  readonly freeze: Freeze;
  readonly schedulable: boolean;
  /** Why it shall run all the same; empty: it shall not. */
  readonly reason?: string;
  /** Absent: the glass cannot be broken here. */
  readonly onReason?: (reason: string) => void;
}

/** Why nothing is begun in the environment, and until when; a reason, for those who may break the glass. */
export function FrozenNotice({ freeze, schedulable, reason = "", onReason }: FrozenNoticeProps) {
  const { language, text } = useLanguage();
  const words = text.order.frozen;
  const mayBreak = useAllowed("break-glass");
  return (
    <Alert
      color="blue"
      variant="light"
      icon={<IconSnowflake />}
      title={words.title(freeze.name, absoluteMoment(new Date(freeze.until), language))}
    >
      <div className={classes.lines}>{visibleLines(freeze.reason)}</div>
      <p className={classes.frozenWay}>{schedulable ? words.orLater : words.wait}</p>
      {mayBreak && onReason !== undefined && (
        <Textarea
          label={words.breakGlass}
          description={words.breakGlassHint}
          value={reason}
          maxLength={2000}
          autosize
          minRows={1}
          maxRows={4}
          onChange={(event) => onReason(event.currentTarget.value)}
        />
      )}
    </Alert>
  );
}
