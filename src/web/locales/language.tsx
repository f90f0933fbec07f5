import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { type Catalogue, type Language, LANGUAGE_TAGS, loadWords } from "./catalogue.ts";

interface Spoken {
  readonly language: Language;
  readonly text: Catalogue;
}
interface LanguageChoice extends Spoken {
  readonly choose: (language: Language) => Promise<void>;
}

export const LANGUAGE_STORED_AS = "gantry.language";

const LanguageContext = createContext<LanguageChoice | null>(null);

/** Gives the pages inside their language. */
export function LanguageProvider({ initial, children }: { readonly initial: Spoken; readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState(initial);
  useEffect(() => {
    document.documentElement.lang = LANGUAGE_TAGS[spoken.language];
  }, [spoken.language]);
  const choice = useMemo<LanguageChoice>(
    () => ({
      ...spoken,
      choose: async (language) => {
        const text = await loadWords(language);
        remember(language);
        setSpoken({ language, text });
      },
    }),
    [spoken],
  );
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

function remember(language: Language): void {
  try {
    localStorage.setItem(LANGUAGE_STORED_AS, language);
  } catch {
    // Storage is turned off: the choice lasts as long as the page.
  }
}

/** The language, and the way to choose another one. */
export function useLanguage(): LanguageChoice {
  const choice = use(LanguageContext);
  if (choice === null) throw new Error("useLanguage needs a LanguageProvider around it");
  return choice;
}

/** Everything that pages say, in the language that was chosen: `useText().orders.title`. */
export function useText(): Catalogue {
  return useLanguage().text;
}
