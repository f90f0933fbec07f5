import { endOfHereDocument, readDelimiter, type HereDocument } from "./here-document.ts";
import type { TextPart } from "./placeholders.ts";
import { ShellReading } from "./shell-reading.ts";
import type { LocatedTaskProblem } from "./task-problems.ts";

/** A shell line: what `sh -c` gets, with placeholders where quoted values go. */
export interface ShellLine {
  readonly parts: readonly TextPart[];
  /** UTF-16 offset of the line break behind it, or of the text's end. */
  readonly end: number;
  readonly problems: readonly LocatedTaskProblem[];
}

/**
 * Reads one line for a shell, from `start` on, by the grammar of XCU 2. It goes on over line breaks inside quotes,
 * brackets and here-documents, and behind a backslash, `&&`, `||` and `|`. Placeholders may stand where the shell reads
 * plain words. Anywhere else they are problems, and so they are beside what shells read differently, since nobody can
 * say then what is quoted. In comments, and as `${name}`, braces are the shell's.
 */
export function readShellLine(text: string, start: number): ShellLine {
  return new ShellLineReader(text, start).read();
}

const operators = ["&&", "||", ";;", ">&", "<&", "&>", ">>", "<>", ">|", "<<<", ";", "&", "|", "<", ">"];
const commandEnds: ReadonlySet<string> = new Set(["&&", "||", ";;", ";", "&", "|"]);
const linksLines: ReadonlySet<string> = new Set(["&&", "||", "|"]);

class ShellLineReader {
  readonly #reading: ShellReading;
  readonly #start: number;
  #hereDocuments: HereDocument[] = [];

  constructor(text: string, start: number) {
    this.#reading = new ShellReading(text, start);
    this.#start = start;
  }

  read(): ShellLine {
    while (!this.#reading.source.ended && !this.#reading.findings.isUnterminated) {
      if (this.#reading.source.skipJoin()) continue;
      const kind = this.#reading.nesting.innermost?.kind;
      if (kind === "double") this.#inDouble();
      else if (kind === "parameter") this.#inParameter();
      else if (kind === "arithmetic") this.#inArithmetic();
      else if (this.#inCode() === "end") break;
    }
    this.#checkClosed();
    // Behind a quote that was forgotten the next line is read on its own.
    const end = this.#reading.findings.isUnterminated
      ? this.#reading.source.lineEnd(this.#start)
      : this.#reading.source.at;
    return { parts: this.#reading.source.parts.list, end, problems: this.#reading.findings.problems(end) };
  }

  #checkClosed(): void {
    const open = this.#reading.nesting.outermost ?? this.#reading.link;
    if (open !== undefined) {
      this.#reading.findings.unterminated({ reason: "unterminated", offset: open.offset, opener: open.opener });
    }
    for (const document of this.#hereDocuments) this.#reading.findings.unterminated(missingDelimiter(document));
  }

  /** Outside quotes: at the top, or inside `$(...)` and `(...)`. */
  #inCode(): "end" | undefined {
    const character = this.#reading.source.character();
    if (character === "\n") return this.#lineBreak();
    if (character === " " || character === "\t") {
      this.#reading.endWord();
      this.#reading.source.copy(1);
    } else if (character === "#" && !this.#reading.words.inWord) this.#comment();
    else if (character === "(") this.#openParenthesis();
    else if (character === ")") this.#closeParenthesis();
    else if (character === '"') this.#reading.push("double", '"');
    else if (character === "'")
      this.#reading.quotedTo("'", this.#reading.source.text.indexOf("'", this.#reading.source.at + 1), "single-quotes");
    else if (this.#reading.source.has("<<") && !this.#reading.source.has("<<<")) this.#hereDocument();
    else if (!this.#operator() && !this.#expansion()) this.#reading.plain();
    return undefined;
  }

  #inDouble(): void {
    if (this.#reading.source.character() === '"') this.#reading.pop('"');
    else if (!this.#expansion()) this.#reading.plain();
  }

  /** Between `${` and `}`. Inside double quotes, shells differ in what quotes mean there. */
  #inParameter(): void {
    const character = this.#reading.source.character();
    if (character === "}") return this.#reading.pop("}");
    if (character === "'" || character === '"') {
      const quoted = this.#reading.nesting.has("double");
      if (quoted) this.#reading.isAmbiguous(`${character} in "\${`);
      if (character === '"') return this.#reading.push("double", '"');
      if (quoted) return this.#reading.plain();
      return this.#reading.quotedTo(
        "'",
        this.#reading.source.text.indexOf("'", this.#reading.source.at + 1),
        "single-quotes",
      );
    }
    if (!this.#expansion()) this.#reading.plain();
  }

  /** Between `$((` or `((` and the parenthesis that closes it. */
  #inArithmetic(): void {
    const character = this.#reading.source.character();
    const opener = this.#reading.nesting.innermost?.opener ?? "";
    const baseNumber = character === "#" && /\d/.test(this.#reading.source.character(-1));
    if (/['"\\`#]/.test(character) && !baseNumber) this.#reading.isAmbiguous(`${character} in ${opener}`);
    if (opener === "((" && this.#reading.source.has("<<")) this.#reading.isAmbiguous("<< in ((");
    if (this.#reading.nesting.countParenthesis(character)) this.#reading.pop(")");
    else if (!this.#expansion()) this.#reading.plain();
  }

  /** Escapes, backticks, `$...` and placeholders, which mean the same in and outside double quotes. */
  #expansion(): boolean {
    const character = this.#reading.source.character();
    if (character === "\\") this.#reading.escaped();
    else if (character === "`")
      this.#reading.quotedTo("`", this.#reading.source.unescaped("`", this.#reading.source.at + 1), "backticks");
    else if (character === "{") this.#reading.braces();
    else return character === "$" && this.#dollar();
    return true;
  }

  #dollar(): boolean {
    const source = this.#reading.source;
    if (source.has("$((")) this.#reading.push("arithmetic", "$((");
    else if (source.has("$(")) {
      if (this.#hereDocuments.length > 0) this.#reading.isAmbiguous("$( behind <<");
      this.#reading.push("substitution", "$(");
    } else if (source.has("${")) {
      this.#reading.push("parameter", "${");
      // Bash 5.3 runs what stands there.
      if (/[\s|]/.test(source.character())) this.#reading.isAmbiguous("${ ");
    } else if (source.has("$$")) {
      source.take("$$");
      this.#reading.touch("$$");
    } else if (source.has("$'") && !this.#reading.nesting.has("double")) {
      // Not every shell knows it, and then a backslash before its quotes means something else.
      this.#reading.isAmbiguous("$'");
      this.#reading.quotedTo("$'", source.unescaped("'", source.at + 2), "single-quotes");
    } else {
      if (source.has("$[")) this.#reading.isAmbiguous("$[");
      return false;
    }
    return true;
  }

  #lineBreak(): "end" | undefined {
    this.#reading.endWord();
    const goesOn = this.#reading.nesting.innermost !== undefined || this.#reading.link !== undefined;
    if (this.#hereDocuments.length === 0) {
      if (!goesOn) return "end";
      this.#reading.source.copy(1);
      this.#reading.words.start();
      return undefined;
    }
    for (const document of this.#hereDocuments) {
      const end = endOfHereDocument(this.#reading.source.text, this.#reading.source.at + 1, document);
      if (end === undefined) this.#reading.findings.unterminated(missingDelimiter(document));
      else this.#reading.verbatim(end, "here-document");
    }
    this.#hereDocuments = [];
    return goesOn ? undefined : "end";
  }

  #comment(): void {
    const { at } = this.#reading.source;
    const comment = this.#reading.source.copy(this.#reading.source.lineEnd(at) - at);
    if (this.#reading.nesting.innermost !== undefined && /['"`()\\]/.test(comment))
      this.#reading.isAmbiguous("# in $(");
  }

  #openParenthesis(): void {
    this.#reading.endWord();
    if (this.#reading.source.has("((")) this.#reading.push("arithmetic", "((");
    else this.#reading.push("subshell", "(");
    this.#reading.words.start();
  }

  #closeParenthesis(): void {
    this.#reading.endWord();
    const top = this.#reading.nesting.close();
    if (this.#hereDocuments.length > 0 && top !== undefined) this.#reading.isAmbiguous("<< in (");
    this.#reading.source.copy(1);
    this.#reading.link = undefined;
    if (top?.kind === "substitution") this.#reading.words.unnest();
    else this.#reading.words.start();
  }

  #operator(): boolean {
    const operator = operators.find((each) => this.#reading.source.has(each));
    if (operator === undefined) return false;
    this.#reading.endWord();
    const offset = this.#reading.source.at;
    this.#reading.source.take(operator);
    if (commandEnds.has(operator)) this.#reading.words.start();
    this.#reading.words.operator(operator);
    this.#reading.link = linksLines.has(operator) ? { opener: operator, offset } : undefined;
    return true;
  }

  #hereDocument(): void {
    this.#reading.endWord();
    this.#reading.link = undefined;
    const source = this.#reading.source;
    const offset = source.at;
    source.take("<<");
    const dropsTabs = source.character() === "-";
    if (dropsTabs) source.copy(1);
    while (source.character() === " " || source.character() === "\t") source.copy(1);
    const delimiter = readDelimiter(source.text, source.at);
    if (!delimiter.clear) this.#reading.isAmbiguous("<< with expansion");
    if (this.#reading.nesting.innermost !== undefined) this.#reading.isAmbiguous("<< in (");
    const { text, quoted, end } = delimiter;
    if (end > source.at) this.#hereDocuments.push({ offset, delimiter: text, dropsTabs, quoted });
    this.#reading.verbatim(end, "here-document-delimiter");
  }
}

function missingDelimiter({ offset, delimiter }: HereDocument): LocatedTaskProblem {
  return { reason: "unterminated-here-document", offset, delimiter };
}
