import { fail, ok, type Result } from "../../domain/result.ts";

/** Why a text has no words: a quote is not closed, or a backslash ends it. */
export type WordsProblem = "quote" | "backslash";

/**
 * Python's `shlex.split`, by which Ansible splits host lines (`comments`: a `#` ends them, even in a word) and ssh
 * arguments. Unlike `splitShellWords` of the domain it refuses nothing that a shell would run or replace: ssh gets
 * `ProxyCommand="ssh $JUMP -W %h:%p"` as it is written.
 */
export function splitWords(text: string, options: { readonly comments: boolean }): Result<string[], WordsProblem> {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (" \t\r\n".includes(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === "#" && options.comments) {
      const end = text.indexOf("\n", at);
      at = (end < 0 ? text.length : end) - 1;
      if (end < 0) break;
    } else if (character === "\\") {
      if (at + 1 >= text.length) return fail("backslash");
      at += 1;
      word = (word ?? "") + text.charAt(at);
    } else if (character === "'") {
      const close = text.indexOf("'", at + 1);
      if (close < 0) return fail("quote");
      word = (word ?? "") + text.slice(at + 1, close);
      at = close;
    } else if (character === '"') {
      const quoted = doubleQuoted(text, at + 1);
      if (!quoted.ok) return quoted;
      word = (word ?? "") + quoted.value.text;
      at = quoted.value.close;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (word !== undefined) words.push(word);
  return ok(words);
}

/** Between double quotes a backslash escapes only a double quote and itself. */
function doubleQuoted(text: string, start: number): Result<{ text: string; close: number }, WordsProblem> {
  let inner = "";
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return ok({ text: inner, close: at });
    const next = text.charAt(at + 1);
    if (character === "\\" && next === "") return fail("backslash");
    if (character === "\\" && (next === '"' || next === "\\")) {
      inner += next;
      at += 1;
    } else {
      inner += character;
    }
  }
  return fail("quote");
}
