import { quoteShellWord } from "../../domain/shell-words.ts";
import type { Why } from "../../engine/events.ts";
import type { Message } from "../../contract/words/message.ts";
import type { Words } from "../locales/words.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

const SHOWN_LINES = 20;

/** A failure for people: what, what to do, the container's last lines and what runs on the host now. */
export function whyText(host: string, why: Why, message: Message, words: Words, paint: Paint): string {
  const container = "container" in why.failure ? why.failure.container : undefined;
  const lines = why.log.slice(-SHOWN_LINES);
  return [
    "",
    `${paint.red("✗")} ${paint.bold(message.what)}`,
    `  ${message.todo}`,
    ...(why.command ? [paint.dim(`  $ ${why.command.map(quoteShellWord).join(" ")}`)] : []),
    ...(why.health === undefined ? [] : [paint.dim(`  HEALTHCHECK ${printable(why.health)}`)]),
    ...(lines.length > 0
      ? [`  ${words.output.lastLines(container ?? host)}`, ...lines.map((line) => paint.dim(`  │ ${printable(line)}`))]
      : []),
    ...(why.running === undefined ? [] : [`  ${words.output.whyRunning(host, why.running)}`]),
  ].join("\n");
}
