import { createLogUpdate } from "log-update";
import type { RunEvent } from "../../engine/events.ts";
import type { Words } from "../locales/words.ts";
import { frame } from "./board-frame.ts";
import { applyEvent, emptyBoard } from "./board-state.ts";
import { explainFailure } from "./explain.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import type { Renderer } from "./renderer.ts";
import { summaryTable } from "./summary-table.ts";
import { whyText } from "./why-text.ts";

const FRAME_MS = 100;

/** The live board of a terminal. When the run ends it stays as the last picture, with failures and the table below. */
export function boardRenderer(terminal: NodeJS.WriteStream, paint: Paint, words: Words): Renderer {
  const board = emptyBoard();
  const update = createLogUpdate(terminal);
  const size = (): { columns: number; rows: number } => ({ columns: terminal.columns, rows: terminal.rows });
  const draw = (): void => update(frame(board, Date.now(), size(), words, paint));
  const timer = setInterval(draw, FRAME_MS);
  timer.unref();
  return {
    event(event: RunEvent): void {
      applyEvent(board, event);
      if (event.type === "run-stopped" && event.left.length > 0) {
        draw();
        update.done();
        terminal.write(`${paint.red(words.output.stopped[event.because](event.left))}\n`);
      }
      if (event.type === "hook-finished") {
        const mark = event.exitCode === 0 ? paint.green("✓") : paint.red("✗");
        const output = event.output === "" ? "" : `\n${printable(event.output).replaceAll(/^/gm, "  │ ")}`;
        draw();
        update.done();
        terminal.write(`${mark} ${words.output.hookTask(event.hook)}  ${event.command.join(" ")}${output}\n`);
      }
      if (event.type !== "run-finished") return;
      clearInterval(timer);
      draw();
      update.done();
      for (const { host, why } of board.whys)
        terminal.write(`${whyText(host, why, explainFailure(words, why.failure), words, paint)}\n`);
      for (const { host, restored, retired } of board.rescues)
        terminal.write(`${words.output.rescued(host, restored, retired)}\n`);
      terminal.write(`\n${summaryTable(event.hosts, words, paint)}\n`);
    },
    close(): void {
      clearInterval(timer);
      update.done();
    },
  };
}
