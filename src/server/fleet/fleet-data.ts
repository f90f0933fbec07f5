import type { Fleet, FleetCell, FleetHost, FleetSource, SurveyedVersion } from "../../contract/fleet.ts";

/** What runs where, by one config centre: all that the page of an environment's fleet shows of it. */
export interface FleetMatrix {
  readonly groups: Fleet["groups"];
  readonly hosts: readonly Omit<FleetHost, "configCentre">[];
  readonly projects: readonly MatrixProject[];
}

export interface MatrixProject {
  readonly name: string;
  readonly problem: string | null;
  readonly cells: readonly FleetCell[];
}

/** All versions of each project on each of its hosts, newest first. */
export type VersionsByProject = Readonly<Record<string, Readonly<Record<string, readonly SurveyedVersion[]>>>>;

/** Why a config centre has not answered. */
export type FleetProblem = NonNullable<FleetSource["problem"]>;
