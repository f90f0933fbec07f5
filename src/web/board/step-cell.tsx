import { Loader, VisuallyHidden } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconMinus from "@tabler/icons-react/icons/IconMinus";
import IconX from "@tabler/icons-react/icons/IconX";
import { type Cell, cellElapsed, type CellState } from "../../contract/board-state.ts";
import { bytes, duration } from "../locales/format.ts";
import { useText } from "../locales/language.tsx";
import classes from "./board.module.css";

const ICONS = {
  pending: () => <span className={classes.pending}>·</span>,
  running: () => <Loader size={12} />,
  ok: () => <IconCheck size={14} />,
  changed: () => <IconCheck size={14} stroke={3} />,
  skipped: () => <IconMinus size={14} />,
  failed: () => <IconX size={14} stroke={3} />,
} as const satisfies Record<CellState, () => unknown>;

/** One step on one host: a sign, its word for those who do not see it, and how long it took or takes. */
export function StepCell({ cell, now }: { readonly cell: Cell | undefined; readonly now: number }) {
  const text = useText().board;
  const state = cell?.state ?? "pending";
  const seconds = cell === undefined ? 0 : cellElapsed(cell, now) / 1000;
  const shown = state === "running" || seconds >= 1;
  const word = text.cells[state];
  return (
    <span className={classes.cell} data-state={state} title={word}>
      <span aria-hidden className={classes.sign}>
        {ICONS[state]()}
      </span>
      <VisuallyHidden>{shown ? text.cellTime(word, duration(seconds)) : word}</VisuallyHidden>
      {shown && state !== "skipped" && (
        <span aria-hidden className={classes.time}>
          {duration(seconds)}
        </span>
      )}
      {cell?.progress !== undefined && state === "running" && <Progress {...cell.progress} />}
    </span>
  );
}

/** How much of an image is there. */
function Progress({ current, total }: { readonly current: number; readonly total: number }) {
  const text = useText().board;
  if (total <= 0) return null;
  const percent = Math.min(100, Math.floor((current / total) * 100));
  const part = `${bytes(current)} / ${bytes(total)}`;
  return (
    <span
      className={classes.bar}
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text.pulled(percent, part)}
      title={part}
    >
      <span className={classes.filled} style={{ width: `${percent}%` }} />
    </span>
  );
}
