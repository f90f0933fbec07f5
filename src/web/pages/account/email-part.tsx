import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { NOTIFICATION_EVENTS, type NotificationEvent } from "../../../contract/notification-channel.ts";
import type { NotificationWish } from "../../../contract/notifications.ts";
import { useAnswer, useChange } from "../../api/api.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Part } from "../../components/part.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useText } from "../../locales/language.tsx";

/** What somebody hears of by e-mail. */
export function EmailPart() {
  const { notificationChannels } = useText();
  const text = notificationChannels.wish;
  const { data } = useAnswer("GET /session/notifications", {});
  if (data === undefined) return null;
  const why = data.email === "" ? text.noAddress : data.possible ? undefined : text.noChannel;
  return (
    <Part title={text.title} help={why ?? text.about(data.email)}>
      {why === undefined && <Wishes own={data.own} asked={data.asked} />}
    </Part>
  );
}

function Wishes(kept: NotificationWish) {
  const { notificationChannels, general } = useText();
  const text = notificationChannels.wish;
  const [own, setOwn] = useState<readonly NotificationEvent[]>(kept.own);
  const [asked, setAsked] = useState(kept.asked);
  const change = useChange("PUT /session/notifications", ["GET /session/notifications"]);
  const save = (): void =>
    change.mutate(
      { body: { own: [...own], asked } },
      { onSuccess: () => showNotice({ message: text.saved, tone: "good" }) },
    );
  return (
    <Stack gap="md">
      <Checkbox.Group
        label={text.own}
        value={[...own]}
        onChange={(chosen) => setOwn(NOTIFICATION_EVENTS.filter((event) => chosen.includes(event)))}
      >
        <Stack gap="xs" mt={6}>
          {NOTIFICATION_EVENTS.map((event) => (
            <Checkbox key={event} value={event} label={notificationChannels.events[event]} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Checkbox label={text.asked} checked={asked} onChange={(event) => setAsked(event.currentTarget.checked)} />
      {change.error !== null && <ProblemAlert error={change.error} />}
      <Group>
        <Button size="xs" variant="default" loading={change.isPending} onClick={save}>
          {general.save}
        </Button>
      </Group>
    </Stack>
  );
}
