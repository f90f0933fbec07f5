import { useQuery } from "@tanstack/react-query";
import type { RunWords } from "../../contract/words/run-words.ts";
import type { Language } from "../locales/catalogue.ts";
import { useLanguage } from "../locales/language.tsx";

/** What is said of runs and their failures, the same on a terminal; only the language that is shown is ever loaded. */
async function loadRunWords(language: Language): Promise<RunWords> {
  const [{ failures }, { output }] =
    language === "zh"
      ? await Promise.all([import("../../contract/words/zh/failures.ts"), import("../../contract/words/zh/output.ts")])
      : await Promise.all([import("../../contract/words/en/failures.ts"), import("../../contract/words/en/output.ts")]);
  return { failures, output };
}

/** The words of runs in the language of the page, once they are loaded. */
export function useRunWords(): RunWords | undefined {
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ["run-words", language],
    queryFn: () => loadRunWords(language),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
