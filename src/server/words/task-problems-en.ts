import type { ShellWordsProblem } from "../../domain/shell-words.ts";
import type { TaskProblem } from "../../domain/task-problems.ts";
import { textOf, type Texts } from "./texts.ts";

const shellWordsEn: Texts<ShellWordsProblem> = {
  "unterminated-quote": (p) => `The quote ${p.quote} is not closed.`,
  "trailing-backslash": () => "A backslash at the end joins nothing. Remove it.",
  operator: (p) =>
    `${p.operator === "\n" ? "A line break" : p.operator} has a meaning only for a shell. Put it in quotes if it belongs to an argument, or begin the line with shell:.`,
  "command-substitution": (p) =>
    `${p.text} would run another command. Put it in single quotes, or begin the line with shell:.`,
  expansion: (p) =>
    `${p.text} is replaced by a shell only. Write {name} for a value, put it in single quotes, or begin the line with shell:.`,
  lookalike: (p) => `${p.character} looks like ${p.meant === " " ? "a space" : p.meant} and is none. Replace it.`,
  nul: () => "There is a NUL character.",
};

export const taskProblemsEn: Texts<TaskProblem> = {
  words: (p) => textOf(shellWordsEn, p.problem),
  braces: (p) => `${p.text} can be read in two ways. Write {name} for a value, {{name}} for braces.`,
  comment: () => "# would be given to the command. Put comments on lines of their own.",
  assignment: (p) => `No shell reads this line, so ${p.text} is no assignment. Write: env ${p.text} command`,
  "shell-only": (p) =>
    `"${p.word}" is no program: each line is a process of its own. Begin the line with shell: if you need a shell.`,
  "shell-prefix": (p) => `Write shell: in small letters with a plain colon (seen: ${p.seen}).`,
  "empty-command": (p) =>
    p.name === undefined ? "There is no command." : `{${p.name}} is empty, so there is no command.`,
  "quoted-placeholder": (p) =>
    `{${p.name}} stands within ${p.within.replaceAll("-", " ")}. A value brings its own quotes: take these away.`,
  "evaluated-placeholder": (p) =>
    `{${p.name}} would be run or calculated by ${p.by}. Give it as an argument of its own, for example: sh -c '… "$1"' sh {${p.name}}`,
  "ambiguous-shell": (p) => `Shells read ${p.construct} differently, so no placeholder may stand in the same line.`,
  unterminated: (p) => `${p.opener} is not closed.`,
  "unterminated-here-document": (p) => `The here-document has no line ${p.delimiter}.`,
  "trailing-backslash": () => "A backslash at the end joins nothing. Remove it.",
  nul: (p) =>
    p.name === undefined
      ? "There is a NUL character."
      : `The value of ${p.name} has a NUL character, which no argument can hold.`,
  "unknown-variable": (p) =>
    `There is no variable ${p.name}.${p.near.length > 0 ? ` Did you mean ${p.near.join(", ")}?` : ""}`,
  secret: (p) =>
    `${p.name} is secret and would show in the process list. The program finds it in the environment as ${p.variable}; in a shell: line write "$${p.variable}".`,
  "ill-formed": (p) => `The value of ${p.name} is no Unicode text.`,
  "argument-too-long": (p) =>
    `An argument has ${p.bytes} bytes${p.name === undefined ? "" : ` because of ${p.name}`}; Linux allows ${p.limit}.`,
  "line-too-long": (p) =>
    `The line has ${p.bytes} bytes${p.name === undefined ? "" : ` because of ${p.name}`}; at most ${p.limit} are allowed.`,
};
