import type { ShellWordsProblem } from "../../../domain/shell-words.ts";
import type { ConfigDocument } from "../document.ts";
import type { Path } from "../path.ts";
import type { FileProblem } from "../problems.ts";
import { namesSecret } from "../secret-keys.ts";

/** A problem of splitting the string at `path`, with its place inside it. */
export function shellWordsProblem(
  document: ConfigDocument,
  path: Path,
  text: string,
  problem: ShellWordsProblem,
): FileProblem {
  const place = document.insidePlace(path, problem.offset);
  return { ...place, code: "shell-words", problem: withoutSecret(problem, text) };
}

/** What looks like a variable may be the end of a password: `-e PASSWORD=pa$word`. */
function withoutSecret(problem: ShellWordsProblem, text: string): ShellWordsProblem {
  const before = text.slice(0, problem.offset).split(/\s/).at(-1) ?? "";
  return problem.reason === "expansion" && namesSecret(before) ? { ...problem, text: "$…" } : problem;
}
