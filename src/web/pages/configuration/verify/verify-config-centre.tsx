import { Alert, Stack } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import type { ConfigCentre } from "../../../../contract/definitions.ts";
import type { PlaceReport } from "../../../../contract/administration.ts";
import { useChange } from "../../../api/api.tsx";
import { bytes, milliseconds } from "../../../locales/format.ts";
import { useText } from "../../../locales/language.tsx";
import classes from "../configuration.module.css";
import { type FormProps, sameJson } from "../draft.ts";
import { HostKeyReport } from "./host-key-report.tsx";
import { VerifyPanel } from "./verify-panel.tsx";
import { VerifyProblem } from "./verify-problem.tsx";

interface VerifyConfigCentreProps {
  readonly id: number | null;
  readonly data: ConfigCentre;
  readonly set: FormProps<ConfigCentre>["set"];
}

/** Connects to a config centre and says what is there; a host key is compared and pinned here. */
export function VerifyConfigCentre({ id, data, set }: VerifyConfigCentreProps) {
  const verify = useChange("POST /config-centres/verify", ["GET /health"]);
  const body = { id, data: { ...data } };
  const report = verify.data;
  const pinned = report?.hostKey !== undefined && report.hostKey !== null && data.hostKey === report.hostKey.key;
  return (
    <VerifyPanel
      busy={verify.isPending}
      tried={verify.data !== undefined || verify.error !== null}
      old={!sameJson(verify.variables?.body, body)}
      onVerify={() => verify.mutate({ body })}
    >
      {verify.error !== null && <VerifyProblem error={verify.error} />}
      {report !== undefined && (
        <Stack gap="sm">
          <Verdict report={report} />
          {report.hostKey !== null && report.hostKey.status !== "none" && (
            <HostKeyReport hostKey={report.hostKey} pinnedNow={pinned} onPin={(hostKey) => set("hostKey", hostKey)} />
          )}
          <Facts report={report} />
        </Stack>
      )}
    </VerifyPanel>
  );
}

function Verdict({ report }: { readonly report: PlaceReport }) {
  const text = useText().configCentres.verify;
  return report.ok ? (
    <Alert color="green" icon={<IconCheck />} title={text.ok}>
      {report.problem}
    </Alert>
  ) : (
    <Alert color="red" icon={<IconAlertTriangle />} title={text.notOk}>
      {report.problem}
    </Alert>
  );
}

function Facts({ report }: { readonly report: PlaceReport }) {
  const { configuration, configCentres } = useText();
  const text = configCentres.verify;
  return (
    <dl className={classes.facts}>
      {report.user !== null && (
        <>
          <dt>{text.user}</dt>
          <dd>{report.user}</dd>
        </>
      )}
      {report.clockOffset !== null && (
        <>
          <dt>{text.clock}</dt>
          <dd>{clockWords(report.clockOffset, text)}</dd>
        </>
      )}
      {report.freeBytes !== null && (
        <>
          <dt>{text.disk}</dt>
          <dd>{bytes(report.freeBytes)}</dd>
        </>
      )}
      {report.programs.map(({ name, version }) => (
        <Program key={name} name={name} version={version ?? text.notFound} />
      ))}
      <dt>{configuration.verify.took}</dt>
      <dd>{milliseconds(report.milliseconds)}</dd>
    </dl>
  );
}

function Program({ name, version }: { readonly name: string; readonly version: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{version}</dd>
    </>
  );
}

function clockWords(
  offset: number,
  text: { clockRight: string; clockAhead: (seconds: string) => string; clockBehind: (seconds: string) => string },
): string {
  if (Math.abs(offset) < 2) return text.clockRight;
  return offset > 0 ? text.clockAhead(offset.toFixed(0)) : text.clockBehind((-offset).toFixed(0));
}
