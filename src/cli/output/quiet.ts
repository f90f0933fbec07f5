import type { RunEvent, Why } from "../../engine/events.ts";
import type { Failure } from "../../engine/errors.ts";
import type { Words } from "../locales/words.ts";
import { explainFailure } from "./explain.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import type { Renderer, Write } from "./renderer.ts";
import { whyText } from "./why-text.ts";

/** `--quiet`: nothing but failures, each with what to do about it, and what became of the host. */
export function quietRenderer(write: Write, paint: Paint, words: Words): Renderer {
  const explain = (host: string, why: Why): void =>
    write(`${whyText(host, why, explainFailure(words, why.failure), words, paint)}\n`);
  const fail = (host: string, failure: Failure): void => explain(host, { failure, log: [], running: undefined });
  return {
    event(event: RunEvent): void {
      switch (event.type) {
        case "host-unreachable":
        case "host-refused":
        case "image-refused":
          fail(event.host, event.failure);
          break;
        case "step-failed":
          explain(event.host, event.why);
          break;
        case "host-rescue":
          if (event.failure) fail(event.host, event.failure);
          write(`${words.output.rescued(event.host, event.restored, event.retired, event.inService)}\n`);
          break;
        case "hook-finished":
          if (event.exitCode !== 0)
            write(`${paint.red("✗")} ${words.output.hookTask(event.hook)}\n${printable(event.output)}\n`);
          break;
        case "run-stopped":
          if (event.left.length > 0) write(`${words.output.stopped[event.because](event.left)}\n`);
          break;
        default:
          break;
      }
    },
    close: () => {},
  };
}
