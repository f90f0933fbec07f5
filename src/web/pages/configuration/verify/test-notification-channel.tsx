import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconSend from "@tabler/icons-react/icons/IconSend";
import type { NotificationChannel } from "../../../../contract/notification-channel.ts";
import type { NotificationDelivery } from "../../../../contract/notifications.ts";
import { useAnswer, useChange } from "../../../api/api.tsx";
import { Link } from "../../../components/link.tsx";
import { Moment } from "../../../components/moment.tsx";
import { milliseconds } from "../../../locales/format.ts";
import { useText } from "../../../locales/language.tsx";
import { paths } from "../../../paths.ts";
import { Panel } from "../panel.tsx";
import classes from "../configuration.module.css";
import { VerifyProblem } from "./verify-problem.tsx";

interface TestProps {
  readonly id: number | null;
  readonly data: NotificationChannel;
}

/** Sends a message by what is typed, and shows what was sent lately. */
export function TestNotificationChannel({ id, data }: TestProps) {
  const text = useText().notificationChannels.test;
  const test = useChange("POST /notification-channels/test");
  const report = test.data;
  return (
    <Stack gap="md">
      <Panel title={text.title}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {text.hint}
          </Text>
          <Group>
            <Button
              variant="default"
              loading={test.isPending}
              leftSection={<IconSend size={16} />}
              onClick={() => test.mutate({ body: { id, data: { ...data } } })}
            >
              {report === undefined ? text.action : text.again}
            </Button>
          </Group>
          <div aria-live="polite">
            {test.error !== null && <VerifyProblem error={test.error} />}
            {report !== undefined && test.error === null && (
              <Alert
                color={report.ok ? "green" : "red"}
                icon={report.ok ? <IconCheck /> : <IconAlertTriangle />}
                title={report.ok ? text.sent : text.failed}
              >
                {report.problem ?? milliseconds(report.milliseconds)}
              </Alert>
            )}
          </div>
        </Stack>
      </Panel>
      {id !== null && <Deliveries channel={id} />}
    </Stack>
  );
}

function Deliveries({ channel }: { readonly channel: number }) {
  const text = useText().notificationChannels.deliveries;
  const { data } = useAnswer("GET /notification-deliveries", { query: { channel, limit: 10 } });
  if (data === undefined) return null;
  return (
    <Panel title={text.title}>
      {data.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {text.empty}
        </Text>
      ) : (
        <ul className={classes.deliveries}>
          {data.items.map((delivery) => (
            <Sent key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Sent({
  delivery: { request, event, account, state, attempts, problem, createdAt },
}: {
  readonly delivery: NotificationDelivery;
}) {
  const { notificationChannels: text } = useText();
  return (
    <li>
      <Link href={paths.request(request)}>#{request}</Link> {text.events[event]}
      {account !== null && ` · ${account}`} · {text.deliveries.states[state]} · <Moment at={createdAt} />
      {problem !== null && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {text.deliveries.attempts(attempts)}: {problem}
        </Text>
      )}
    </li>
  );
}
