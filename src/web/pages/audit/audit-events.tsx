import IconChevronRight from "@tabler/icons-react/icons/IconChevronRight";
import { useState } from "react";
import type { AuditEvent } from "../../../contract/audit.ts";
import { Moment } from "../../components/moment.tsx";
import { useText } from "../../locales/language.tsx";
import { EventDetails } from "./event-details.tsx";
import { kindName, objectName } from "./object-words.ts";
import classes from "./audit.module.css";

/** Events in lines, each of which opens. */
export function AuditEvents({ events }: { readonly events: readonly AuditEvent[] }) {
  const { columns } = useText().audit;
  return (
    <div>
      <div className={classes.heads} aria-hidden>
        <span />
        <span>{columns.number}</span>
        <span>{columns.at}</span>
        <span>{columns.actor}</span>
        <span>{columns.action}</span>
        <span>{columns.object}</span>
      </div>
      <ol className={classes.events}>
        {events.map((event) => (
          <li key={event.seq}>
            <Event event={event} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Event({ event }: { readonly event: AuditEvent }) {
  const catalogue = useText();
  const text = catalogue.audit;
  const [open, setOpen] = useState(false);
  const { seq, at, actor, action, object } = event;
  return (
    <details className={classes.event} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={classes.line}>
        <IconChevronRight size={14} className={classes.chevron} aria-hidden />
        <span className={classes.number}>{seq}</span>
        <span className={classes.at}>
          <Moment at={at} absolute />
        </span>
        <span className={classes.actor}>
          {actor.id === null && actor.name === "console" ? text.console : actor.name}
        </span>
        {/* A newer server may know actions that this page does not. */}
        <span className={classes.action}>{text.actions[action] ?? action}</span>
        <span className={classes.object}>
          <span className={classes.dimmed}>{kindName(object.kind, catalogue)}</span> {objectName(object)}
        </span>
      </summary>
      {open && <EventDetails event={event} />}
    </details>
  );
}
