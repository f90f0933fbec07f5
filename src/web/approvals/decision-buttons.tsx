import { Button } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconHandStop from "@tabler/icons-react/icons/IconHandStop";
import { useText } from "../locales/language.tsx";
import classes from "./approvals.module.css";
import type { Decision, Subject } from "./decision.ts";

interface DecisionButtonsProps {
  readonly subject: Subject;
  /** Not where its submitter has to renew it first. */
  readonly approvable?: boolean;
  readonly onAsk: (decision: Decision, subject: Subject) => void;
}

/** Reject and approve, far apart and high enough for a thumb; both ask once more, naming the request. */
export function DecisionButtons({ subject, approvable = true, onAsk }: DecisionButtonsProps) {
  const text = useText().approvals;
  const of = `#${subject.id} ${subject.order.name}`;
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        className={classes.button}
        leftSection={<IconHandStop size={18} aria-hidden />}
        aria-label={`${text.reject} ${of}`}
        onClick={() => onAsk("reject", subject)}
      >
        {text.reject}
      </Button>
      <Button
        className={classes.button}
        leftSection={<IconCheck size={18} aria-hidden />}
        aria-label={`${text.approve} ${of}`}
        disabled={!approvable}
        onClick={() => onAsk("approve", subject)}
      >
        {text.approve}
      </Button>
    </div>
  );
}
