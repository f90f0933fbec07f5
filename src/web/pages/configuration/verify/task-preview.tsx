import { Badge, Stack, Text, Tooltip } from "@mantine/core";
import { useText } from "../../../locales/language.tsx";
import type { AnswerTo } from "../../../api/call.ts";
import classes from "../configuration.module.css";
import { Panel } from "../panel.tsx";
import { Placeholders } from "./placeholders.tsx";
import type { WorkOrder } from "../../../../contract/definitions.ts";

type Checked = AnswerTo<"POST /work-orders/verify">;

interface TaskPreviewProps {
  readonly data: WorkOrder;
  readonly checked: Checked | undefined;
  /** Problems that are shown at the fields of tasks. */
  readonly problems: number;
}

/** The task lines of an order as they were read: each argument a box. */
export function TaskPreview({ data, checked, problems }: TaskPreviewProps) {
  const text = useText().workOrders.verify;
  const lines = checked?.lines ?? [];
  return (
    <>
      <Panel title={text.title}>
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {text.hint}
          </Text>
          <div role="status">
            {problems > 0 && (
              <Text size="sm" c="var(--mantine-color-error)">
                {text.problems(problems)}
              </Text>
            )}
          </div>
          {lines.length === 0 && problems === 0 && <Text size="sm">{text.nothing}</Text>}
          {(["pre", "main", "post"] as const).map((task) => {
            const ofTask = lines.filter((line) => line.task === task);
            return ofTask.length === 0 ? null : (
              <div key={task}>
                <Text size="xs" fw={600}>
                  {text.tasks[task]}
                </Text>
                {ofTask.map((line, index) => (
                  <CommandLine key={`${index} ${line.words.join(" ")}`} {...line} />
                ))}
              </div>
            );
          })}
        </Stack>
      </Panel>
      <Placeholders data={data} />
    </>
  );
}

type LineProps = Pick<Checked["lines"][number], "words" | "shell" | "gantry">;

/** One command as it will run. */
function CommandLine({ words, shell, gantry }: LineProps) {
  const text = useText().workOrders.verify;
  return (
    <div className={classes.command}>
      {shell && (
        <Tooltip label={text.shellHint}>
          <Badge variant="light" color="yellow">
            {text.shell}
          </Badge>
        </Tooltip>
      )}
      {gantry && (
        <Tooltip label={text.gantryHint}>
          <Badge variant="light">{text.gantry}</Badge>
        </Tooltip>
      )}
      {words.map((word, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- the same word may stand there twice
        <span key={place} className={classes.word}>
          {partsOf(word).map((part, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <span key={index} className={part.startsWith("{") ? classes.placeholder : undefined}>
              {part}
            </span>
          ))}
        </span>
      ))}
    </div>
  );
}

/** A word with its placeholders apart. */
function partsOf(word: string): readonly string[] {
  const parts = word.split(/(\{[\p{L}_][\p{L}\p{N}_]*\})/u).filter((part) => part !== "");
  return parts.length === 0 ? ['""'] : parts;
}
