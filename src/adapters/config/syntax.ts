import { printParseErrorCode, type ParseError } from "jsonc-parser";
import type { FileProblem, SyntaxExpectation } from "./problems.ts";
import { namesSecret } from "./secret-keys.ts";
import type { ConfigText } from "./text.ts";

/** Characters that Chinese input methods and word processors put in, words of Python: and what JSON wants instead. */
const meant: ReadonlyMap<string, string> = new Map([
  ...["“", "”", "‘", "’", "'", "「", "」", "＂", "`"].map((each) => [each, '"'] as const),
  ...["，", "、", ";", "；"].map((each) => [each, ","] as const),
  ["：", ":"],
  ["｛", "{"],
  ["｝", "}"],
  ["［", "["],
  ["］", "]"],
  ["\u00a0", " "],
  ["\u3000", " "],
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
]);

const longestFound = 12;

/**
 * The parser's errors as problems: one a line, since the parser stumbles on after each, and none behind a string that
 * does not end. `uncommented` is the text that was parsed, of the same length; `rootEnd` is where its first value ends.
 */
export function syntaxProblems(
  source: ConfigText,
  uncommented: string,
  errors: readonly ParseError[],
  rootEnd: number,
): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  for (const error of errors) {
    const problem = syntaxProblem(source, uncommented, error, rootEnd);
    if (problems.at(-1)?.line !== problem.line) problems.push(problem);
    if (problem.code === "syntax" && problem.expected === "closing-quote") break;
  }
  return problems;
}

function syntaxProblem(source: ConfigText, uncommented: string, error: ParseError, rootEnd: number): FileProblem {
  const { offset, length } = error;
  const token = uncommented.slice(offset, offset + length);
  const at = (expected: SyntaxExpectation, from: number, found = token, instead?: string): FileProblem => ({
    ...source.place(from, ""),
    code: "syntax",
    expected,
    found: shown(found, source.lineAt(from)),
    ...(instead === undefined ? {} : { meant: instead }),
  });

  switch (printParseErrorCode(error.error)) {
    case "InvalidSymbol": {
      const word = [...meant.keys()].find((each) => token === each || (each.length === 1 && token.includes(each)));
      if (word !== undefined) return at("plain-json", offset + token.indexOf(word), word, meant.get(word));
      if (offset >= rootEnd) return at("end-of-file", offset);
      return at(/^\s*:/.test(uncommented.slice(offset + length)) ? "quoted-key" : "value", offset);
    }
    case "CommaExpected":
      if (token === "}") return at("closing-bracket", offset);
      if (token === "]") return at("closing-brace", offset);
      // Where the comma belongs: behind the value before, often on the line before.
      return at("comma", uncommented.slice(0, offset).trimEnd().length);
    case "ColonExpected":
      return at("colon", offset);
    case "PropertyNameExpected":
      return at("quoted-key", offset);
    case "CloseBraceExpected":
      return at("closing-brace", offset);
    case "CloseBracketExpected":
      return at("closing-bracket", offset);
    case "EndOfFileExpected":
      return at("end-of-file", offset);
    case "UnexpectedEndOfString":
      return at("closing-quote", offset);
    case "UnexpectedEndOfComment":
      return at("comment-end", offset);
    case "InvalidCharacter": {
      const inside = Math.max(0, token.search(/\p{Cc}/u));
      return at("escaped-control-character", offset + inside, token.charAt(inside));
    }
    case "InvalidUnicode":
    case "InvalidEscapeCharacter": {
      const inside = Math.max(0, token.search(/\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})/));
      return at("escape", offset + inside, token.slice(inside, inside + 2));
    }
    default:
      return at("value", offset);
  }
}

/** A broken line may show the middle of a secret as if it were a symbol. */
function shown(found: string, line: string): string {
  if (namesSecret(line) && found.length > 1) return "…";
  const characters = Array.from(found);
  return characters.length > longestFound ? `${characters.slice(0, longestFound).join("")}…` : found;
}
