import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconArrowBackUp from "@tabler/icons-react/icons/IconArrowBackUp";
import IconBan from "@tabler/icons-react/icons/IconBan";
import IconCalendarClock from "@tabler/icons-react/icons/IconCalendarClock";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconCircleCheck from "@tabler/icons-react/icons/IconCircleCheck";
import IconClockOff from "@tabler/icons-react/icons/IconClockOff";
import IconHandStop from "@tabler/icons-react/icons/IconHandStop";
import IconHourglass from "@tabler/icons-react/icons/IconHourglass";
import IconPlayerPlay from "@tabler/icons-react/icons/IconPlayerPlay";
import IconPlayerStop from "@tabler/icons-react/icons/IconPlayerStop";
import IconPlugConnectedX from "@tabler/icons-react/icons/IconPlugConnectedX";
import IconQuestionMark from "@tabler/icons-react/icons/IconQuestionMark";
import IconStack2 from "@tabler/icons-react/icons/IconStack2";
import IconX from "@tabler/icons-react/icons/IconX";
import type { RequestState, RunState } from "../../contract/states.ts";
import { useText } from "../locales/language.tsx";
import classes from "./components.module.css";

type State = RequestState | RunState;
type Tone = "quiet" | "waiting" | "running" | "good" | "bad" | "doubtful";

const LOOKS: Record<State, { readonly tone: Tone; readonly Icon: typeof IconCheck }> = {
  waiting: { tone: "waiting", Icon: IconHourglass },
  approved: { tone: "waiting", Icon: IconCircleCheck },
  scheduled: { tone: "waiting", Icon: IconCalendarClock },
  queued: { tone: "waiting", Icon: IconStack2 },
  starting: { tone: "running", Icon: IconPlayerPlay },
  running: { tone: "running", Icon: IconPlayerPlay },
  unreachable: { tone: "doubtful", Icon: IconPlugConnectedX },
  succeeded: { tone: "good", Icon: IconCheck },
  failed: { tone: "bad", Icon: IconX },
  stopped: { tone: "doubtful", Icon: IconPlayerStop },
  lost: { tone: "bad", Icon: IconQuestionMark },
  rejected: { tone: "bad", Icon: IconHandStop },
  revoked: { tone: "quiet", Icon: IconArrowBackUp },
  expired: { tone: "quiet", Icon: IconClockOff },
  refused: { tone: "bad", Icon: IconBan },
};

/** The state of a request or run: colour, icon and word. */
export function StateBadge({ state }: { readonly state: State }) {
  const text = useText();
  // A newer server may know states that this page does not.
  const { tone, Icon } = LOOKS[state] ?? { tone: "quiet", Icon: IconAlertTriangle };
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={14} aria-hidden />
      {text.states[state] ?? state}
    </span>
  );
}
