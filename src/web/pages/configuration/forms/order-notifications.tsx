import { ActionIcon, Button, MultiSelect, Select } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconX from "@tabler/icons-react/icons/IconX";
import type { WorkOrder } from "../../../../contract/definitions.ts";
import { NOTIFICATION_EVENTS, type NotificationEvent } from "../../../../contract/notification-channel.ts";
import { useAnswer } from "../../../api/api.tsx";
import { Section } from "../../../components/section.tsx";
import { useText } from "../../../locales/language.tsx";
import type { FormProps } from "../draft.ts";
import classes from "./forms.module.css";

type Told = WorkOrder["notifications"][number];

const MOST = 20;

/** Which channels are told of what, a line each. */
export function OrderNotifications({ data: { notifications }, set, at }: FormProps<WorkOrder>) {
  const { notificationChannels: text, problems } = useText();
  const channels = useAnswer("GET /notification-channels", {}).data?.items ?? [];
  const change = (place: number, part: Partial<Told>): void =>
    set(
      "notifications",
      notifications.map((told, index) => (index === place ? { ...told, ...part } : told)),
    );
  const named = (id: number): string => channels.find((channel) => channel.id === id)?.name ?? String(id);
  return (
    <Section title={text.orders} help={text.ordersHelp}>
      {notifications.length > 0 && (
        <ul className={classes.entries}>
          {notifications.map(({ channel, events }, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- a line is its place
            <li key={place} className={classes.mapping}>
              <Select
                aria-label={text.channel}
                placeholder={text.channel}
                allowDeselect={false}
                searchable
                data={channels.map(({ id, name, kind, active }) => ({
                  value: String(id),
                  label: `${name} (${text.kinds[kind]}${active ? "" : `, ${text.inactive}`})`,
                }))}
                value={channel === 0 ? null : String(channel)}
                onChange={(id) => id !== null && change(place, { channel: Number(id) })}
                error={at(`notifications.${place}.channel`) === undefined ? undefined : problems.rules.required}
              />
              <MultiSelect
                aria-label={text.of}
                placeholder={events.length === 0 ? text.of : ""}
                data={NOTIFICATION_EVENTS.map((event) => ({ value: event, label: text.events[event] }))}
                value={events}
                onChange={(chosen) =>
                  change(place, {
                    events: NOTIFICATION_EVENTS.filter((event: NotificationEvent) => chosen.includes(event)),
                  })
                }
                error={at(`notifications.${place}.events`) === undefined ? undefined : problems.rules.required}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={text.remove(named(channel))}
                onClick={() => set("notifications", notifications.toSpliced(place, 1))}
              >
                <IconX size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        style={{ alignSelf: "flex-start" }}
        disabled={notifications.length >= MOST}
        onClick={() =>
          set("notifications", [
            ...notifications,
            { channel: 0, events: ["waiting", "refused", "succeeded", "failed"] },
          ])
        }
      >
        {text.add}
      </Button>
    </Section>
  );
}
