import { Group, Radio, TextInput } from "@mantine/core";
import { useState } from "react";
import { localMinute } from "../../components/local-time.ts";
import { useText } from "../../locales/language.tsx";
import classes from "./order.module.css";
import type { Schedule, ScheduleProblem } from "./schedule.ts";

interface WhenInputProps {
  readonly schedule: Schedule;
  readonly problem: ScheduleProblem | undefined;
  readonly now: Date;
  readonly onChange: (schedule: Schedule) => void;
}

/** Now, or at a date and time of the viewer's zone, which is named. */
export function WhenInput({ schedule, problem, now, onChange }: WhenInputProps) {
  const text = useText().order.when;
  const [zone] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const soon = (): string => localMinute(new Date(now.getTime() + 3_600_000));
  return (
    <Radio.Group
      label={text.label}
      value={schedule.kind}
      onChange={(kind) =>
        onChange({ kind: kind === "at" ? "at" : "now", local: schedule.local === "" ? soon() : schedule.local })
      }
    >
      <div className={classes.buttons}>
        <Radio value="now" label={text.now} />
        <Radio value="at" label={text.at} />
        {schedule.kind === "at" && (
          <Group gap="xs">
            <TextInput
              type="datetime-local"
              aria-label={text.time}
              value={schedule.local}
              min={localMinute(now)}
              error={problem === undefined ? undefined : text[problem]}
              onChange={(event) => onChange({ kind: "at", local: event.currentTarget.value })}
            />
            <span>{text.zone(zone)}</span>
          </Group>
        )}
      </div>
    </Radio.Group>
  );
}
