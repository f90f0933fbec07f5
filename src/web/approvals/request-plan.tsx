import { ActionIcon, Loader, Tooltip } from "@mantine/core";
import IconRefresh from "@tabler/icons-react/icons/IconRefresh";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/api.tsx";
import { ProblemAlert } from "../components/problem-alert.tsx";
import { useText } from "../locales/language.tsx";
import { PlanView } from "../pages/order/plan-view.tsx";
import classes from "./approvals.module.css";

interface RequestPlanProps {
  readonly id: number;
  /** Of the request: another one would run something else. */
  readonly hash: string;
}

/** What a request's Gantry lines would do and what runs there now; asked for once it comes into view. */
export function RequestPlan({ id, hash }: RequestPlanProps) {
  const text = useText().approvals;
  const { call } = useApi();
  const [ref, inView] = useInView();
  const plan = useQuery({
    queryKey: ["POST /requests/:id/plan", id, hash],
    queryFn: ({ signal }) => call("POST /requests/:id/plan", { params: { id } }, { signal }),
    enabled: inView,
    staleTime: 60_000,
    retry: false,
  });
  return (
    <section className={classes.plans} ref={ref} aria-label={text.plan}>
      <h3 className={classes.planHead}>
        {text.plan}
        {plan.isFetching ? (
          <Loader size={12} aria-hidden />
        ) : (
          plan.isFetched && (
            <Tooltip label={text.planAgain}>
              <ActionIcon
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={text.planAgain}
                onClick={() => void plan.refetch()}
              >
                <IconRefresh size={14} />
              </ActionIcon>
            </Tooltip>
          )
        )}
      </h3>
      {plan.isPending && <p className={classes.dimmed}>{text.planLoading}</p>}
      {plan.error !== null && (
        <>
          <p className={classes.dimmed}>{text.planFailed}</p>
          <ProblemAlert error={plan.error} retry={() => void plan.refetch()} />
        </>
      )}
      {plan.data?.plans.map((each, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- plans have no other name
        <PlanView key={index} plan={each} />
      ))}
    </section>
  );
}

/** Whether an element has ever come near the window. */
function useInView() {
  const ref = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null || seen) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: "200px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [seen]);
  return [ref, seen] as const;
}
