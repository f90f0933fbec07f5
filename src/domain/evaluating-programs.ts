/** Programs that run one of their arguments as a script: their names, and the option before that argument. */
const programs: readonly { readonly name: RegExp; readonly option: RegExp }[] = [
  { name: /^(?:ba|da|a|k|mk|z|c|tc|fi)?sh$/, option: /^-[A-Za-z]*c$/ },
  { name: /^(?:su|runuser)$/, option: /^(?:-[A-Za-z]*c|--command)$/ },
  { name: /^(?:python|pypy)[0-9.]*$/, option: /^-[A-Za-z]*c$/ },
  { name: /^perl[0-9.]*$/, option: /^-[A-Za-z0-9]*[eE]$/ },
  { name: /^ruby[0-9.]*$/, option: /^-[A-Za-z]*e$/ },
  { name: /^(?:node|nodejs)$/, option: /^(?:-p?e|-p|--eval|--print)$/ },
  { name: /^php[0-9.]*$/, option: /^-r$/ },
];

/** Words of a shell's grammar that may stand before a command. */
const openers = new Set(["!", "{", "if", "then", "elif", "else", "while", "until", "do", "time", "command", "builtin"]);

/**
 * Whether the argument that follows `words` is run as a script, so that a value in it could be a command of its own:
 * `sh -c` wherever it stands (`sudo sh -c`, `docker exec c sh -c`). Returns what runs it, `sh -c`, else undefined.
 */
export function scriptTakenBy(words: readonly string[]): string | undefined {
  const option = words.at(-1);
  if (option === undefined || !option.startsWith("-")) return undefined;
  for (let at = words.length - 2; at >= 0; at -= 1) {
    const name = baseName(words[at] ?? "");
    const takesScript = programs.some((program) => program.name.test(name) && program.option.test(option));
    if (takesScript && (name === "su" || name === "runuser" || onlyOptions(words.slice(at + 1))))
      return `${name} ${option}`;
  }
  return undefined;
}

/** Builtins that run or calculate what they are given: a subscript in a variable's name is enough for Bash. */
const evaluating: ReadonlySet<string> = new Set(
  "eval let trap alias unset read getopts mapfile readarray declare typeset local export readonly".split(" "),
);
/** Builtins that declare variables: what stands behind `NAME=` is a value to them, unless an option makes it a number. */
const declaring: ReadonlySet<string> = new Set("declare typeset local export readonly".split(" "));
/** Builtins that take a variable's name behind `-v`. */
const naming: ReadonlySet<string> = new Set(["printf", "test", "["]);

/** The builtin of a shell that would run or calculate what goes on `word`, behind the words `before` of a command. */
export function evaluatedBy(before: readonly string[], word: string): string | undefined {
  const at = before.findIndex((each) => !openers.has(each) && !/^[A-Za-z_]\w*\+?=/.test(each));
  const command = before[at] ?? "";
  if (naming.has(command) && before.at(-1) === "-v") return `${command} -v`;
  if (!evaluating.has(command)) return undefined;
  const isValue = /^[A-Za-z_]\w*=/.test(word) && !before.slice(at).some((each) => each.startsWith("-"));
  return declaring.has(command) && isValue ? undefined : command;
}

/** The last part of a program's path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Behind a script's file name, `-c` is the script's own. `-o name` and `-O name` of shells take a word. */
function onlyOptions(words: readonly string[]): boolean {
  return words.every((word, at) => /^[-+]./.test(word) || /^[-+][A-Za-z]*[oOWX]$/.test(words[at - 1] ?? ""));
}
