import { ActionIcon, Anchor, Loader, Tooltip } from "@mantine/core";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import IconRefresh from "@tabler/icons-react/icons/IconRefresh";
import type { ReactNode } from "react";
import type { FormValues, OrderForm, Preview } from "../../../contract/requests.ts";
import { useApi } from "../../api/api.tsx";
import { Link } from "../../components/link.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { duration } from "../../locales/format.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { Commands } from "./commands.tsx";
import classes from "./order.module.css";
import { PlanView } from "./plan-view.tsx";

interface PreviewPanelProps {
  readonly order: OrderForm;
  readonly preview: UseQueryResult<Preview>;
  /** Values that have stood still for a moment. */
  readonly values: FormValues;
  /** Whether the form is filled in, so that a plan can be made. */
  readonly filled: boolean;
}

/** What would run if the form were submitted now: the exact command, where, after whom, and the plan. */
export function PreviewPanel({ order, preview, values, filled }: PreviewPanelProps) {
  const text = useText().order.preview;
  const { data, error } = preview;
  return (
    <section className={classes.preview} aria-label={text.title}>
      <h2 className={classes.heading}>
        {text.title} {preview.isFetching && <Loader size={12} aria-hidden />}
      </h2>
      {error !== null && <ProblemAlert error={error} retry={() => void preview.refetch()} />}
      {data === undefined && error === null && <Loading rows={3} />}
      {data !== undefined && (
        <>
          <Commands lines={data.lines} />
          <Facts preview={data} />
          {data.lines.some(({ gantry }) => gantry) ? (
            <Plans order={order} values={values} filled={filled} />
          ) : (
            <p className={classes.dimmed}>{text.planNone}</p>
          )}
        </>
      )}
    </section>
  );
}

function Facts({ preview: { place, lock, usualSeconds, approval } }: { readonly preview: Preview }) {
  const { order, approvalFlows } = useText();
  const text = order.preview;
  return (
    <dl className={classes.facts}>
      <Fact name={text.at}>{place}</Fact>
      <Fact name={text.lock}>
        {lock.policy === "none" && text.lockNone}
        {lock.policy !== "none" && lock.holder === null && text.lockFree}
        {lock.policy !== "none" && lock.holder !== null && (
          <>
            {text.lockHeld}{" "}
            <Anchor component={Link} href={paths.request(lock.holder.request)} inherit underline="always">
              #{lock.holder.request}
            </Anchor>{" "}
            ({lock.holder.by}, {text.since} <Moment at={lock.holder.since} />
            ); {lock.policy === "queue" ? text.lockWaiting(lock.waiting) : text.lockRefuse}
          </>
        )}
      </Fact>
      <Fact name={text.approval}>
        {approval === null ? (
          text.approvalNone
        ) : (
          <>
            {text.approvalLevels(approval.levels.length)} (
            {approval.levels.map(({ name, quorum }) => approvalFlows.inShort(name, quorum)).join(" → ")})
            {approval.preTaskFirst && <div className={classes.dimmed}>{text.preTaskFirst}</div>}
            {!approval.runOnApproval && <div className={classes.dimmed}>{text.startsByHand}</div>}
          </>
        )}
      </Fact>
      <Fact name={text.usual}>{usualSeconds === null ? text.usualUnknown : duration(usualSeconds)}</Fact>
    </dl>
  );
}

function Plans({ order, values, filled }: Omit<PreviewPanelProps, "preview">) {
  const text = useText().order.preview;
  const { call } = useApi();
  const plans = useQuery({
    queryKey: ["plan", order.id, order.version, JSON.stringify(values)],
    queryFn: ({ signal }) => call("POST /orders/:id/plan", { params: { id: order.id }, body: { values } }, { signal }),
    enabled: filled,
    staleTime: 60_000,
    retry: false,
  });
  return (
    <div className={classes.plans}>
      <h3 className={classes.heading}>
        {text.plan} {plans.isFetching && <Loader size={12} aria-hidden />}
        {filled && !plans.isFetching && (
          <Tooltip label={text.refreshPlan}>
            <ActionIcon
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={text.refreshPlan}
              onClick={() => void plans.refetch()}
            >
              <IconRefresh size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </h3>
      {!filled && <p className={classes.dimmed}>{text.planLater}</p>}
      {filled && plans.isPending && <p className={classes.dimmed}>{text.planLoading}</p>}
      {plans.error !== null && <ProblemAlert error={plans.error} retry={() => void plans.refetch()} />}
      {plans.data?.plans.map((plan, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- plans have no other name
        <PlanView key={index} plan={plan} />
      ))}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
