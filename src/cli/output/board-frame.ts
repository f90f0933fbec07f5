import type { BoardState, Cell, Row } from "../../contract/board-state.ts";
import { explainWaiting } from "../../contract/words/explain.ts";
import type { Words } from "../locales/words.ts";
import { explainFailure } from "./explain.ts";
import type { Paint } from "./paint.ts";
import { formatSeconds } from "./summary-table.ts";
import { columns } from "./table.ts";

const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const BAR = 10;

/** One picture of the board: hosts down, steps across. `now` in milliseconds since the epoch, `rows` of the terminal. Pure. */
export function frame(board: BoardState, now: number, rows: number, words: Words, paint: Paint): string {
  const elapsed = formatSeconds(Math.max(0, now - board.startedAt) / 1000);
  const [mode = "", ...more] = board.title;
  const title = `${paint.bold([mode, ...more.slice(0, 1)].join(" "))}  ${paint.dim([...more.slice(1), elapsed].join(" · "))}`;
  const heading = ["", ...board.steps.map((kind) => words.output.steps[kind]), ""];
  const all = [...board.rows.values()];
  const shown = fit(all, Math.max(3, rows - 6));
  const hidden = all.length - shown.length;
  const table = columns([
    heading.map((text) => paint.dim(text)),
    ...shown.map((row) => cells(board, row, now, words, paint)),
  ]);
  const rest = hidden > 0 ? [paint.dim(`… +${hidden}`)] : [];
  return ["", title, "", ...table, ...rest, ""].join("\n");
}

/** As many rows as the terminal has room for: those at work first, then those still to come, in their own order. */
function fit(rows: readonly Row[], room: number): readonly Row[] {
  if (rows.length <= room) return rows;
  const rank = (row: Row): number =>
    row.failure || row.goesBack || row.summary?.failure ? 0 : isActive(row) ? 1 : row.summary ? 3 : 2;
  const chosen = new Set(rows.toSorted((a, b) => rank(a) - rank(b)).slice(0, room));
  return rows.filter((row) => chosen.has(row));
}

function isActive(row: Row): boolean {
  return [...row.cells.values()].some(({ state }) => state === "running");
}

function cells(board: BoardState, row: Row, now: number, words: Words, paint: Paint): readonly string[] {
  const spin = SPINNER[Math.floor(now / 100) % SPINNER.length] ?? "";
  const active = [...row.cells.values()].find(({ state }) => state === "running");
  return [
    row.host,
    ...board.steps.map((kind) => draw(row.cells.get(kind), spin, paint)),
    note(row, active, now, spin, words, paint),
  ];
}

function draw(cell: Cell | undefined, spin: string, paint: Paint): string {
  switch (cell?.state) {
    case "running":
      return cell.progress && cell.progress.total > 0 ? bar(cell.progress, paint) : paint.cyan(spin);
    case "ok":
      return paint.green("✓");
    case "changed":
      return paint.green("✔");
    case "skipped":
      return paint.dim("–");
    case "failed":
      return paint.red("✗");
    default:
      return paint.dim("·");
  }
}

function bar({ current, total }: { current: number; total: number }, paint: Paint): string {
  const full = Math.min(BAR, Math.round((current / total) * BAR));
  return `${paint.cyan("█".repeat(full))}${paint.dim("░".repeat(BAR - full))} ${megabytes(current)}/${megabytes(total)} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function note(row: Row, active: Cell | undefined, now: number, spin: string, words: Words, paint: Paint): string {
  if (row.summary) {
    const { verdict, seconds, now: version } = row.summary;
    const text = `${words.output.verdicts[verdict]}  ${formatSeconds(seconds)}  ${version ?? (row.summary.seen ? words.output.nothing : "?")}`;
    return verdict === "done" ? paint.green(text) : paint.red(text);
  }
  if (row.failure) return paint.red(explainFailure(words, row.failure).what);
  if (row.goesBack) return `${paint.cyan(spin)} ${paint.dim(words.output.rescueTask)}`;
  if (active) {
    const seconds = formatSeconds(Math.max(0, now - active.since) / 1000);
    return paint.dim(active.waiting ? `${seconds}  ${explainWaiting(words, active.waiting)}` : seconds);
  }
  const looking = row.waiting ? explainWaiting(words, row.waiting) : words.output.connect;
  return row.connected ? "" : `${paint.cyan(spin)} ${paint.dim(looking)}`;
}
