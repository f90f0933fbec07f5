import classes from "./fleet.module.css";

interface VersionNameProps {
  readonly tag: string;
  /** Name of the container; null: nothing runs. */
  readonly version: string | null;
}

/** A version by its tag, and its name below. */
export function VersionName({ tag, version }: VersionNameProps) {
  if (version === null) return <span className={classes.dimmed}>–</span>;
  return (
    <span className={classes.versionName}>
      <span className={classes.tag}>{tag}</span>
      <span className={classes.stamp}>{version}</span>
    </span>
  );
}
