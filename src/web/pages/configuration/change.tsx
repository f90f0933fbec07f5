import { diffLines } from "diff";
import classes from "./configuration.module.css";
import type { FieldWords } from "./field-words.ts";

interface ChangeProps {
  /** Which field, such as `source.command`. */
  readonly path: string;
  /** Undefined: there was none. */
  readonly before: unknown;
  readonly after: unknown;
  readonly words: FieldWords;
}

/** One field before and after; of long texts only the lines that differ stand out. */
export function Change({ path, before, after, words }: ChangeProps) {
  const [old, now] = [words.value(path, before), words.value(path, after)];
  return (
    <div className={classes.change}>
      <span>{words.label(path)}</span>
      <div className={classes.diff}>
        {diffLines(`${old}\n`, `${now}\n`).map(({ value, added, removed }, part) => {
          const lines = value.replace(/\n$/u, "");
          const key = `${part} ${lines.length}`;
          if (removed) return <del key={key}>{signed("−", lines)}</del>;
          return added ? <ins key={key}>{signed("+", lines)}</ins> : <span key={key}>{signed(" ", lines)}</span>;
        })}
      </div>
    </div>
  );
}

function signed(sign: string, lines: string): string {
  return lines
    .split("\n")
    .map((line) => `${sign} ${line}`)
    .join("\n");
}
