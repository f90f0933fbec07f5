import { createAdapters } from "../gantry/adapters.ts";
import { loadInventoryWords, loadProblemWords } from "../gantry/words/language.ts";
import { languageOf, loadHelp, loadWords, withoutLanguage } from "./locales/language.ts";
import { paintFor } from "./output/paint.ts";
import { modules } from "./modules.ts";
import { runProgram } from "./program.ts";
import { EXIT, UsageError, type Services } from "./services.ts";
import { version } from "./version.ts";

/** Runs a command line in the user's language; returns the exit code. What was not expected is reported as a bug. */
export async function start(argv: readonly string[]): Promise<number> {
  const language = languageOf(argv, process.env);
  const [words, help] = await Promise.all([loadWords(language), loadHelp(language)]);
  const colour =
    process.stdout.isTTY && !process.env["NO_COLOR"] && !argv.includes("--no-color") && process.env["TERM"] !== "dumb";
  const { env, stdout, stderr } = process;
  const services: Services = {
    env,
    cwd: process.cwd(),
    stdout,
    stderr,
    words,
    problemWords: () => loadProblemWords(language),
    inventoryWords: () => loadInventoryWords(language),
    paint: paintFor(colour),
    adapters: createAdapters(process.env),
  };
  try {
    return await runProgram(withoutLanguage(argv), { services, help, version, modules });
  } catch (error) {
    if (error instanceof UsageError) {
      stderr.write(`${error.message}\n`);
      return EXIT.usage;
    }
    stderr.write(`${words.usage.bug(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
    return EXIT.usage;
  }
}
