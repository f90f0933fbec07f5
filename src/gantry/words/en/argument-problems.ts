import type { ReservedFlagReason } from "../../../domain/docker-run-problems.ts";
import { textFrom, type ProblemWords } from "../problem-words.ts";
import { quoted } from "../shown-values.ts";

const character = (text: string): string => (text === "\n" ? "a line break" : quoted(text));

/** A quote as a character of an argument, the way a JSON file has it. */
const escaped = (quote: "'" | '"'): string => (quote === "'" ? String.raw`\\'` : String.raw`\\\"`);

/** Texts that cannot be split into arguments. */
export const shellWords: ProblemWords["shellWords"] = {
  "unterminated-quote": (p) =>
    `the quote ${p.quote} is never closed. Close it, or write ${escaped(p.quote)} for the character itself.`,
  "trailing-backslash": () => "the text ends with a backslash, which stands before nothing. Remove it, or double it.",
  operator: (p) =>
    `${character(p.operator)} has a meaning only for a shell, and no shell reads this text. Remove it, or put it in quotes if it belongs to an argument.`,
  "command-substitution": (p) =>
    `${quoted(p.text)} would run a command in a shell, but no shell reads this text. Write the result itself, or put it in single quotes.`,
  expansion: (p) =>
    `${quoted(p.text)} would be replaced by a shell, but no shell reads this text. Write the value itself, or put it in single quotes.`,
  lookalike: (p) =>
    p.meant === " "
      ? `${quoted(p.character)} looks like a space and is none. Type a plain space.`
      : `${p.character} does not work as a quote. Write ${p.meant === "'" ? p.meant : String.raw`\"`} instead.`,
  nul: () => "the text holds a NUL character, which no argument can. Remove it.",
};

const reserved: Readonly<Record<ReservedFlagReason, string>> = {
  "gantry-names": "Gantry names the container after its version, <project>-<date>.<time>. Remove it.",
  "rollback-needs-container":
    "the container would be deleted when it stops, and a rollback starts it again. Remove it.",
  "file-exists-next-time":
    "docker run refuses when the file is already there, so the next release would fail. Remove it.",
  "must-detach": "docker run must come back once the container has started. Remove it, or write -d.",
  attaches: "Docker does not attach to a container that starts in the background (-d). Remove it.",
  "digest-is-pinned":
    "every host runs the one image that was resolved at the start, and this may fetch another. Remove it.",
  "runs-nothing": "docker run would only print its help. Remove it.",
};

/** Flags that are allowed with other values. */
const onlyWith: Readonly<Partial<Record<ReservedFlagReason, string>>> = {
  "must-detach": "=false",
  "digest-is-pinned": "=always",
};

/** What is wrong with the flags in DockerRunArg. */
export const dockerRun: ProblemWords["dockerRun"] = {
  words: (p) => textFrom(shellWords, p.problem.reason, p.problem),
  "reserved-flag": (p) => `${p.flag}${onlyWith[p.why] ?? ""} is not allowed: ${reserved[p.why]}`,
  "unknown-short-flag": (p) =>
    `docker run has no flag ${p.flag}. ${p.meant === undefined ? "See docker run --help for those it has." : `Did you mean ${p.meant}?`}`,
  "missing-value": (p) => `${p.flag} needs a value, and the text ends there. Add the value, or remove the flag.`,
  "stray-word": ({ word, after }) => {
    const place = after === undefined ? "" : ` behind --${after}`;
    return `${word === undefined ? "a word" : quoted(word)}${place} belongs to no flag, so Docker would take it for the image. Put a value with spaces in quotes; a command goes into DockerRunCmd.`;
  },
  "bad-boolean": (p) => `${p.flag} is either true or false, not ${quoted(p.seen)}. Write ${p.flag} alone for true.`,
  "bad-port": (p) =>
    `${quoted(p.seen)} is not a port that can be published. Allowed: 8080:80, 127.0.0.1:8080:80, 8080:80/udp, 8000-8009:8000-8009.`,
  "bad-number": (p) => `${p.flag} is ${quoted(p.seen)}. Allowed: whole seconds without a unit, or -1 for no limit.`,
  "reserved-label": (p) =>
    `the label ${quoted(p.label)} is not allowed: Gantry records the version in labels that begin with "gantry.". Rename it.`,
};
