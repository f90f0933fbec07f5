import type { Container } from "./container.ts";

/** The label by which Gantry knows the containers that it made, and the run that made them. */
export const RUN_LABEL = "gantry.run";

const STAMP = /^\d{8}\.\d{6}$/;
const FAILED_SUFFIX = "-failed";

/** The name of a version's container: `<project>-<YYYYMMDD.HHMMSS>`. */
export function versionName(project: string, stamp: string): string {
  return `${project}-${stamp}`;
}

/** The stamp of a container that is a version of exactly this project, else undefined: `xdemo1-…`, `demo10-…` and `…-failed` are not. */
export function versionStamp(project: string, containerName: string): string | undefined {
  const prefix = `${project}-`;
  if (!containerName.startsWith(prefix)) return undefined;
  const stamp = containerName.slice(prefix.length);
  return STAMP.test(stamp) ? stamp : undefined;
}

/**
 * Of which project a container is a version, by its name alone, and whether it is marked as failed; undefined for a
 * name of another form.
 */
export function projectOfVersion(
  containerName: string,
): { readonly project: string; readonly failed: boolean } | undefined {
  const [, project, mark] = /^(.+)-\d{8}\.\d{6}(-failed)?$/.exec(containerName) ?? [];
  return project === undefined ? undefined : { project, failed: mark !== undefined };
}

/** The name that marks a version as failed: it is kept for inspection and never a rollback target. */
export function failedName(version: string): string {
  return version + FAILED_SUFFIX;
}

/** A local time as a version stamp, `YYYYMMDD.HHMMSS`. */
export function stampOf(time: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const day = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}`;
  return `${day}.${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`;
}

/** The first stamp from `time` on, second by second, that `taken` does not hold. */
export function freeStamp(time: Date, taken: ReadonlySet<string>): string {
  for (let offset = 0; ; offset++) {
    const stamp = stampOf(new Date(time.getTime() + offset * 1000));
    if (!taken.has(stamp)) return stamp;
  }
}

/** A project's containers among others, newest version first (by the name, which a restart does not change). */
export function versionsOf(project: string, containers: readonly Container[]): readonly Container[] {
  return containers
    .filter((container) => versionStamp(project, container.name) !== undefined)
    .toSorted((a, b) => (a.name < b.name ? 1 : -1));
}
