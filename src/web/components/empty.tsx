import type { ReactNode } from "react";
import classes from "./components.module.css";

interface EmptyProps {
  readonly title: string;
  /** What belongs here. */
  readonly children?: ReactNode;
  /** The next step. */
  readonly action?: ReactNode;
}

/** Stands where a list has nothing to show: says what belongs there, and offers the next step. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <p className={classes.emptyTitle}>{title}</p>
      {children !== undefined && <div>{children}</div>}
      {action}
    </div>
  );
}
