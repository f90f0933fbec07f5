import { Alert, Button, Code, Loader } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconRefresh from "@tabler/icons-react/icons/IconRefresh";
import { useQueryClient } from "@tanstack/react-query";
import type { FleetSource, FleetState } from "../../../contract/fleet.ts";
import { invalidate, useApi } from "../../api/api.tsx";
import { Moment } from "../../components/moment.tsx";
import { milliseconds } from "../../locales/format.ts";
import { useText } from "../../locales/language.tsx";
import classes from "./fleet.module.css";

/** How new what is shown is, and the button that has it looked at again. */
export function Freshness({ environment, state }: { readonly environment: number; readonly state: FleetState }) {
  const text = useText().fleet;
  const { call } = useApi();
  const client = useQueryClient();
  const refreshing = state.sources.some((source) => source.refreshing);
  const refresh = async (): Promise<void> => {
    await call("POST /fleet/refresh", { body: { environment } });
    await invalidate(client, ["GET /fleet/state"]);
  };
  if (state.sources.length === 0) return null;
  return (
    <div className={classes.freshness}>
      <span role="status" className={classes.seen}>
        {refreshing ? (
          <>
            <Loader size={12} aria-hidden /> {text.refreshing}
          </>
        ) : (
          <Seen sources={state.sources} />
        )}
      </span>
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
        disabled={refreshing}
        onClick={() => void refresh()}
      >
        {text.refresh}
      </Button>
    </div>
  );
}

/** The oldest of the answers says how new all is. */
function Seen({ sources }: { readonly sources: readonly FleetSource[] }) {
  const text = useText().fleet;
  const [oldest] = sources.toSorted((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : 1));
  if (oldest === undefined || oldest.at === null) return text.neverSeen;
  return (
    <>
      {text.seen} <Moment at={oldest.at} />
      {oldest.milliseconds !== null && (
        <span className={classes.took}>{text.took(milliseconds(oldest.milliseconds))}</span>
      )}
    </>
  );
}

/** Config centres that could not be asked when they were asked last. */
export function SourceProblems({ state }: { readonly state: FleetState }) {
  const text = useText().fleet;
  return state.sources.flatMap(({ configCentre, problem, at }) =>
    problem === null
      ? []
      : [
          <Alert
            key={configCentre.id}
            color="yellow"
            variant="light"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={text.problem(configCentre.name)}
          >
            {text.reasons[problem.reason]} {at !== null && text.stale}
            <Code block className={classes.detail}>
              {problem.detail}
            </Code>
          </Alert>,
        ],
  );
}
