import { Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { FreezeWindow } from "../../../../contract/freeze-window.ts";
import { useApi } from "../../../api/api.tsx";
import { ApiProblem } from "../../../api/problem.ts";
import { fieldMessage } from "../../../components/field-problems.ts";
import { ProblemAlert } from "../../../components/problem-alert.tsx";
import { LANGUAGE_TAGS, type Language } from "../../../locales/catalogue.ts";
import { useLanguage } from "../../../locales/language.tsx";
import type { FormProps } from "../draft.ts";
import classes from "../configuration.module.css";
import { Panel } from "../panel.tsx";

/** The next times of a freeze window, as they are typed. */
export function VerifyFreezeWindow({ data }: FormProps<FreezeWindow>) {
  const { language, text } = useLanguage();
  const words = text.freezeWindows;
  const { call } = useApi();
  const [settled] = useDebouncedValue(data, 400);
  const complete = settled.when.kind === "cron" || (settled.when.from !== "" && settled.when.to !== "");
  // Only its times are looked at here: what else is missing is said at its field when it is saved.
  const body = { data: { ...settled, name: orNothing(settled.name), reason: orNothing(settled.reason) } };
  const answer = useQuery({
    queryKey: ["POST /freeze-windows/verify", settled.when],
    queryFn: ({ signal }) => call("POST /freeze-windows/verify", { body }, { signal }),
    enabled: complete,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const problem = complete && answer.error !== null;
  return (
    <Panel title={words.next}>
      <div aria-live="polite">
        {!complete && (
          <Text size="sm" c="dimmed">
            {words.timeNeeded}
          </Text>
        )}
        {problem && <TimeProblem error={answer.error} />}
        {complete && !problem && answer.data !== undefined && (
          <>
            {answer.data.times.length === 0 && <Text size="sm">{words.nextNone}</Text>}
            <ol className={classes.list}>
              {answer.data.times.slice(0, 3).map(({ from, until }) => (
                <li key={from}>
                  <Text size="sm">{`${shown(from, language, data.when)} – ${shown(until, language, data.when)}`}</Text>
                </li>
              ))}
            </ol>
            {data.when.kind === "cron" && (
              <Text size="xs" c="dimmed">
                {words.zone(data.when.timeZone)}
              </Text>
            )}
          </>
        )}
      </div>
    </Panel>
  );
}

function orNothing(text: string): string {
  return text.trim() === "" ? "-" : text;
}

function TimeProblem({ error }: { readonly error: Error }) {
  const { text } = useLanguage();
  const fields = error instanceof ApiProblem ? error.fields : [];
  if (fields.length === 0) return <ProblemAlert error={error} />;
  return (
    <Text size="sm" c="var(--mantine-color-error)">
      {fields.map((field) => fieldMessage(field, text)).join(" ")}
    </Text>
  );
}

/** A moment with its day of the week, in the zone of the window where that has one. */
function shown(at: string, language: Language, when: FreezeWindow["when"]): string {
  return new Date(at).toLocaleString(LANGUAGE_TAGS[language], {
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(when.kind === "cron" && isTimeZone(when.timeZone) ? { timeZone: when.timeZone } : {}),
  });
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
