import { Text } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./part.module.css";

interface PartProps {
  readonly title: string;
  /** Stands behind the title: how it is. */
  readonly mark?: ReactNode;
  /** What can be done with all of it. */
  readonly action?: ReactNode;
  /** What it is for. */
  readonly help?: ReactNode;
  readonly children?: ReactNode;
}

/** A part of a page that has several: a box with a heading. */
export function Part({ title, mark, action, help, children }: PartProps) {
  const id = useId();
  return (
    <section className={classes.part} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 className={classes.title} id={id}>
          {title}
        </h2>
        {mark}
        {action !== undefined && <div className={classes.action}>{action}</div>}
      </div>
      {help !== undefined && (
        <Text c="dimmed" maw={720}>
          {help}
        </Text>
      )}
      {children}
    </section>
  );
}
