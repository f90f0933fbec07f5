import { LANGUAGE_TAGS, type Language } from "../../locales/catalogue.ts";

const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** How long ago a moment is, in as few letters as can be: `3d`, `5h`, `12m`; in Chinese `3天`. */
export function age(at: string, now: Date, language: Language): string {
  const seconds = Math.max(0, (now.getTime() - new Date(at).getTime()) / 1000);
  const [unit, size] = UNITS.find((each) => seconds >= each[1]) ?? ["second", 1];
  return new Intl.NumberFormat(LANGUAGE_TAGS[language], { style: "unit", unit, unitDisplay: "narrow" }).format(
    Math.floor(seconds / size),
  );
}
