import type { ShellWordsProblem } from "./shell-words.ts";
import type { TextPlace } from "./text-place.ts";

/** Quotes of a shell line in which no placeholder may stand: the value brings its own. */
export type Quotes = "single-quotes" | "double-quotes" | "backticks" | "here-document" | "here-document-delimiter";

/** What is wrong with a task, without its place. Values are never in it: they may be long, or private. */
export type TaskProblem =
  /** A line without a shell holds what only a shell could do; `problem.offset` counts within the line's text. */
  | { readonly reason: "words"; readonly problem: ShellWordsProblem }
  | { readonly reason: "braces"; readonly text: string }
  /** `#` behind a command would be given to it as an argument: comments stand on lines of their own. */
  | { readonly reason: "comment" }
  /** `NAME=value command`: write `env NAME=value command`. */
  | { readonly reason: "assignment"; readonly text: string }
  /** `cd`, `export`, `if`, ...: each line is a process of its own, and these are no programs. */
  | { readonly reason: "shell-only"; readonly word: string }
  /** `Shell:` or `shell：` where `shell:` was meant. */
  | { readonly reason: "shell-prefix"; readonly seen: string }
  /** No program: an empty word, an empty shell line, or a value that is empty (`name`). */
  | { readonly reason: "empty-command"; readonly name?: string }
  | { readonly reason: "quoted-placeholder"; readonly name: string; readonly within: Quotes }
  /**
   * The value would be run or calculated, however it is quoted: in the script of `sh -c`, behind `eval`, in `$((...))`,
   * `${...}`, `[[ ]]` (Bash calculates the sides of `-eq`), in a subscript.
   */
  | { readonly reason: "evaluated-placeholder"; readonly name: string; readonly by: string }
  /** Shells read this differently, so that nobody can say what is quoted behind it; refused beside placeholders. */
  | { readonly reason: "ambiguous-shell"; readonly construct: string }
  /** A quote, bracket or operator (`opener`) of a shell line is not closed. */
  | { readonly reason: "unterminated"; readonly opener: string }
  | { readonly reason: "unterminated-here-document"; readonly delimiter: string }
  | { readonly reason: "trailing-backslash" }
  | { readonly reason: "nul"; readonly name?: string }
  | { readonly reason: "unknown-variable"; readonly name: string; readonly near: readonly string[] }
  /** A secret would show in the process list; `variable` of the environment holds it (see `secretVariable`). */
  | { readonly reason: "secret"; readonly name: string; readonly variable: string }
  /** A value that is no Unicode text (half of a surrogate pair): it would arrive changed. */
  | { readonly reason: "ill-formed"; readonly name: string }
  /** `name` is the variable that takes most of it, if one does. */
  | { readonly reason: "argument-too-long"; readonly name?: string; readonly bytes: number; readonly limit: number }
  | { readonly reason: "line-too-long"; readonly name?: string; readonly bytes: number; readonly limit: number };

/** A problem with its UTF-16 offset in a text. */
export type LocatedTaskProblem = TaskProblem & { readonly offset: number };

export type TaskLineProblem = TaskProblem & TextPlace;
