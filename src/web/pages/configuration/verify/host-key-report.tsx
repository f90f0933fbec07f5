import { Alert, Button, Stack, Text } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconLock from "@tabler/icons-react/icons/IconLock";
import type { PlaceReport } from "../../../../contract/administration.ts";
import { useText } from "../../../locales/language.tsx";
import classes from "../configuration.module.css";

interface HostKeyReportProps {
  readonly hostKey: NonNullable<PlaceReport["hostKey"]>;
  /** The form holds this key by now. */
  readonly pinnedNow: boolean;
  readonly onPin: (hostKey: string) => void;
}

/** The key that a machine shows, to be compared by a person before it is pinned. */
export function HostKeyReport({ hostKey, pinnedNow, onPin }: HostKeyReportProps) {
  const text = useText().configCentres.verify;
  const changed = hostKey.status === "changed";
  return (
    <Stack gap="xs">
      {changed && !pinnedNow && (
        <Alert color="red" icon={<IconAlertTriangle />}>
          {text.changed}
        </Alert>
      )}
      <div>
        <Text size="sm" fw={600}>
          {text.fingerprints}
        </Text>
        {hostKey.fingerprints.map((fingerprint) => (
          <div key={fingerprint} className={classes.fingerprint}>
            {fingerprint}
          </div>
        ))}
      </div>
      {hostKey.status === "pinned" && <Text size="sm">{text.isPinned}</Text>}
      {hostKey.status !== "pinned" && !pinnedNow && (
        <>
          <Text size="sm">
            {changed ? "" : `${text.isNew} `}
            {text.compare}
          </Text>
          <div>
            <Button
              size="xs"
              color={changed ? "red" : "blue"}
              leftSection={<IconLock size={14} />}
              onClick={() => onPin(hostKey.key)}
            >
              {changed ? text.pinChanged : text.pin}
            </Button>
          </div>
        </>
      )}
      {hostKey.status !== "pinned" && pinnedNow && <Text size="sm">{text.pinnedNow}</Text>}
    </Stack>
  );
}
