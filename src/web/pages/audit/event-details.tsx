import type { ReactNode } from "react";
import type { AuditEvent } from "../../../contract/audit.ts";
import { useAccount } from "../../api/session.ts";
import { CopyText } from "../../components/copy-text.tsx";
import { Link } from "../../components/link.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { changesIn, restOf, shown } from "./event-data.ts";
import { isDefinitionKind, objectPage } from "./object-words.ts";
import classes from "./audit.module.css";

/** Everything that is kept about an event, and where what it is about can be seen. */
export function EventDetails({ event }: { readonly event: AuditEvent }) {
  const { audit: text } = useText();
  const { permissions } = useAccount();
  const { seq, actor, object, data, hash } = event;
  const page = objectPage(object, permissions);
  const changes = changesIn(data);
  const rest = restOf(data);
  return (
    <div className={classes.details}>
      <dl className={classes.facts}>
        <Fact name={text.via}>{viaWords(actor.via, text.vias)}</Fact>
        {actor.address !== "" && <Fact name={text.address}>{actor.address}</Fact>}
        {rest.map(([name, value]) => (
          <Fact key={name} name={name}>
            <span className={classes.value}>{shown(value)}</span>
          </Fact>
        ))}
        <Fact name={text.hash}>
          <code className={classes.hash}>{hash}</code>
          <CopyText value={`${seq} ${hash}`} what={text.hash} />
        </Fact>
      </dl>
      {changes.length > 0 && <Changes changes={changes} />}
      <p className={classes.links}>
        {page !== undefined && <Link href={page}>{text.open}</Link>}
        {isDefinitionKind(object.kind) && permissions.includes("configure") && (
          <Link href={paths.definitionVersions(object.kind, Number(object.id))}>
            {typeof data["version"] === "number" ? text.toVersion(data["version"]) : text.toVersions}
          </Link>
        )}
        {object.id !== "" && <Link href={paths.audit({ kind: object.kind, id: object.id })}>{text.allOf}</Link>}
        {actor.id !== null && <Link href={paths.audit({ actor: actor.name })}>{text.allBy(actor.name)}</Link>}
      </p>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How it was done: with a session, a token, while signing in, or by the console. */
function viaWords(via: string, words: { token: (name: string) => string } & Readonly<Record<string, unknown>>): string {
  if (via.startsWith("token ")) return words.token(via.slice("token ".length));
  const word = words[via];
  return typeof word === "string" ? word : via;
}

function Changes({ changes }: { readonly changes: ReturnType<typeof changesIn> }) {
  const text = useText().audit;
  return (
    <table className={classes.changes} aria-label={text.changes}>
      <thead>
        <tr>
          <th scope="col">{text.field}</th>
          <th scope="col">{text.before}</th>
          <th scope="col">{text.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row">{path}</th>
            <td>{shown(before) || text.none}</td>
            <td>{shown(after) || text.none}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
