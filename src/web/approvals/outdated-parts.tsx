import type { OutdatedPart } from "../../contract/approvals.ts";
import { useText } from "../locales/language.tsx";
import classes from "./approvals.module.css";

/** What a request was made from and has been changed since, a line each. */
export function OutdatedParts({ parts }: { readonly parts: readonly OutdatedPart[] }) {
  const { approvals, configuration } = useText();
  const text = approvals.panel;
  return (
    <ul className={classes.outdated}>
      {parts.map(({ kind, name, from, to }) => (
        <li key={`${kind} ${name}`}>
          {to === null
            ? text.deletedPart(configuration.kinds[kind].one, name)
            : text.outdatedPart(configuration.kinds[kind].one, name, from, to)}
        </li>
      ))}
    </ul>
  );
}
