import { VisuallyHidden } from "@mantine/core";
import { useAnswer } from "../api/api.tsx";
import { useIntervalWhileNotLive } from "../api/while-not-live.ts";
import { useText } from "../locales/language.tsx";
import classes from "./frame.module.css";

/** How many requests wait for the vote of whoever is signed in; nothing where none does. */
export function ApprovalCount() {
  const text = useText().frame;
  const { data } = useAnswer("GET /approvals/count", {}, { refetchInterval: useIntervalWhileNotLive() });
  if (data === undefined || data.count === 0) return null;
  return (
    <span className={classes.waiting}>
      <span aria-hidden>{data.count > 99 ? "99+" : data.count}</span>
      <VisuallyHidden>{text.waiting(data.count)}</VisuallyHidden>
    </span>
  );
}
