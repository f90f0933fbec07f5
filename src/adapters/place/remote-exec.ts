import { fail, ok } from "../../domain/result.ts";
import { quoteShellWord } from "../../domain/shell-words.ts";
import { decodeBytes, ENCODE_FUNCTION } from "./encoding-script.ts";
import type { PlaceExecOptions, PlaceExecResult, PlaceResult } from "./place.ts";
import { scriptBroke, type ScriptRunner } from "./script-runner.ts";
import { environmentText } from "./spool-spec.ts";
import { wholeScript } from "./spool-scripts.ts";

/** A connection keeps 10 MB of what a program prints, and bytes come as text here. */
const MOST = 4 * 1024 * 1024;
/** Bytes of standard error that are kept. */
const ERRORS = 65_536;

/**
 * Runs a program at a place by a script: its words, its environment and its output go through standard input and
 * output as they are. Of its output at most 4 MiB are read, whatever the limit.
 */
export async function remoteExec(
  place: string,
  run: ScriptRunner,
  argv: readonly string[],
  options: PlaceExecOptions,
): Promise<PlaceResult<PlaceExecResult>> {
  const environment = environmentText(options.env ?? {});
  if (!environment.ok) return fail({ reason: "bad-value", place, detail: environment.failure });
  if (argv.some((word) => word.includes("\0"))) {
    return fail({ reason: "bad-value", place, detail: "a NUL character cannot be handed to a program" });
  }
  const [program = ""] = argv;
  const limit = Math.min(options.limit, MOST);
  const start = performance.now();
  const answer = await run(execScript(argv, environment.value, limit + 1), {
    action: program,
    deadline: options.deadline,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (!answer.ok) return answer;
  const milliseconds = Math.round(performance.now() - start);
  if (answer.value.stdout === "missing\n") return fail({ reason: "program-missing", place, detail: program });
  const [, encoding = "", bytes = "", code] = /^(\w+) (\S*)\ncode (\d+)\n$/.exec(answer.value.stdout) ?? [];
  const stdout = decodeBytes(bytes, encoding);
  if (code === undefined || stdout === undefined) return scriptBroke(place, program, answer.value);
  if (stdout.length > limit) {
    return fail({ reason: "output-limit", place, detail: `${program}: more than ${limit} bytes of output` });
  }
  return ok({ exitCode: Number(code), stdout, stderr: answer.value.stderr.slice(0, ERRORS), milliseconds });
}

/** Prints `<encoding> <bytes>` and `code <exit code>`, or `missing`; reads no more than so many bytes. */
function execScript(argv: readonly string[], environment: string, bytes: number): string {
  return wholeScript(String.raw`
${ENCODE_FUNCTION}
set -- ${argv.map(quoteShellWord).join(" ")}
cd "${"$"}{HOME:-/}" 2>/dev/null || cd /
program() { (
${environment}
exec "$@"
) 3>&- 4>&-; }
(
${environment}
command -v "$1" >/dev/null 2>&1
) || { echo missing; return; }
printf '%s ' "$encoding"
{ code=$( { { program "$@"; echo $? >&3; } | head -c ${bytes} | encode >&4; } 3>&1 ); } 4>&1
printf '\ncode %s\n' "$code"`);
}
