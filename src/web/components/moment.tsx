import { Tooltip } from "@mantine/core";
import { absoluteMoment, relativeMoment } from "../locales/format.ts";
import { useLanguage } from "../locales/language.tsx";
import classes from "./components.module.css";
import { useNow } from "./use-now.ts";

/** A moment, relative to now; on hover and focus to the second, in the viewer's zone. `at` is ISO 8601; null: never. */
export function Moment({ at, absolute = false }: { readonly at: string | null; readonly absolute?: boolean }) {
  const { language, text } = useLanguage();
  const now = useNow(20_000);
  if (at === null) return <span className={classes.dimmed}>{text.general.never}</span>;
  const date = new Date(at);
  const [relative, exact] = [relativeMoment(date, now, language), absoluteMoment(date, language)];
  return (
    <Tooltip label={absolute ? relative : exact}>
      <time dateTime={at} className={classes.figures}>
        {absolute ? exact : relative}
      </time>
    </Tooltip>
  );
}
