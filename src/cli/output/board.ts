import { createLogUpdate } from "log-update";
import type { RunEvent } from "../../engine/events.ts";
import type { Words } from "../locales/words.ts";
import { frame } from "./board-frame.ts";
import { applyEvent, emptyBoard } from "../../contract/board-state.ts";
import { explainFailure } from "./explain.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import type { Renderer } from "./renderer.ts";
import { summaryTable } from "./summary-table.ts";
import { whyText } from "./why-text.ts";

const FRAME_MS = 100;
/** Where the terminal does not tell its height. */
const ROWS = 24;

/** The live board of a terminal. When the run ends it stays as the last picture, with failures and the table below. */
export function boardRenderer(terminal: NodeJS.WriteStream, paint: Paint, words: Words): Renderer {
  const board = emptyBoard();
  const update = createLogUpdate(terminal);
  const draw = (): void => update(frame(board, Date.now(), terminal.rows || ROWS, words, paint));
  const timer = setInterval(draw, FRAME_MS);
  timer.unref();
  let told = 0;
  /** Writes below the picture, which stays; the next picture is drawn under the text. */
  const below = (text: string): void => {
    update.clear();
    terminal.write(`${text}\n`);
  };
  /** Failures are explained as soon as they are known: going back may take its time. */
  const tellFailures = (): void => {
    for (; told < board.whys.length; told++) {
      const each = board.whys[told];
      if (each) below(whyText(each.host, each.why, explainFailure(words, each.why.failure), words, paint));
    }
  };
  return {
    event(event: RunEvent): void {
      applyEvent(board, event);
      tellFailures();
      switch (event.type) {
        case "host-rescue":
          below(words.output.rescued(event.host, event.restored, event.retired, event.inService));
          break;
        case "hook-finished": {
          const mark = event.exitCode === 0 ? paint.green("✓") : paint.red("✗");
          const output = event.output === "" ? "" : `\n${printable(event.output).replaceAll(/^/gm, "  │ ")}`;
          below(`${mark} ${words.output.hookTask(event.hook)}  ${event.command.join(" ")}${output}`);
          break;
        }
        case "run-stopped":
          if (event.left.length > 0) below(paint.red(words.output.stopped[event.because](event.left)));
          break;
        case "run-finished":
          clearInterval(timer);
          draw();
          update.done();
          terminal.write(`${summaryTable(event.hosts, words, paint)}\n`);
          break;
        default:
          break;
      }
    },
    close(): void {
      clearInterval(timer);
      update.done();
    },
  };
}
