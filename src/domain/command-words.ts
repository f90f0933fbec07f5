import { evaluatedBy, scriptTakenBy } from "./evaluating-programs.ts";

interface Words {
  readonly before: readonly string[];
  readonly word: string;
  readonly bare: boolean;
  readonly duplicates: string;
}

/** The words of the command that is being read, as far as they must be known to say what becomes of the next one. */
export class CommandWords {
  /** Whether a word has begun, so that `#` belongs to it. */
  inWord = false;
  readonly #outer: Words[] = [];
  #before: string[] = [];
  #word = "";
  #bare = true;
  #inTest = false;
  #duplicates = "";

  /** Adds to the word; a quoted piece makes it no word of the shell's grammar. */
  add(text: string, quoted = false): void {
    this.#word += text;
    if (quoted) this.#bare = false;
    this.inWord = true;
  }

  /** Ends the word that has begun, and returns it if it may be one of the shell's grammar. */
  end(): string | undefined {
    this.inWord = false;
    if (this.#word === "" && this.#bare) return undefined;
    const word = this.#bare ? this.#word : undefined;
    if (word === "[[") this.#inTest = true;
    if (word === "]]") this.#inTest = false;
    this.#before.push(this.#word);
    this.#word = "";
    this.#bare = true;
    this.#duplicates = "";
    return word;
  }

  /** An operator stands before the next word. Bash expands what follows `>&` a second time, its quotes gone. */
  operator(text: string): void {
    this.#duplicates = text === ">&" || text === "<&" ? text : "";
  }

  /** Forgets the command that ended. */
  start(): void {
    this.#before = [];
  }

  /** A command inside this one's word begins. */
  nest(): void {
    this.#outer.push({ before: this.#before, word: this.#word, bare: this.#bare, duplicates: this.#duplicates });
    this.#before = [];
    this.#word = "";
    this.#bare = true;
    this.#duplicates = "";
    this.inWord = false;
  }

  /** The command inside has ended; the word goes on. */
  unnest(): void {
    const outer = this.#outer.pop();
    if (outer === undefined) throw new Error("no command is around this one");
    this.#before = [...outer.before];
    this.#word = outer.word;
    this.#bare = outer.bare;
    this.#duplicates = outer.duplicates;
    this.inWord = true;
  }

  /** What would run or calculate a value that stands here, however it is quoted. */
  get evaluator(): string | undefined {
    if (this.#duplicates !== "") return this.#duplicates;
    if (this.#inTest) return "[[";
    const subscript = /^[A-Za-z_]\w*\[(?=[^\]]*$)/.exec(this.#word)?.[0];
    return subscript ?? evaluatedBy(this.#before, this.#word) ?? scriptTakenBy(this.#before);
  }
}
