import type { Services } from "../services.ts";

/** Prints the findings of `gantry check`, one a line. */
export interface Printer {
  readonly good: (subject: string, text: string) => void;
  readonly warn: (subject: string, text: string) => void;
  readonly bad: (subject: string, text: string, todo: string) => void;
}

export function printer({ stdout, paint }: Services): Printer {
  return {
    good: (subject, text) => void stdout.write(`${paint.green("✓")} ${paint.bold(subject)}  ${text}\n`),
    warn: (subject, text) => void stdout.write(`${paint.yellow("!")} ${paint.bold(subject)}  ${text}\n`),
    bad: (subject, text, todo) =>
      void stdout.write(`${paint.red("✗")} ${paint.bold(subject)}  ${text}\n${todo === "" ? "" : `  ${todo}\n`}`),
  };
}
