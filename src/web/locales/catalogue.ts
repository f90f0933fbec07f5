import { suspendingWords } from "./suspending-words.ts";
import type { catalogue } from "./en/catalogue.ts";

/** Everything that a page says. A language that lacks a key does not compile. */
export type Catalogue = typeof catalogue;

export const LANGUAGES = { en: "English", zh: "中文" } as const;
export type Language = keyof typeof LANGUAGES;

/** The value of `<html lang>`. */
export const LANGUAGE_TAGS = { en: "en", zh: "zh-CN" } as const satisfies Record<Language, string>;

/** The language: what was chosen, else the first of the browser's that there is, else English. */
export function languageOf(chosen: string | null, browser: readonly string[]): Language {
  for (const wanted of chosen === null ? browser : [chosen, ...browser]) {
    const word = wanted.toLowerCase().split("-")[0];
    if (word === "zh" || word === "en") return word;
  }
  return "en";
}

/** A whole language. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  const { catalogue } = language === "zh" ? await import("./zh/catalogue.ts") : await import("./en/catalogue.ts");
  return catalogue;
}

/** A language for pages: what the first page needs; the rest is loaded once something of it is asked for. */
export async function loadWords(language: Language): Promise<Catalogue> {
  const { first } = language === "zh" ? await import("./zh/first.ts") : await import("./en/first.ts");
  return suspendingWords(first, () => loadCatalogue(language));
}
