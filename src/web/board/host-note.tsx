import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconArrowBackUp from "@tabler/icons-react/icons/IconArrowBackUp";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconMinus from "@tabler/icons-react/icons/IconMinus";
import IconX from "@tabler/icons-react/icons/IconX";
import { type BoardState, cellElapsed, remainingSeconds, type Row } from "../../contract/board-state.ts";
import { explainWaiting, failureMessage } from "../../contract/words/explain.ts";
import type { RunWords } from "../../contract/words/run-words.ts";
import { duration } from "../locales/format.ts";
import { useText } from "../locales/language.tsx";
import { visibleText } from "../logs/visible-text.ts";
import classes from "./board.module.css";
import { summaryOf } from "./board-order.ts";

const LOOKS = {
  done: { tone: "good", Icon: IconCheck },
  reverted: { tone: "doubtful", Icon: IconArrowBackUp },
  rescued: { tone: "doubtful", Icon: IconArrowBackUp },
  failed: { tone: "bad", Icon: IconX },
  unreachable: { tone: "bad", Icon: IconAlertTriangle },
  untouched: { tone: "quiet", Icon: IconMinus },
} as const;

interface HostNoteProps {
  readonly board: BoardState;
  readonly row: Row;
  readonly now: number;
  readonly words: RunWords;
}

/** How a host is: its verdict and version, what goes wrong, or what it waits for. */
export function HostNote({ board, row, now, words }: HostNoteProps) {
  const text = useText().board;
  const summary = summaryOf(board, row);
  if (summary !== undefined) {
    const { tone, Icon } = LOOKS[summary.verdict];
    return (
      <span className={classes.verdict}>
        <span className={classes.word} data-tone={tone}>
          <Icon size={14} aria-hidden />
          {words.output.verdicts[summary.verdict]}
        </span>
        {summary.seconds > 0 && <span className={classes.time}>{duration(summary.seconds)}</span>}
        <span className={classes.version}>{summary.now ?? (summary.seen ? text.runsNothing : text.notKnown)}</span>
      </span>
    );
  }
  if (row.failure !== undefined) {
    return (
      <span className={classes.word} data-tone="bad">
        <IconAlertTriangle size={14} aria-hidden />
        {visibleText(failureMessage(words, row.failure).what)}
      </span>
    );
  }
  if (row.goesBack) {
    return (
      <span className={classes.word} data-tone="doubtful">
        <IconArrowBackUp size={14} aria-hidden />
        {text.goesBack}
      </span>
    );
  }
  const active = [...row.cells.values()].find(({ state }) => state === "running");
  const waiting = active?.waiting ?? (row.connected ? undefined : row.waiting);
  const left = active === undefined ? undefined : remainingSeconds(active, board.checkTime, now);
  if (waiting === undefined) return row.connected ? null : <span className={classes.waits}>{text.notReached}</span>;
  return (
    <span className={classes.waits}>
      {active !== undefined && `${duration(cellElapsed(active, now) / 1000)} `}
      {visibleText(explainWaiting(words, waiting))}
      {left !== undefined && <span className={classes.left}>{text.left(left)}</span>}
    </span>
  );
}
