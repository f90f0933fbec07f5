import { flagKind, longFlag } from "./docker-run-flags.ts";
import type { DockerRunProblem } from "./docker-run-problems.ts";
import type { ShellWord } from "./shell-words.ts";

/** One flag as given: `--env A=1`, `-eA=1` and `--env=A=1` are all `env` with the value `A=1`. */
export interface RunFlag {
  /** The long name without dashes. */
  readonly name: string;
  /** `true` or `false` for a boolean flag. */
  readonly value: string;
  readonly offset: number;
  readonly known: boolean;
}

export interface ReadFlags {
  readonly flags: readonly RunFlag[];
  readonly problems: readonly DockerRunProblem[];
}

/** The words of Go's strconv.ParseBool. */
const booleans: ReadonlyMap<string, string> = new Map([
  ...["1", "t", "T", "TRUE", "true", "True"].map((text) => [text, "true"] as const),
  ...["0", "f", "F", "FALSE", "false", "False"].map((text) => [text, "false"] as const),
]);

/** Flags whose values are often secrets: a stray word behind them may be the rest of one. */
const telling: ReadonlySet<string> = new Set(["env", "label", "log-opt", "health-cmd"]);

/**
 * Reads the words between `docker run` and the image by the rules of spf13/pflag without interspersed arguments:
 * the first word that is no flag would be the image, so nothing behind it is looked at.
 */
export function readFlags(words: readonly ShellWord[]): ReadFlags {
  const flags: RunFlag[] = [];
  const problems: DockerRunProblem[] = [];
  let next = 0;

  const takeValue = (flag: string, offset: number): string | undefined => {
    const word = words[next];
    if (word === undefined) problems.push({ reason: "missing-value", offset, flag });
    next += 1;
    return word?.text;
  };
  const add = (name: string, value: string | undefined, offset: number): void => {
    if (value !== undefined) flags.push({ name, value, offset, known: flagKind(name) !== undefined });
  };
  const addBoolean = (shown: string, name: string, text: string, offset: number): void => {
    const value = booleans.get(text);
    if (value === undefined) problems.push({ reason: "bad-boolean", offset, flag: shown, seen: text });
    add(name, value, offset);
  };

  const readLong = ({ text, offset }: ShellWord): void => {
    const equals = text.indexOf("=");
    const shown = equals < 0 ? text : text.slice(0, equals);
    const name = shown.slice(2);
    const given = equals < 0 ? undefined : text.slice(equals + 1);
    const kind = flagKind(name);
    if (kind === "boolean") addBoolean(shown, name, given ?? "true", offset);
    else if (kind === "value") add(name, given ?? takeValue(shown, offset), offset);
    else add(name, given ?? skipValue(), offset);
  };
  // A word behind an unknown flag can only be its value: nothing else may stand there.
  const skipValue = (): string => {
    const word = words[next];
    if (word === undefined || word.text.startsWith("-")) return "true";
    next += 1;
    return word.text;
  };

  const readShort = ({ text, offset }: ShellWord): void => {
    for (let at = 1; at < text.length; at += 1) {
      const shown = `-${text.charAt(at)}`;
      const name = longFlag(text.charAt(at));
      if (name === undefined) {
        problems.push(unknownShortFlag(shown, text, offset));
        skipValue();
        return;
      }
      const rest = text.slice(at + 1);
      const given = rest.length > 1 && rest.startsWith("=") ? rest.slice(1) : undefined;
      if (flagKind(name) === "boolean") {
        addBoolean(shown, name, given ?? "true", offset);
        if (given !== undefined) return;
      } else {
        add(name, given ?? (rest === "" ? takeValue(shown, offset) : rest), offset);
        return;
      }
    }
  };

  for (;;) {
    const word = words[next];
    if (word === undefined) return { flags, problems };
    next += 1;
    if (word.text.startsWith("--") && word.text.length > 2 && !/^--[-=]/.test(word.text)) readLong(word);
    else if (/^-[^-]/.test(word.text)) readShort(word);
    else return { flags, problems: [...problems, strayWord(word, flags.at(-1))] };
  }
}

/** `-name` is a frequent slip for `--name`. */
function unknownShortFlag(flag: string, word: string, offset: number): DockerRunProblem {
  const name = word.slice(1).split("=", 1)[0] ?? "";
  const meant = flagKind(name) === undefined ? {} : { meant: `--${name}` };
  return { reason: "unknown-short-flag", offset, flag, ...meant };
}

function strayWord({ text, offset }: ShellWord, before: RunFlag | undefined): DockerRunProblem {
  return {
    reason: "stray-word",
    offset,
    ...(before === undefined ? {} : { after: before.name }),
    ...(before !== undefined && telling.has(before.name) ? {} : { word: text }),
  };
}
