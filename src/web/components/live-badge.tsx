import { Tooltip } from "@mantine/core";
import IconPlugConnected from "@tabler/icons-react/icons/IconPlugConnected";
import IconPlugConnectedX from "@tabler/icons-react/icons/IconPlugConnectedX";
import { useLiveState } from "../api/api.tsx";
import { useText } from "../locales/language.tsx";
import classes from "./components.module.css";

/** Whether what is shown is live. */
export function LiveBadge() {
  const state = useLiveState();
  const { live } = useText().frame;
  const badge = (
    <span
      role="status"
      className={classes.badge}
      data-tone={state === "live" ? "good" : state === "stale" ? "doubtful" : "quiet"}
    >
      {state === "live" ? <IconPlugConnected size={14} aria-hidden /> : <IconPlugConnectedX size={14} aria-hidden />}
      {live[state]}
    </span>
  );
  return state === "stale" ? <Tooltip label={live.staleHint}>{badge}</Tooltip> : badge;
}
