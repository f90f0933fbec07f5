import { Text } from "@mantine/core";
import { Cron } from "croner";
import { LANGUAGE_TAGS } from "../../../locales/catalogue.ts";
import { useLanguage } from "../../../locales/language.tsx";
import classes from "./forms.module.css";

interface NextBeginningsProps {
  readonly cron: string;
  readonly timeZone: string;
}

/** The next three times of a cron expression, or that it is none; in a chunk of its own, with its parser. */
export function NextBeginnings({ cron, timeZone }: NextBeginningsProps) {
  const { language, text } = useLanguage();
  const words = text.freezeWindows;
  const times = nextTimes(cron, timeZone);
  if (times === undefined)
    return (
      <Text size="sm" c="var(--mantine-color-error)">
        {words.cronWrong}
      </Text>
    );
  const shown = new Intl.DateTimeFormat(LANGUAGE_TAGS[language], {
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  return (
    <div>
      <Text size="sm" fw={500}>
        {words.next} <Text span size="sm" c="dimmed">{`(${words.nextIn(timeZone)})`}</Text>
      </Text>
      {times.length === 0 && <Text size="sm">{words.nextNone}</Text>}
      <ol className={classes.beginnings}>
        {times.map((time) => (
          <li key={time.getTime()}>
            <time dateTime={time.toISOString()}>{shown.format(time)}</time>
          </li>
        ))}
      </ol>
    </div>
  );
}

function nextTimes(cron: string, timeZone: string): readonly Date[] | undefined {
  try {
    return new Cron(cron, { timezone: timeZone, mode: "5-part", paused: true }).nextRuns(3);
  } catch {
    return undefined;
  }
}
