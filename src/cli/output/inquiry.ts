import { isUnreachable, type Failure } from "../../engine/errors.ts";
import type { RunEvent } from "../../engine/events.ts";
import type { Words } from "../locales/words.ts";
import { explainFailure } from "./explain.ts";
import type { Paint } from "./paint.ts";
import type { Renderer, Write } from "./renderer.ts";

/** The guide's look of an inquiry: `host | CHANGED | rc=0 >>` and docker's own table, as `ansible -m shell` prints. */
export function inquiryRenderer(write: Write, paint: Paint, words: Words): Renderer {
  const fatal = (host: string, failure: Failure): string => {
    const { what, todo } = explainFailure(words, failure);
    if (isUnreachable(failure)) {
      const body = JSON.stringify({ changed: false, msg: what, todo, unreachable: true }, null, 4);
      return `${paint.red(`${host} | UNREACHABLE! => ${body}`)}\n`;
    }
    return `${paint.red(`${host} | FAILED | rc=1 >>\n${what}\n${todo}`)}\n`;
  };
  // Hosts answer in any order; people look for them in the inventory's.
  let order: readonly string[] = [];
  const texts = new Map<string, string>();
  let printed = 0;
  const add = (host: string, text: string): void => {
    texts.set(host, text);
    for (let next = texts.get(order[printed] ?? ""); next !== undefined; next = texts.get(order[printed] ?? "")) {
      write(next);
      printed++;
    }
  };
  return {
    event(event: RunEvent): void {
      if (event.type === "run-started") order = event.hosts;
      else if (event.type === "step-finished") {
        add(event.host, `${paint.yellow(`${event.host} | CHANGED | rc=0 >>`)}\n${String(event.result["table"])}\n`);
      } else if (event.type === "host-unreachable" || event.type === "host-refused")
        add(event.host, fatal(event.host, event.failure));
      else if (event.type === "step-failed") add(event.host, fatal(event.host, event.why.failure));
    },
    close: () => {},
  };
}
