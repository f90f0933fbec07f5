/**
 * How lines look that say why something failed. The word alone is not enough: `failed=0` and `0 errors` are good news.
 */
const LOOKS: readonly RegExp[] = [
  // Ansible and Gantry
  /\b(?:fatal|failed): \[/,
  /\b(?:FAILED|UNREACHABLE)!/,
  /\| (?:FAILED|UNREACHABLE)\b/,
  /\b(?:failed|unreachable)=[1-9]/,
  // Loggers and build tools
  /(?<!\b(?:0|no) |[/\w-])(?:ERROR|FATAL|SEVERE|CRITICAL)\b(?!\s*[:=]?\s*(?:0|none|no)\b|[-=/])/,
  /\bBUILD FAIL(?:URE|ED)\b/,
  /\b(?:npm|pnpm|yarn) (?:ERR!|error)/,
  /(?:^|[\s:])(?:fatal |internal |[Uu]nhandled |Uncaught )?[Ee]rror(?:\[\w+\])?: (?!(?:0|none|no)\b)/,
  /\bfatal: |\bError response from daemon\b/,
  // Runtimes: an exception by its name, at the beginning of a line
  /^(?:Caused by: |Exception in thread "[^"]*" |Uncaught )?(?:\w+\.)*\w*(?:Exception|Error)(?::|$)/,
  /\bTraceback \(most recent call last\)/,
  /^\s*panic: /,
  /\bOutOfMemoryError\b|\bout of memory\b/i,
  /\b(?:Segmentation fault|core dumped|No space left on device|command not found|Permission denied)\b/i,
  // Tests
  /^--- FAIL\b|^FAIL\b/,
  /\b(?:Failures|Errors): [1-9]/,
  // Exit codes
  /\b(?:exit(?:ed)?|returned?|terminated|finished|ended)\b[\w\s-]{0,30}?\b(?:code|status)[:= ]+-?[1-9]/i,
  /\brc=-?[1-9]/,
  // The word
  /(?<!\b(?:0|no|not|never|if|when|on|un) |[/\w-])failed\b(?!["']?\s*[:=]\s*["']?(?:0|false|no|none|null)\b|\s+0\b|[-/])/i,
  /(?<!(?<!\d)0 ?个?|[没未]有?)失败(?!数|\s*[:\uFF1A=]?\s*0)/,
];

/** Says no to nearly every line without looking at it further. In bytes, so `失败` is written as its UTF-8. */
const HINT =
  /fatal|fail|unreachable|error|err!|severe|critical|exception|traceback|panic|memory|fault|dumped|space left|not found|denied|exit|return|terminated|finished|ended|rc=|\xe5\xa4\xb1\xe8\xb4\xa5/gi;

/** Finds, in bytes as a `latin1` string, places that may be in a line that looks like a failure. */
export function failureHint(): RegExp {
  return new RegExp(HINT);
}

/** Whether a line says that something failed. Colours do not matter. */
export function looksLikeFailure(line: string): boolean {
  const plain = line.replaceAll(/\u001B\[[\d;]*[A-Za-z]/g, "");
  return LOOKS.some((look) => look.test(plain));
}
