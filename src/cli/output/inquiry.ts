import { isUnreachable, type Failure } from "../../engine/errors.ts";
import type { RunEvent } from "../../engine/events.ts";
import type { Words } from "../locales/words.ts";
import { explainFailure } from "./explain.ts";
import type { Paint } from "./paint.ts";
import type { Renderer, Write } from "./renderer.ts";

/** The guide's look of an inquiry: `host | CHANGED | rc=0 >>` and docker's own table, as `ansible -m shell` prints. */
export function inquiryRenderer(write: Write, paint: Paint, words: Words): Renderer {
  const fatal = (host: string, failure: Failure): void => {
    const { what, todo } = explainFailure(words, failure);
    if (isUnreachable(failure)) {
      const body = JSON.stringify({ changed: false, msg: what, todo, unreachable: true }, null, 4);
      write(paint.red(`${host} | UNREACHABLE! => ${body}`) + "\n");
    } else {
      write(paint.red(`${host} | FAILED | rc=1 >>\n${what}\n${todo}`) + "\n");
    }
  };
  return {
    event(event: RunEvent): void {
      if (event.type === "step-finished") {
        write(paint.yellow(`${event.host} | CHANGED | rc=0 >>`) + `\n${String(event.result["table"])}\n`);
      } else if (event.type === "host-unreachable" || event.type === "host-refused") fatal(event.host, event.failure);
      else if (event.type === "step-failed") fatal(event.host, event.why.failure);
    },
    close: () => {},
  };
}
