import { VisuallyHidden } from "@mantine/core";
import type { ApprovalCard } from "../../../contract/requests.ts";
import { ChosenValues } from "../../components/chosen-values.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./inbox.module.css";

type Value = ApprovalCard["values"][number];

/** A request's values: those that differ from the order's last success first, was and is; then the others. */
export function ValueChanges({ card: { values, last } }: { readonly card: ApprovalCard }) {
  const { approvals: text } = useText();
  const changed = values.filter(({ before }) => before !== null);
  const same = values.filter(({ before }) => before === null);
  return (
    <section className={classes.part}>
      <h3 className={classes.heading}>{text.values}</h3>
      {values.length === 0 && <p className={classes.dimmed}>{text.noValues}</p>}
      {changed.length > 0 && (
        <dl className={classes.values}>
          {changed.map((value) => (
            <Changed key={value.name} value={value} />
          ))}
        </dl>
      )}
      {same.length > 0 && (
        <>
          {changed.length > 0 && <p className={classes.group}>{text.same}</p>}
          <dl className={classes.values}>
            {same.map((value) => (
              <div key={value.name} className={classes.value}>
                <dt>{value.label}</dt>
                <dd>
                  <Shown value={value} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {values.length > 0 && (
        <p className={classes.dimmed}>
          {last === null ? (
            text.nothingBefore
          ) : (
            <>
              {changed.length === 0 ? text.allSame : text.comparedWith}{" "}
              <Link href={paths.request(last.request)} className={classes.lastLink}>
                #{last.request}
              </Link>
              , {last.by}, <Moment at={last.at} />
            </>
          )}
        </p>
      )}
    </section>
  );
}

function Changed({ value }: { readonly value: Value }) {
  const text = useText().approvals;
  return (
    <div className={classes.value} data-changed>
      <dt>{value.label}</dt>
      <dd>
        {value.before !== null && !value.secret && (
          <>
            <del className={classes.was}>
              <VisuallyHidden>{text.was} </VisuallyHidden>
              <ChosenValues values={value.before} />
            </del>
            <span aria-hidden> → </span>
          </>
        )}
        <ins className={classes.is}>
          <VisuallyHidden>{text.is} </VisuallyHidden>
          <Shown value={value} />
        </ins>
      </dd>
    </div>
  );
}

function Shown({ value: { values, secret } }: { readonly value: Value }) {
  const text = useText().request;
  return secret ? <span className={classes.dimmed}>{text.secret}</span> : <ChosenValues values={values} />;
}
