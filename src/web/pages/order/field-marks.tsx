import { ActionIcon, Loader, Tooltip } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconRefresh from "@tabler/icons-react/icons/IconRefresh";
import type { ReactNode } from "react";
import type { FormField } from "../../../contract/requests.ts";
import { problemWords } from "../../components/problem-alert.tsx";
import { Moment } from "../../components/moment.tsx";
import { milliseconds } from "../../locales/format.ts";
import { useText } from "../../locales/language.tsx";
import { visibleLines, visibleText } from "../../logs/visible-text.ts";
import type { Choices } from "./order-form-store.ts";
import classes from "./order.module.css";

interface FieldMarksProps {
  readonly field: FormField;
  readonly choices: Choices;
  readonly dropped: readonly string[];
  readonly labelOf: (name: string) => string;
  readonly onRefresh: () => void;
}

/** Under an input: how its values were fetched, or why they could not be, and the way to try again. */
export function FieldMarks({ field, choices, dropped, labelOf, onRefresh }: FieldMarksProps) {
  const text = useText();
  const words = text.order.field;
  const lost = dropped.length > 0 && (
    <span className={classes.mark} data-tone="doubtful">
      <IconAlertTriangle size={14} aria-hidden />
      {words.dropped(dropped.map(visibleText).join(", "))}
    </span>
  );
  switch (choices.state) {
    case "typed":
      return null;
    case "loading":
      return (
        <Marks>
          <span className={classes.mark}>
            <Loader size={12} aria-hidden />
            {words.loading}
          </span>
        </Marks>
      );
    case "waiting":
      return (
        <Marks>
          <span className={classes.mark}>{words.waitsFor(choices.for.map(labelOf).join(", "))}</span>
        </Marks>
      );
    case "failed": {
      const why = choices.error === undefined ? choices.answer?.problem : problemWords(choices.error, text).title;
      return (
        <Marks>
          <span className={classes.mark} data-tone="bad">
            <IconAlertTriangle size={14} aria-hidden />
            <span className={classes.lines}>
              {words.failed} {why !== undefined && visibleLines(why)}
            </span>
          </span>
          <Refresh field={field} onRefresh={onRefresh} />
          <Printed output={choices.answer?.output} />
          {lost}
        </Marks>
      );
    }
    case "ready": {
      const { status, problem, fetchedAt, milliseconds: took, values, output } = choices.answer;
      const fetched = fetchedAt !== null || took > 0;
      return (
        <Marks>
          {status === "stale" && (
            <span className={classes.mark} data-tone="doubtful">
              <IconAlertTriangle size={14} aria-hidden />
              <span className={classes.lines}>
                {words.stale} {problem !== undefined && visibleLines(problem)}
              </span>
            </span>
          )}
          {fetched && (
            <span className={classes.mark}>
              {status === "fresh" ? (
                words.fetchedIn(milliseconds(took))
              ) : (
                <>
                  {words.cachedSince} <Moment at={fetchedAt} />
                </>
              )}
            </span>
          )}
          {fetched && <Refresh field={field} onRefresh={onRefresh} />}
          {values.length === 0 && <span className={classes.mark}>{words.noValues}</span>}
          {status === "stale" && <Printed output={output} />}
          {lost}
        </Marks>
      );
    }
    default:
      return choices satisfies never;
  }
}

function Marks({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.marks} role="status">
      {children}
    </div>
  );
}

function Refresh({ field, onRefresh }: { readonly field: FormField; readonly onRefresh: () => void }) {
  const label = useText().order.field.refresh(field.label);
  return (
    <Tooltip label={label}>
      <ActionIcon size="xs" variant="subtle" color="gray" aria-label={label} onClick={onRefresh}>
        <IconRefresh size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

function Printed({ output }: { readonly output: string | undefined }) {
  const text = useText().order.field;
  if (output === undefined || output === "") return null;
  return (
    <details className={classes.printed}>
      <summary>{text.printed}</summary>
      <pre>{visibleLines(output)}</pre>
    </details>
  );
}
