import type { ApprovalCard } from "../../../contract/requests.ts";
import { useAnswer } from "../../api/api.tsx";
import type { Decision } from "../../approvals/decision.ts";
import { VoteLine } from "../../approvals/vote-line.tsx";
import { Link } from "../../components/link.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./inbox.module.css";

interface GoneCardProps {
  readonly card: ApprovalCard;
  /** What whoever looks has decided; undefined: it went away otherwise. */
  readonly decided: Decision | undefined;
}

/** Where a card was that does not wait any more: what became of it. */
export function GoneCard({ card: { id, order, environment }, decided }: GoneCardProps) {
  const text = useText().approvals.gone;
  const { data } = useAnswer("GET /requests/:id", { params: { id } });
  const votes = data?.approval?.levels.flatMap((level) => level.votes) ?? [];
  const latest = votes.toSorted((left, right) => Date.parse(right.at) - Date.parse(left.at))[0];
  const said = decided === undefined ? text.otherwise : decided === "approve" ? text.approved : text.rejected;
  return (
    <article className={classes.gone} aria-label={text.label(id)}>
      <Link href={paths.request(id)} className={classes.link}>
        #{id} {order.name}
      </Link>
      <span className={classes.dimmed}>{environment.name}</span>
      {data !== undefined && <StateBadge state={data.state} />}
      <span>
        {said} {data?.state === "waiting" && text.others}
      </span>
      {decided === undefined && latest !== undefined && data?.state !== "waiting" && <VoteLine vote={latest} />}
    </article>
  );
}
