import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconArrowsSplit2 from "@tabler/icons-react/icons/IconArrowsSplit2";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconCopy from "@tabler/icons-react/icons/IconCopy";
import IconHeartBroken from "@tabler/icons-react/icons/IconHeartBroken";
import IconMapPinQuestion from "@tabler/icons-react/icons/IconMapPinQuestion";
import IconPlayerStop from "@tabler/icons-react/icons/IconPlayerStop";
import IconQuestionMark from "@tabler/icons-react/icons/IconQuestionMark";
import type { FleetCell, FleetMark } from "../../../contract/fleet.ts";
import type { Catalogue } from "../../locales/catalogue.ts";
import { useText } from "../../locales/language.tsx";
import classes from "./fleet.module.css";

const LOOKS: Record<FleetMark, { readonly tone: "bad" | "doubtful"; readonly Icon: typeof IconCheck }> = {
  nothing: { tone: "bad", Icon: IconPlayerStop },
  unhealthy: { tone: "bad", Icon: IconHeartBroken },
  differs: { tone: "doubtful", Icon: IconArrowsSplit2 },
  released: { tone: "doubtful", Icon: IconAlertTriangle },
  several: { tone: "doubtful", Icon: IconCopy },
  stray: { tone: "doubtful", Icon: IconMapPinQuestion },
};

/** What is wrong, each by colour, icon and word; where there is little room, the first of it. */
export function CellMarks({ cell, short = false }: { readonly cell: FleetCell; readonly short?: boolean }) {
  const text = useText().fleet;
  const shown = short ? cell.marks.slice(0, 1) : cell.marks;
  if (cell.state === "unknown") {
    return (
      <span className={classes.mark}>
        <IconQuestionMark size={13} aria-hidden />
        {text.unknown}
      </span>
    );
  }
  if (cell.marks.length === 0 && !short) {
    return (
      <span className={classes.mark} data-tone="good">
        <IconCheck size={13} aria-hidden />
        {text.alike}
      </span>
    );
  }
  return (
    <>
      {shown.map((mark) => {
        const { tone, Icon } = LOOKS[mark];
        return (
          <span
            key={mark}
            className={classes.mark}
            data-tone={tone}
            title={short ? undefined : hintOf(mark, cell, text)}
          >
            <Icon size={13} aria-hidden />
            {text.marks[mark]}
          </span>
        );
      })}
      {short && cell.marks.length > 1 && <span className={classes.dimmed}>{text.more(cell.marks.length - 1)}</span>}
    </>
  );
}

/** What a mark means, and by what it was made out. */
export function hintOf(mark: FleetMark, { expected }: FleetCell, text: Catalogue["fleet"]): string {
  const hint = text.markHints[mark];
  return mark === "released" && expected !== null ? `${hint} ${text.expected(expected)}` : hint;
}

/** How bad the worst of it is. */
export function toneOf({ marks, state }: FleetCell): "bad" | "doubtful" | "unknown" | undefined {
  if (state === "unknown") return "unknown";
  if (marks.length === 0) return undefined;
  return marks.some((mark) => LOOKS[mark].tone === "bad") ? "bad" : "doubtful";
}
