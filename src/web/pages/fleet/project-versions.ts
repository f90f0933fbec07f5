import type { FleetProjectDetail, FleetVersion } from "../../../contract/fleet.ts";

/** A version of a project, and on which hosts it is how. */
export interface ProjectVersion {
  readonly version: FleetVersion;
  readonly running: readonly string[];
  readonly kept: readonly string[];
  readonly failed: readonly string[];
}

/** The versions on all hosts, newest first. */
export function projectVersions(hosts: FleetProjectDetail["hosts"]): readonly ProjectVersion[] {
  const found = new Map<string, ProjectVersion>();
  for (const { host, versions } of hosts) {
    for (const version of versions) {
      const known = found.get(version.version) ?? { version, running: [], kept: [], failed: [] };
      const add = (to: "running" | "kept" | "failed") => ({ ...known, [to]: [...known[to], host.name] });
      found.set(version.version, add(version.failed ? "failed" : version.up ? "running" : "kept"));
    }
  }
  return [...found.values()].toSorted((a, b) => (a.version.version < b.version.version ? 1 : -1));
}
