import type { Language } from "../../gantry/words/language.ts";
import type { HelpWords } from "./help-words.ts";
import type { Words } from "./words.ts";

/** The user's language: `--lang`, else $GANTRY_LANG, else the locale; anything but Chinese is English. */
export function languageOf(argv: readonly string[], env: NodeJS.ProcessEnv): Language {
  const at = argv.indexOf("--lang");
  const asked =
    argv.find((word) => word.startsWith("--lang="))?.slice("--lang=".length) ?? (at < 0 ? undefined : argv[at + 1]);
  const locale = [asked, env["GANTRY_LANG"], env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find(
    (each) => each !== undefined && each !== "",
  );
  return locale?.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** The command line without `--lang`, which may stand anywhere and has had its effect. */
export function withoutLanguage(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf("--lang");
  const rest = at < 0 ? argv : argv.toSpliced(at, 2);
  return rest.filter((word) => !word.startsWith("--lang="));
}

/** Everything Gantry says while it runs, in one language. */
export async function loadWords(language: Language): Promise<Words> {
  const [{ failures }, { output }, { usage }, { check }, { plan }] =
    language === "zh"
      ? await Promise.all([
          import("../../contract/words/zh/failures.ts"),
          import("../../contract/words/zh/output.ts"),
          import("./zh/usage.ts"),
          import("./zh/check.ts"),
          import("./zh/plan.ts"),
        ])
      : await Promise.all([
          import("../../contract/words/en/failures.ts"),
          import("../../contract/words/en/output.ts"),
          import("./en/usage.ts"),
          import("./en/check.ts"),
          import("./en/plan.ts"),
        ]);
  return { language, failures, output, usage, check, plan };
}

/** The words of `--help`, in one language. */
export async function loadHelp(language: Language): Promise<HelpWords> {
  const { help } = language === "zh" ? await import("./zh/help.ts") : await import("./en/help.ts");
  return help;
}
